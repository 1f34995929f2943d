//! Errors as other programs read them: `application/problem+json` (RFC 9457).
//!
//! The one map from engine errors to answers of the REST API. Internals are logged once, with the request's id,
//! and never sent.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::{Error, FieldError};
use serde::Serialize;

/// An answer that is no success.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<FieldError>,
    retry_after_s: Option<u64>,
    /// First character, from 0, and count of characters of what a text is wrong at.
    place: Option<(u32, u32)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u32>,
}

impl Problem {
    /// A problem in words.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into(), errors: Vec::new(), retry_after_s: None, place: None }
    }

    /// Nothing is here, or nothing of yours.
    pub fn not_found(what: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, format!("{what} was not found"))
    }

    /// One field is wrong.
    pub fn invalid(field: &str, reason: impl Into<String>) -> Problem {
        Problem::from(Error::invalid(field, reason))
    }

    /// The same, saying where in a text it is: first character from 0, and how many.
    pub fn at(self, position: u32, length: u32) -> Problem {
        Problem { place: Some((position, length)), ..self }
    }

    /// The answer, naming the request.
    pub fn answer(&self, request_id: &str) -> Response {
        let body = Body {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            request_id,
            errors: &self.errors,
            position: self.place.map(|(position, _)| position),
            length: self.place.map(|(_, length)| length),
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Handlers do not know the request's id: the problem travels beside the answer, and
/// `telemetry::requests` writes the body once the id is at hand.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        let status = crate::pages::backend::status(&error);
        match error {
            Error::Internal(detail) => {
                tracing::error!(%detail, "request failed");
                Problem::new(status, "Something went wrong on our side.")
            }
            Error::Invalid(ref errors) => {
                Problem { errors: errors.clone(), ..Problem::new(status, error.to_string()) }
            }
            Error::Limited { retry_after_s } => {
                Problem { retry_after_s: Some(retry_after_s), ..Problem::new(status, error.to_string()) }
            }
            other => Problem::new(status, other.to_string()),
        }
    }
}
