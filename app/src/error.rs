//! What a server function says when it can not: one type for every page.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a request failed, in words for people, with the status it was sent under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do next.
    pub message: String,
    /// Problems with single fields of a form.
    pub fields: Vec<FieldProblem>,
    /// Quote this when asking for help; present for faults of ours.
    pub request: Option<String>,
}

/// One problem with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl AppError {
    /// An error without fields.
    pub fn new(status: u16, message: impl Into<String>) -> AppError {
        AppError { status, message: message.into(), fields: Vec::new(), request: None }
    }

    /// What is wrong with `field`, if anything.
    pub fn field(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|problem| problem.field == field).map(|problem| problem.reason.clone())
    }

    /// The reasons where fields are named, the message where none is.
    pub fn words(&self) -> String {
        match self.fields.is_empty() {
            true => self.to_string(),
            false => self.fields.iter().map(|problem| problem.reason.as_str()).collect::<Vec<_>>().join("; "),
        }
    }

    /// True where logging in would help.
    pub fn is_anonymous(&self) -> bool {
        self.status == 401
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.request {
            Some(request) => write!(f, " (request {request})"),
            None => Ok(()),
        }
    }
}

/// Parsers may quote the input at length.
fn brief(what: &str) -> String {
    what.chars().take(200).collect()
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> AppError {
        match error {
            ServerFnErrorErr::Args(what) | ServerFnErrorErr::MissingArg(what) => {
                AppError::new(422, format!("The form could not be read: {}", brief(&what)))
            }
            ServerFnErrorErr::Request(_) => {
                AppError::new(503, "The server did not answer. Check the connection and try again.")
            }
            ServerFnErrorErr::Deserialization(what) => {
                AppError::new(422, format!("The request could not be read: {}", brief(&what)))
            }
            other => AppError::new(500, other.to_string()),
        }
    }
}
