//! Logs and the identity of requests: one line and one measurement for every answer.

use crate::{config::Telemetry, metrics::HTTP_SECONDS, problem::Problem, session::RequestInfo};
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::{io::IsTerminal, time::Instant};
use tracing::{Instrument, info_span};
use tracing_subscriber::EnvFilter;

/// Names the request in answers and logs.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts logging to standard error: words for a terminal, JSON for machines.
pub fn start(config: &Telemetry) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call, as in a test, changes nothing.
    let _ = match std::io::stderr().is_terminal() {
        true => lines.compact().try_init(),
        false => lines.json().flatten_event(true).try_init(),
    };
}

/// Outermost of all: gives the request its id, writes problems, logs and measures the answer. Neither the
/// query, nor any header, nor the token of a shared page is logged: they may hold what is private.
pub async fn requests(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id =
        request.extensions().get::<RequestInfo>().map(|info| info.request_id.clone()).unwrap_or_default();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_string());
    let path = without_token(request.uri().path()).to_string();
    let span = info_span!("request", id = %id, %method, %path);
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let mut answer = problem.answer(&id);
        for (name, value) in response.headers() {
            // What the problem says about its own body holds; so does everything else that was added outside.
            if name != header::CONTENT_LENGTH && !answer.headers().contains_key(name) {
                answer.headers_mut().append(name, value.clone());
            }
        }
        response = answer;
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = started.elapsed();
    let status = response.status().as_u16();
    let route = matched.unwrap_or_else(|| "none".to_string());
    metrics::histogram!(HTTP_SECONDS, "method" => method_label(&method), "route" => route,
        "status" => status.to_string())
    .record(took.as_secs_f64());
    span.in_scope(|| match status {
        500.. => tracing::error!(status, took_ms = took.as_millis() as u64, "answered"),
        400..500 => tracing::debug!(status, took_ms = took.as_millis() as u64, "answered"),
        _ => tracing::debug!(status, took_ms = took.as_millis() as u64, "answered"),
    });
    response
}

/// A path without what opens a page to whoever has it.
fn without_token(path: &str) -> &str {
    let opens =
        ["/r/", "/unsubscribe/", "/reset/", "/verify/"].into_iter().find(|prefix| path.starts_with(prefix));
    opens.map_or(path, |prefix| &path[..prefix.len()])
}

/// Methods are free text in HTTP: only the known ones become labels.
fn method_label(method: &http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::without_token;

    #[test]
    fn what_opens_a_page_is_not_logged() {
        assert_eq!(without_token("/r/abc/report.pdf"), "/r/");
        assert_eq!(without_token("/unsubscribe/a.b.c"), "/unsubscribe/");
        assert_eq!(without_token("/reset/abc"), "/reset/");
        assert_eq!(without_token("/verify/abc"), "/verify/");
        assert_eq!(without_token("/reports"), "/reports");
    }
}
