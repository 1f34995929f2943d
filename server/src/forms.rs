//! What server functions answer when they refuse: under the right status, and for a plain form with what was typed.
//!
//! A form sent without WebAssembly is answered with a redirect back to its page. The answer, or the words of the
//! refusal and what was typed, wait here for that one page, under a random name in a short-lived cookie: neither a
//! URL nor a header has to hold them, and passwords are not kept at all.

use crate::{session, state::AppState};
use app::{
    backend::Returned,
    error::AppError,
    pages::form::{Sent, is_secret},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Duration, Utc};
use leptos::server_fn::error::ServerFnUrlError;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The cookie that names what came back.
const COOKIE: &str = "candlewick_returned";

/// How long a page may take to come for what came back.
const KEPT: Duration = Duration::seconds(60);

/// Forms kept at once.
const MOST: usize = 512;

/// What a form's values may have together; of a longer one only the refusal comes back.
const MOST_BYTES: usize = 16 * 1024;

/// Leptos' mark of a refusal; its value is the path of the server function.
const REFUSED: HeaderName = HeaderName::from_static("serverfnerror");

/// Forms on their way back to those who sent them; at most [`MOST`], for at most [`KEPT`].
#[derive(Default)]
pub struct Returns(Mutex<HashMap<String, (DateTime<Utc>, Sent)>>);

impl Returns {
    fn keep(&self, sent: Sent, now: DateTime<Utc>) -> String {
        let name = format!("{:032x}", rand::random::<u128>());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (until, _)| *until > now);
        if kept.len() >= MOST
            && let Some(first) =
                kept.iter().min_by_key(|(_, (until, _))| *until).map(|(name, _)| name.clone())
        {
            kept.remove(&first);
        }
        kept.insert(name.clone(), (now + KEPT, sent));
        name
    }

    fn take(&self, name: &str, now: DateTime<Utc>) -> Option<Sent> {
        let (until, sent) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name)?;
        (until > now).then_some(sent)
    }
}

/// Gives a page what came back, and sends back what a server function refuses.
pub async fn returned(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_page = request.method() == Method::GET && wants_html(request.headers());
    match (is_page, request.method() == Method::POST) {
        (true, _) => page(&state, request, next).await,
        (_, true) if is_plain_form(request.headers()) => form(&state, request, next).await,
        _ => with_its_status(next.run(request).await).await,
    }
}

/// What came back is for one page, which hands it to the form.
async fn page(state: &AppState, mut request: Request, next: Next) -> Response {
    let name = session::cookie(request.headers(), COOKIE).map(str::to_string);
    let Some(name) = name else { return next.run(request).await };
    if let Some(sent) = state.returns.take(&name, state.engine.clock().now()) {
        request.extensions_mut().insert(Returned(sent));
    }
    let mut response = next.run(request).await;
    set_cookie(&mut response, "", 0, state.config.http.secure());
    response
}

async fn form(state: &AppState, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // Larger bodies were refused before; a broken one is the reader's to refuse.
    let Ok(body) = to_bytes(body, crate::security::most_bytes(parts.uri.path())).await else {
        let detail = "the form could not be read to its end";
        return crate::problem::Problem::new(StatusCode::BAD_REQUEST, detail).into_response();
    };
    let (path, typed) = (parts.uri.path().to_string(), body.clone());
    let page = parts.headers.get(header::REFERER).cloned();
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if !response.status().is_redirection() {
        return response;
    }
    strip(response.headers_mut());
    let refused = response.headers().contains_key(REFUSED);
    if !refused && response.headers().get(header::LOCATION) != page.as_ref() {
        // It leads on to another page, which is the answer.
        return response;
    }
    let (parts, body) = response.into_parts();
    let sent = if refused {
        Sent { path, outcome: Err(refusal(body).await.1), values: values(&typed) }
    } else {
        let Some(text) = answer(body).await else { return Response::from_parts(parts, Body::empty()) };
        Sent { path, outcome: Ok(text), values: Vec::new() }
    };
    let name = state.returns.keep(sent, state.engine.clock().now());
    let mut response = Response::from_parts(parts, Body::empty());
    set_cookie(&mut response, &name, KEPT.num_seconds(), state.config.http.secure());
    response
}

