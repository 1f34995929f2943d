//! How a provider fails, told by what to do next.

use crate::Error;
use std::time::Duration;

/// A question to a provider was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It answers no such questions.
    #[error("does not offer this")]
    Unsupported,
    /// It does not know the symbol, series or article: an answer, and no fault of the provider.
    #[error("does not know it")]
    NotFound,
    /// The question itself is wrong for it, as a window it does not keep.
    #[error("does not accept the question: {0}")]
    Refused(String),
    /// Asked too often.
    #[error("asks for a pause")]
    Throttled {
        /// As long as it said, where it said it.
        retry_after: Option<Duration>,
    },
    /// It will not talk to us: address blocked, key missing, wrong or used up.
    #[error("does not let us in: {0}")]
    Denied(String),
    /// No answer in time, or none at all.
    #[error("does not answer: {0}")]
    Unreachable(String),
    /// Its own fault, 500 and the like.
    #[error("has a fault: {0}")]
    Faulty(String),
    /// An answer that is not what it should be: HTML for JSON, cut short, too big, impossible.
    #[error("answers what cannot be read: {0}")]
    Malformed(String),
    /// Not asked: its circuit is open after too many failures.
    #[error("is left alone after failing too often")]
    Resting,
}

/// What comes after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Ask the same provider again, later.
    Retry,
    /// Ask the next provider.
    FailOver,
    /// Nobody else would do better.
    Stop,
}

impl ProviderError {
    /// What to do next.
    pub fn next(&self) -> Next {
        match self {
            ProviderError::Throttled { .. } | ProviderError::Unreachable(_) | ProviderError::Faulty(_) => {
                Next::Retry
            }
            ProviderError::Unsupported
            | ProviderError::NotFound
            | ProviderError::Denied(_)
            | ProviderError::Malformed(_)
            | ProviderError::Resting => Next::FailOver,
            ProviderError::Refused(_) => Next::Stop,
        }
    }

    /// Whether it was this question that failed and another may do well; the others tell how the provider itself is
    /// doing.
    pub fn is_of_the_question(&self) -> bool {
        matches!(
            self,
            ProviderError::Unsupported
                | ProviderError::NotFound
                | ProviderError::Refused(_)
                | ProviderError::Malformed(_)
                | ProviderError::Faulty(_)
        )
    }

    /// Whether it speaks against the provider's health; what it does not know or refuses does not.
    pub fn is_failure(&self) -> bool {
        !matches!(
            self,
            ProviderError::Unsupported
                | ProviderError::NotFound
                | ProviderError::Refused(_)
                | ProviderError::Resting
        )
    }
}

impl From<ProviderError> for Error {
    fn from(error: ProviderError) -> Error {
        match error {
            ProviderError::NotFound => Error::NotFound("the data"),
            ProviderError::Refused(why) => Error::invalid("window", why),
            other => Error::Unavailable(format!("the data source {other}")),
        }
    }
}
