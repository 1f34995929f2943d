//! `/r/{token}`: what strangers with a link see. Rendered here, whole without a script, and never indexed.

mod html;

use crate::{
    AppState,
    extract::Path,
    problem::Problem,
    router::{Access, Routes},
};
use axum::{
    Form, Json,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::report::Paper;
use engine::{
    Error,
    shares::{Opened, Shown},
};
use serde::Deserialize;

/// Remembers that a password was known; its path keeps it to one page.
const PASS: &str = "candlewick_pass";

pub(crate) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Public, Method::GET, "/r/{token}", page)
        .stranger()
        .add(Access::Public, Method::POST, "/r/{token}", unlock)
        .door()
        .add(Access::Public, Method::GET, "/r/{token}/report.json", json)
        .stranger()
        .add(Access::Public, Method::GET, "/r/{token}/report.pdf", pdf)
        .stranger()
        .add(Access::Public, Method::GET, "/r/{token}/preview.png", preview)
        .stranger()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Key {
    password: String,
}

/// What is told to who may read the page of a token; for programs and for what stands on it.
async fn open(state: &AppState, headers: &HeaderMap, token: &str) -> Result<Shown, Problem> {
    match state.engine.shares().open(token, pass(headers).as_deref()).await? {
        Opened::Page(shown) => Ok(*shown),
        Opened::Locked => Err(Problem::new(StatusCode::UNAUTHORIZED, "this page asks for a password")),
    }
}

fn gone(state: &AppState) -> Response {
    (StatusCode::NOT_FOUND, POLICY, Html(html::gone(&css(state)))).into_response()
}

fn pass(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == PASS).map(|(_, value)| value.to_string()).next()
}

/// What a page without scripts needs, and that nobody may index or frame it.
const POLICY: [(header::HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    (header::HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (header::REFERRER_POLICY, "no-referrer"),
];

fn css(state: &AppState) -> String {
    state.assets.address("main.css")
}

async fn page(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let shown = match state.engine.shares().open(&token, pass(&headers).as_deref()).await {
        Ok(Opened::Page(shown)) => shown,
        Ok(Opened::Locked) => {
            let html = html::locked(&css(&state), false);
            return Ok((StatusCode::UNAUTHORIZED, POLICY, Html(html)).into_response());
        }
        Err(Error::NotFound(_)) => return Ok(gone(&state)),
        Err(error) => return Err(error.into()),
    };
    state.engine.shares().seen(&token).await?;
    let address = state.engine.shares().address(&token);
    let (css, protected) = (css(&state), shown.share.protected);
    let html = blocking(move || html::page(&shown.report, &address, &css, protected)).await?;
    Ok((POLICY, Html(html)).into_response())
}

async fn unlock(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Form(key): Form<Key>,
) -> Result<Response, Problem> {
    let pass = match state.engine.shares().unlock(&token, &key.password).await {
        Ok(pass) => pass,
        Err(Error::NotFound(_)) => return Ok(gone(&state)),
        Err(error) => return Err(error.into()),
    };
    Ok(match pass {
        Some(pass) => {
            let tls = if state.config.http.secure() { "; Secure" } else { "" };
            let cookie =
                format!("{PASS}={pass}; Path=/r/{token}; HttpOnly; SameSite=Lax; Max-Age=43200{tls}");
            ([(header::SET_COOKIE, cookie)], Redirect::to(&format!("/r/{token}"))).into_response()
        }
        None => (StatusCode::FORBIDDEN, POLICY, Html(html::locked(&css(&state), true))).into_response(),
    })
}

async fn json(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let shown = open(&state, &headers, &token).await?;
    Ok((POLICY, Json(shown.report)).into_response())
}

async fn pdf(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let shown = open(&state, &headers, &token).await?;
    let at = state.engine.clock().now();
    let bytes = blocking(move || engine::pdf::pdf(&shown.report, Paper::A4, at)).await?;
    let kind = [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline")];
    Ok((POLICY, kind, bytes).into_response())
}

async fn preview(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let shown = open(&state, &headers, &token).await?;
    let bytes = blocking(move || engine::paint::preview(&shown.report)).await?;
    Ok((POLICY, [(header::CONTENT_TYPE, "image/png")], bytes).into_response())
}

async fn blocking<T: Send + 'static>(
    run: impl FnOnce() -> engine::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(run).await;
    let broken = |error: tokio::task::JoinError| engine::Error::Internal(format!("drawing a page: {error}"));
    Ok(done.map_err(broken)??)
}
