//! The pages: where Leptos meets the router.

use crate::{AppState, assets::Catalogue, problem::Problem, router::is_for_programs, security};
use app::{Assets, shell};
use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request},
    http::header,
    response::{IntoResponse, Response},
};
use leptos::{
    WasmSplitManifest,
    config::LeptosOptions,
    nonce::use_nonce,
    prelude::{ArcStoredValue, provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context};

pub use app::backend;

/// Adds the pages, the server functions, and the answer to what no other route answers.
pub fn add_to(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let engine = state.engine.clone();
    let parts = (String::from("/assets"), state.assets.parts.clone(), links(&state.assets));
    let context = move || {
        provide_context(engine.clone());
        // The page then names the files of its own route, so that they arrive together with the main one.
        provide_context(WasmSplitManifest(ArcStoredValue::new(parts.clone())));
        allow_own_scripts();
    };
    let assets = addresses(&state.assets);
    let page = move || {
        let (theme, colours) = backend::looks();
        shell(assets.clone(), theme, colours)
    };
    let render = render_app_async_with_context(context.clone(), page.clone());
    router.leptos_routes_with_context(state, generate_route_list(app::App), context, page).fallback(
        move |request: Request<Body>| {
            let render = render.clone();
            async move { unanswered(request, render).await }
        },
    )
}

/// Programs get a problem, people the page that says so.
async fn unanswered<F>(request: Request, render: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    match is_for_programs(request.uri().path()) {
        true => Problem::not_found("the address").into_response(),
        false => render(request).await,
    }
}

/// The policy of a page names the nonce its scripts carry.
fn allow_own_scripts() {
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = security::page_policy(&nonce.to_string()).try_into()
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The file that loads the parts, under `/assets/`.
fn links(built: &Catalogue) -> String {
    built.address("split.js").trim_start_matches("/assets/").to_owned()
}

fn addresses(built: &Catalogue) -> Assets {
    Assets {
        css: built.address("style/main.css"),
        js: built.address("candlewick.js"),
        wasm: built.address("candlewick_bg.wasm"),
        font: built.address("fonts/inter.woff2"),
        live: built.address("live.js"),
        pwa: built.address("pwa.js"),
        echarts: built.address("vendor/echarts.js"),
        charts: built.address("charts.js"),
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(_: &AppState) -> LeptosOptions {
        LeptosOptions::builder().output_name("candlewick").build()
    }
}
