//! Candlewick's pages: what is rendered on the server first and taken over by WebAssembly in the browser.
//!
//! A page fetches, a component shows; server functions live in [`api`], charts in [`charts`], the live stream in
//! [`live`]. Nothing here computes: numbers come from `engine` (on the server) and `domain` (on both sides).

#![recursion_limit = "512"]

pub mod api;
pub mod assets;
#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(not(feature = "ssr"))]
mod backend {
    //! The browser's half: there is no answer to mark, and the looks stand on the document.
    pub fn not_found() {}
    pub fn returned() -> Option<crate::pages::form::Sent> {
        None
    }
    pub fn looks() -> (String, String) {
        let read = |name: &str| crate::theme::current(name).unwrap_or_default();
        (read("data-theme"), read("data-colours"))
    }
}
pub mod charts;
pub mod components;
pub mod error;
pub mod format;
pub mod frame;
pub mod live;
pub mod pages;
pub mod routes;
pub mod theme;

pub use assets::Assets;

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode, StaticSegment,
    components::{ProtectedParentRoute, Route, Router, Routes},
    path,
};
use pages::lazy::*;

/// The HTML around every page. `theme` and `colours` come from the visitor's cookies.
pub fn shell(assets: Assets, theme: String, colours: String) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce();
    let start = format!(
        "import init, {{ hydrate }} from \"{}\"; await init({{ module_or_path: \"{}\" }}); hydrate();",
        assets.js, assets.wasm
    );
    let built = !assets.js.is_empty();
    view! {
        <!DOCTYPE html>
        <html
            lang="en"
            data-theme=theme
            data-colours=colours
            data-echarts=assets.echarts
            data-charts=assets.charts
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="dark light" />
                <meta name="theme-color" content="#0c1016" />
                <meta
                    name="description"
                    content="Candlewick: prices, signals and portfolios on a machine of your own."
                />
                <link rel="preload" r#as="font" type="font/woff2" crossorigin="anonymous" href=assets.font />
                <link rel="stylesheet" href=assets.css />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
                {built
                    .then(|| {
                        view! {
                            <link rel="modulepreload" href=assets.js.clone() />
                            <link
                                rel="preload"
                                r#as="fetch"
                                type="application/wasm"
                                crossorigin="anonymous"
                                href=assets.wasm
                            />
                            <script type="module" src=assets.live nonce=nonce.clone()></script>
                            <script type="module" src=assets.pwa nonce=nonce.clone()></script>
                            <script type="module" nonce=nonce>
                                {start}
                            </script>
                        }
                    })}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let live = live::Live::new();
    provide_context(live.clone());
    Effect::new(move |_| live.listen());
    pages::form::provide_returned();
    // Asked once per load; every page and the frame read it.
    let me = Resource::new_blocking(|| (), |()| api::account::me());
    provide_context(pages::Me(me));
    view! {
        <Title formatter=|title: String| match title.as_str() {
            "" => "Candlewick".to_string(),
            _ => format!("{title} · Candlewick"),
        } />
        <Router>
            <pages::form::ForgetReturned />
            <Routes fallback=pages::NotFound>
                <Route path=StaticSegment("") view={Lazy::<LandingRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/login") view={Lazy::<LoginRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/register") view={Lazy::<RegisterRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/forgot") view={Lazy::<ForgotRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view={Lazy::<ResetRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/verify/:token") view={Lazy::<VerifyRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/join/:token") view={Lazy::<JoinRoute>::new()} ssr=SsrMode::Async />
                <Route path=path!("/styleguide") view={Lazy::<StyleguideRoute>::new()} ssr=SsrMode::Async />
                <ProtectedParentRoute
                    path=path!("")
                    view=frame::Frame
                    condition=move || me.get().map(|me| matches!(me, Ok(Some(_))))
                    redirect_path=frame::log_in_first
                    ssr=SsrMode::Async
                >
                    <Route path=path!("/overview") view=pages::OverviewPage ssr=SsrMode::Async />
                    <Route path=path!("/symbols/:symbol") view={Lazy::<SymbolRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/scanner") view={Lazy::<ScannerRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/symbols/:symbol/news") view={Lazy::<SymbolNewsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/symbols/:symbol/compare") view={Lazy::<CompareRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/news") view={Lazy::<NewsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/watchlists") view={Lazy::<WatchlistsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios") view={Lazy::<PortfoliosRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio") view={Lazy::<PortfolioRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/holdings") view={Lazy::<HoldingsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/transactions") view={Lazy::<TransactionsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/performance") view={Lazy::<PerformanceRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/risk") view={Lazy::<RiskRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/check-up") view={Lazy::<CheckUpRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/share") view={Lazy::<ShareRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/details") view={Lazy::<DetailsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portfolios/:portfolio/import") view={Lazy::<ImportRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/reports") view={Lazy::<ReportsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings") view={Lazy::<SettingsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/about-the-data") view={Lazy::<AboutRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/how") view={Lazy::<HowRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operations/alerts") view={Lazy::<OpsAlertsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/jobs") view={Lazy::<JobsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/operations/quality") view={Lazy::<QualityRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/own-prices") view={Lazy::<OwnPricesRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/search") view={Lazy::<SearchRoute>::new()} ssr=SsrMode::Async />
                </ProtectedParentRoute>
            </Routes>
        </Router>
    }
}
