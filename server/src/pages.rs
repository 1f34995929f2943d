//! The pages: where Leptos meets the router.

use crate::{AppState, problem::Problem, router::is_for_programs};
use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// Adds what no other route answers.
pub fn add_to(router: Router<AppState>, _state: &AppState) -> Router<AppState> {
    router.fallback(not_found)
}

async fn not_found(request: Request) -> Response {
    match is_for_programs(request.uri().path()) {
        true => Problem::not_found("the address").into_response(),
        false => (StatusCode::NOT_FOUND, "not found").into_response(),
    }
}

/// What the server tells the pages of a request.
pub mod backend {
    use axum::http::StatusCode;
    use engine::Error;

    /// Name of the session cookie.
    pub const SESSION_COOKIE: &str = "candlewick_session";

    /// What the server knows of a request.
    #[derive(Debug, Clone, Default)]
    #[allow(missing_docs)]
    pub struct RequestInfo {
        pub request_id: String,
        pub address: String,
        pub user_agent: String,
        pub session_token: Option<String>,
        pub secure: bool,
        pub theme: Option<String>,
        pub colours: Option<String>,
    }

    /// The one map from errors to HTTP.
    pub fn status(error: &Error) -> StatusCode {
        match error {
            Error::NotFound(_) => StatusCode::NOT_FOUND,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