/// Leptos answers every refusal with 500 that did not say otherwise; arguments that make no sense can not.
async fn with_its_status(response: Response) -> Response {
    if !response.headers().contains_key(REFUSED) || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let (bytes, error) = refusal(body).await;
    parts.status = StatusCode::from_u16(error.status).unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(bytes))
}

/// The words of a refusal, and how they were written.
async fn refusal(body: Body) -> (Bytes, AppError) {
    let unreadable =
        || AppError::new(500, "Something went wrong on our side. Nothing was changed; try again.");
    // It was made in memory a moment ago.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let error = serde_json::from_slice(&bytes).unwrap_or_else(|_| unreadable());
    (bytes, error)
}

/// What a server function answered, as JSON; `None` where that is nothing to keep.
async fn answer(body: Body) -> Option<String> {
    let bytes = to_bytes(body, MOST_BYTES).await.ok()?;
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    serde_json::from_str::<serde::de::IgnoredAny>(&text).ok().map(|_| text)
}

/// What was typed, without what must not be kept.
fn values(form: &[u8]) -> Vec<(String, String)> {
    // On the way a byte may take three, as `%C3`.
    if form.len() > 3 * MOST_BYTES {
        return Vec::new();
    }
    let values: Vec<(String, String)> =
        url::form_urlencoded::parse(form).into_owned().filter(|(name, _)| !is_secret(name)).collect();
    let bytes: usize = values.iter().map(|(name, value)| name.len() + value.len()).sum();
    if bytes > MOST_BYTES { Vec::new() } else { values }
}

/// The page's own address, without what Leptos wrote behind it.
fn strip(headers: &mut HeaderMap) {
    let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
    let Some(mut location) = location.map(str::to_string) else { return };
    ServerFnUrlError::<AppError>::strip_error_info(&mut location);
    let location = location.strip_suffix('?').unwrap_or(&location);
    if let Ok(value) = HeaderValue::from_str(location) {
        headers.insert(header::LOCATION, value);
    }
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| text.contains("text/html"))
}

fn is_plain_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wants_html(headers) && kind.starts_with("application/x-www-form-urlencoded")
}

fn set_cookie(response: &mut Response, value: &str, age_s: i64, secure: bool) {
    let tls = if secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_s}{tls}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(path: &str) -> Sent {
        Sent { path: path.into(), outcome: Err(AppError::new(409, "taken")), values: Vec::new() }
    }

    #[test]
    fn what_came_back_is_given_once_and_not_for_long() {
        let (returns, now) = (Returns::default(), DateTime::UNIX_EPOCH);
        let name = returns.keep(sent("/a"), now);
        assert_eq!(returns.take(&name, now).unwrap().path, "/a");
        assert!(returns.take(&name, now).is_none());
        let late = returns.keep(sent("/b"), now);
        assert!(returns.take(&late, now + KEPT).is_none());
    }

    #[test]
    fn no_more_is_kept_than_fits() {
        let returns = Returns::default();
        let at = |n: usize| DateTime::UNIX_EPOCH + Duration::milliseconds(n as i64);
        let names: Vec<String> = (0..MOST + 10).map(|n| returns.keep(sent("/a"), at(n))).collect();
        assert_eq!(returns.0.lock().unwrap().len(), MOST);
        assert!(returns.take(&names[0], at(MOST)).is_none(), "the oldest went first");
        assert!(returns.take(&names[MOST + 9], at(MOST)).is_some());
    }

    #[test]
    fn passwords_and_what_is_too_long_are_not_kept() {
        let pairs = |text: &str| values(text.as_bytes());
        assert_eq!(
            pairs("email=a%40b&password=x&full_name="),
            [("email".to_string(), "a@b".to_string()), ("full_name".to_string(), String::new())]
        );
        assert!(pairs("current=old&new=fresh").is_empty());
        assert!(pairs(&format!("email={}", "x".repeat(MOST_BYTES))).is_empty());
        assert!(pairs(&format!("email={}", "%C3".repeat(MOST_BYTES))).is_empty());
        // A note as long as it may be comes back in any script.
        let note = format!("text={}", "%F0%9F%95%AF".repeat(domain::note::MAX_CHARS));
        assert_eq!(pairs(&note), [("text".to_string(), "\u{1f56f}".repeat(domain::note::MAX_CHARS))]);
    }
}
