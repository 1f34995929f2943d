//! Answers of the REST API carry a tag of their content, and are not sent again to those who have them.
//!
//! The tag is a hash of the bytes, so it is strong, and the same whichever server answers. The work of making the
//! answer is done all the same: what is saved is the way.

use crate::limits::{self, Limit};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use http_body::Body as _;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Larger answers are sent without a tag.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Tags what is answered, or answers that it is known.
pub async fn conditional(request: Request, next: Next) -> Response {
    // The body of a HEAD is gone before it comes here.
    let is_ours =
        *request.method() == Method::GET && limits::of(request.method(), request.extensions()) != Limit::Free;
    let known = is_ours.then(|| known(request.headers()));
    let response = next.run(request).await;
    match known {
        Some(known) if response.status() == StatusCode::OK => tagged(response, &known).await,
        _ => response,
    }
}

/// The tags a caller has, as sent.
fn known(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().to_string()).collect()
}

async fn tagged(response: Response, known: &[String]) -> Response {
    let whole = response.body().size_hint().exact().is_some_and(|size| size <= MOST_BYTES as u64);
    if !whole {
        return response;
    }
    if let Some(own) = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()) {
        // What has a version is tagged with it by its handler.
        let has_it = has(known, own);
        return if has_it { unchanged(response.into_parts().0) } else { response };
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => bytes,
        Err(error) => {
            // Bodies of a known size are in memory already.
            let problem = engine::Error::Internal(format!("reading our own answer: {error}"));
            return axum::response::IntoResponse::into_response(crate::problem::Problem::from(problem));
        }
    };
    let tag = tag(&bytes);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    match has(known, &tag) {
        true => unchanged(parts),
        false => Response::from_parts(parts, Body::from(bytes)),
    }
}

/// A tag of the same content is good enough also where it is marked as weak (RFC 9110, 13.1.2).
fn has(known: &[String], tag: &str) -> bool {
    known.iter().any(|each| each == "*" || each.trim_start_matches("W/") == tag)
}

fn unchanged(mut parts: axum::http::response::Parts) -> Response {
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::empty())
}

fn tag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let mut text = String::with_capacity(34);
    text.push('"');
    for byte in &hash[..16] {
        // Writing into a string can not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    text
}
