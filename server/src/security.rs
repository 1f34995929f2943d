//! What protects every answer: headers, the check of the origin, limits of size and time, panics.

use crate::{
    problem::Problem,
    session::{API_KEY, RequestInfo},
    state::AppState,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};

/// Largest accepted body.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// Largest accepted file of transactions: 50,000 of them in the most talkative format, written as a form.
pub const MAX_FILE_BYTES: usize = 24 * 1024 * 1024;

/// The largest body that is accepted at a path.
pub fn most_bytes(path: &str) -> usize {
    let rest = path.starts_with("/api/portfolio/portfolios/") && path.ends_with("/import");
    if rest || path == "/api/portfolios/upload" { MAX_FILE_BYTES } else { MAX_BODY_BYTES }
}

/// Longest time to the head of an answer. Streams have sent theirs long before.
const PATIENCE: Duration = Duration::from_secs(30);

/// Headers of every answer that does not bring its own.
const FIXED: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
         payment=(), usb=()",
    ),
];

/// What an answer that is no page may do when a browser is made to show it: nothing.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";

/// Sets the headers. A page brings its own content security policy, which names its nonce.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
    if state.config.http.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TWO_YEARS));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // Pages and answers are made for one person.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// What a page whose scripts carry `nonce` may load and do.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
         base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
}

/// Refuses a change that another site made a browser ask for.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`; a request with neither comes from
/// no browser that would attach cookies on its own. A token or key in a header can not be sent across sites
/// without a preflight, which nothing here answers.
pub async fn origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let explicit = headers.contains_key(header::AUTHORIZATION) || headers.contains_key(API_KEY);
    if safe || explicit || is_same_origin(headers, state.config.http.public_url.as_deref()) {
        return next.run(request).await;
    }
    Problem::new(StatusCode::FORBIDDEN, "this request came from another site").into_response()
}

fn is_same_origin(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let origin = text(&header::ORIGIN);
    if let (Some(origin), Some(public)) = (origin, public_url)
        && origin.eq_ignore_ascii_case(public)
    {
        return true;
    }
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = origin else { return true };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_some() && authority == text(&header::HOST)
}

/// Limits the body, the time and the damage of a panic.
pub async fn limits(request: Request, next: Next) -> Response {
    let most = most_bytes(request.uri().path());
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|length| length.parse::<u64>().ok()).is_some_and(|n| n > most as u64) {
        let detail = format!("a body may have at most {most} bytes");
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
    }
    let id =
        request.extensions().get::<RequestInfo>().map(|info| info.request_id.clone()).unwrap_or_default();
    let request = request.map(|body| Body::new(http_body_util::Limited::new(body, most)));
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word");
            tracing::error!(request = %id, panic = said, "a handler panicked");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
                .into_response()
        }
        Err(_) => {
            tracing::error!(request = %id, "no answer within {} s", PATIENCE.as_secs());
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "This took too long; try again.").into_response()
        }
    }
}
