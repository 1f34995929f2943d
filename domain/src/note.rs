//! What the people of a tenant write about a symbol, for each other. Plain text: no markup is understood.
//!
//! Who may write and read is `access`; what is noted of a transaction is part of it.

use crate::{Symbol, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest accepted text, in characters.
pub const MAX_CHARS: usize = 4_000;

/// Most notes of one tenant about one symbol.
pub const MAX_NOTES: usize = 200;

/// Identifies a note within its tenant. Time-ordered (UUID version 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoteId(pub Uuid);

/// A note about a symbol of the market or one of the tenant's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// What it is about.
    pub symbol: Symbol,
    /// As [`clean_text`] left it.
    pub text: String,
    /// Who wrote it first; perhaps no member any more.
    pub author_id: UserId,
    /// What they call themselves.
    pub author: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// When its text was changed last, by whomever.
    pub edited_at: Option<DateTime<Utc>>,
}

/// A text as it is kept: trimmed, each line ending with `\n` where forms send `\r\n`; the error says what would be right.
///
/// ```
/// use domain::note::clean_text;
/// assert_eq!(clean_text(" Watch the margin.\r\n\tAnd the debt. "), Ok("Watch the margin.\n\tAnd the debt.".to_string()));
/// assert!(clean_text(" \r\n ").is_err());
/// assert!(clean_text("a\u{0}b").is_err() && clean_text("a\rb").is_err());
/// assert!(clean_text(&"x".repeat(4_000)).is_ok() && clean_text(&"x".repeat(4_001)).is_err());
/// ```
pub fn clean_text(text: &str) -> Result<String, &'static str> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        Err("write something")
    } else if text.chars().count() > MAX_CHARS {
        Err("use at most 4,000 characters")
    } else if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        Err("leave out control characters; line breaks and tabs may stay")
    } else {
        Ok(text.to_string())
    }
}
