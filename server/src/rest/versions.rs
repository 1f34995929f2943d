//! Versions of what can be changed: `ETag` and `If-Match`, so that nobody overwrites what they have not seen, and
//! `Idempotency-Key`, so that what is sent twice is created once.

use crate::problem::Problem;
use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::portfolios::Once;
use serde::Serialize;

/// An answer that carries its version as its tag.
pub fn tagged<T: Serialize>(version: i64, body: T) -> Response {
    ([(header::ETAG, format!("\"{version}\""))], Json(body)).into_response()
}

/// What a caller knows of what is to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMatch {
    /// Nothing was said.
    Absent,
    /// `*`: any version will do.
    Any,
    /// This one.
    Version(i64),
    /// One that never was.
    Other,
}

impl IfMatch {
    /// # Errors
    /// 400 for a header that is no text.
    pub fn of(headers: &HeaderMap) -> Result<IfMatch, Problem> {
        let Some(value) = headers.get(header::IF_MATCH) else { return Ok(IfMatch::Absent) };
        let unreadable = |_| Problem::new(StatusCode::BAD_REQUEST, "If-Match can not be read");
        let text = value.to_str().map_err(unreadable)?.trim();
        if text == "*" {
            return Ok(IfMatch::Any);
        }
        // A weak tag never matches (RFC 9110, 13.1.1).
        let version = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')?.parse().ok());
        Ok(version.map_or(IfMatch::Other, IfMatch::Version))
    }

    /// The version it has to have; `None` where any will do, or nothing was said.
    pub fn version(self) -> Option<i64> {
        match self {
            IfMatch::Absent | IfMatch::Any => None,
            IfMatch::Version(version) => Some(version),
            IfMatch::Other => Some(-1),
        }
    }

    /// As [`IfMatch::version`], where something has to be said.
    ///
    /// # Errors
    /// 428 when nothing was.
    pub fn needed(self) -> Result<Option<i64>, Problem> {
        if self == IfMatch::Absent {
            let detail = "say which version is changed: If-Match with the ETag of the last answer, or *";
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, detail));
        }
        Ok(self.version())
    }
}

/// The caller's key for a creation.
pub struct Key;

impl Key {
    /// The key of a request for what is sent to a place.
    ///
    /// # Errors
    /// 422 for a key that can not be one.
    pub fn of(headers: &HeaderMap, place: &str, body: &[u8]) -> Result<Option<Once>, Problem> {
        let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
        Ok(Some(Once::new(value.to_str().unwrap_or_default(), place, body)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_back_as_the_version_it_was_written_from() {
        let read = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, text.parse().unwrap());
            IfMatch::of(&headers).unwrap().version()
        };
        assert_eq!(read("\"7\""), Some(7));
        assert_eq!(read("*"), None);
        for other in ["7", "W/\"7\"", "\"x\"", "\"7\", \"8\"", ""] {
            assert_eq!(read(other), Some(-1), "{other}");
        }
        assert!(IfMatch::of(&HeaderMap::new()).unwrap().needed().is_err());
    }
}
