//! What can go wrong, named for what the caller does next.
//!
//! One map to HTTP lives in the server, one to words here, one to retries in [`Error::is_transient`].

/// An engine call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or belongs to another tenant: nobody can tell which.
    #[error("{0} was not found")]
    NotFound(&'static str),
    /// The caller is known but may not do this.
    #[error("you may not {0}")]
    Forbidden(&'static str),
    /// The caller is not known, or the credentials are wrong.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// The input can not be accepted; each entry names a field and a reason.
    #[error("{}", describe(.0))]
    Invalid(Vec<FieldError>),
    /// It clashes with what is there already.
    #[error("{0}")]
    Conflict(String),
    /// Somebody changed it meanwhile: read it again, then change it.
    #[error("{0} was changed meanwhile; load it again")]
    Stale(&'static str),
    /// Too many tries; worth another after so many seconds.
    #[error("too many tries; try again in {retry_after_s} s")]
    Limited {
        /// Seconds until another try can succeed.
        retry_after_s: u64,
    },
    /// Something outside is not answering; worth a retry.
    #[error("{0} is not available right now")]
    Unavailable(String),
    /// Our own fault; logged with a request id, never shown.
    #[error("internal error: {0}")]
    Internal(String),
}

/// One problem with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldError {
    /// The field's name on the wire.
    pub field: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

fn describe(errors: &[FieldError]) -> String {
    errors.iter().map(|error| format!("{}: {}", error.field, error.reason)).collect::<Vec<_>>().join("; ")
}

impl Error {
    /// One bad field.
    pub fn invalid(field: &str, reason: impl Into<String>) -> Error {
        Error::Invalid(vec![FieldError { field: field.to_string(), reason: reason.into() }])
    }

    /// Whether the same call may succeed later without a change.
    pub fn is_transient(&self) -> bool {
        matches!(self, Error::Limited { .. } | Error::Unavailable(_))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Error::Unavailable("the database".into()),
            _ => Error::Internal(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Internal(error.to_string())
    }
}

/// Shorthand for results of the engine.
pub type Result<T> = std::result::Result<T, Error>;
