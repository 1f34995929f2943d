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
        landing __preload_landing LandingRoute => Landing,
        login __preload_login LoginRoute => Login,
        register __preload_register RegisterRoute => Register,
    }
    mine {
        reports __preload_reports ReportsRoute => ReportsPage,
        search __preload_search SearchRoute => SearchPage,
        settings __preload_settings SettingsRoute => SettingsPage,
        watchlists __preload_watchlists WatchlistsRoute => WatchlistsPage,
    }
    operations {
        about __preload_about AboutRoute => AboutPage,
        how __preload_how HowRoute => HowPage,
        jobs __preload_jobs JobsRoute => JobsPage,
        ops_alerts __preload_ops_alerts OpsAlertsRoute => OpsAlertsPage,
        quality __preload_quality QualityRoute => QualityPage,
    }
    styles {
        styleguide __preload_styleguide StyleguideRoute => Styleguide,
    }
    symbols {
        symbol __preload_symbol SymbolRoute => SymbolPage,
    }
}
