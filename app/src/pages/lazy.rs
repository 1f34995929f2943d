//! Pages that a browser fetches when somebody goes there, as files of WebAssembly of their own: the first page opens
//! without their weight. What is used together comes together; the Overview and what it needs come first, always.
//!
//! Code that several groups share becomes files of its own, one for each set of groups: few groups, few files. Without
//! splitting (a browser build by trunk) all is one.

use super::*;
use leptos_router::LazyRoute;

/// `group { view preload Name => Page }`: the route `Name` shows `Page`, which is in the file of `group`. The function
/// `view` waits for that file, `preload` is what `#[lazy]` calls the one that only fetches it.
macro_rules! lazy_pages {
    ($($group:ident { $($view:ident $preload:ident $route:ident => $page:ident),* $(,)? })*) => {$($(
        #[doc = concat!("The route of [`", stringify!($page), "`].")]
        #[derive(Debug)]
        pub struct $route;

        #[cfg(not(feature = "csr"))]
        #[lazy($group)]
        fn $view() -> AnyView {
            view! { <$page /> }.into_any()
        }

        #[cfg(feature = "csr")]
        async fn $view() -> AnyView {
            view! { <$page /> }.into_any()
        }

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_route: Self) -> AnyView {
                $view().await
            }

            async fn preload() {
                #[cfg(all(target_arch = "wasm32", not(feature = "csr")))]
                $preload().await;
            }
        }
    )*)*};
}

lazy_pages! {
    front {
        forgot __preload_forgot ForgotRoute => Forgot,
        join __preload_join JoinRoute => Join,
        landing __preload_landing LandingRoute => Landing,
        login __preload_login LoginRoute => Login,
        register __preload_register RegisterRoute => Register,
        reset __preload_reset ResetRoute => Reset,
        verify __preload_verify VerifyRoute => Verify,
    }
    mine {
        news __preload_news NewsRoute => NewsPage,
        own_prices __preload_own_prices OwnPricesRoute => OwnPricesPage,
        reports __preload_reports ReportsRoute => ReportsPage,
        search __preload_search SearchRoute => SearchPage,
        settings __preload_settings SettingsRoute => SettingsPage,
        symbol_news __preload_symbol_news SymbolNewsRoute => SymbolNewsPage,
        watchlists __preload_watchlists WatchlistsRoute => WatchlistsPage,
    }
    operations {
        about __preload_about AboutRoute => AboutPage,
        how __preload_how HowRoute => HowPage,
        jobs __preload_jobs JobsRoute => JobsPage,
        ops_alerts __preload_ops_alerts OpsAlertsRoute => OpsAlertsPage,
        quality __preload_quality QualityRoute => QualityPage,
    }
    portfolios {
        check_up __preload_check_up CheckUpRoute => CheckUpPage,
        details __preload_details DetailsRoute => DetailsPage,
        holdings __preload_holdings HoldingsRoute => HoldingsPage,
        import __preload_import ImportRoute => ImportPage,
        performance __preload_performance PerformanceRoute => PerformancePage,
        portfolio __preload_portfolio PortfolioRoute => PortfolioPage,
        portfolios_list __preload_portfolios_list PortfoliosRoute => PortfoliosPage,
        risk __preload_risk RiskRoute => RiskPage,
        share __preload_share ShareRoute => SharePage,
        transactions __preload_transactions TransactionsRoute => TransactionsPage,
    }
    styles {
        styleguide __preload_styleguide StyleguideRoute => Styleguide,
    }
    scans {
        scanner __preload_scanner ScannerRoute => ScannerPage,
    }
    symbols {
        compare __preload_compare CompareRoute => ComparePage,
        symbol __preload_symbol SymbolRoute => SymbolPage,
    }
}
