//! The filter language: `rsi14 < 30 and close > sma200 and sector = "Technology"`.
//!
//! ```text
//! filter  = both { "or" both }
//! both    = one { "and" one }
//! one     = "not" one | sum [ ("<" | "<=" | ">" | ">=" | "=" | "!=") sum ]
//! sum     = product { ("+" | "-") product }
//! product = part { ("*" | "/") part }
//! part    = "-" part | number | "text" | field | "(" filter ")"
//! number  = digits [ "." digits ] [ "e" digits ] [ K | M | B | T ]
//! ```
//!
//! - A filter says yes or no: at its top, and beside `and`, `or` and `not`, stand comparisons.
//! - Words are compared by `=` and `!=` alone, whatever their case: `kind = "etf"`.
//! - There are no percent literals, for `3%` would be 0.03 to some and 3 to others: a field in percent counts percent
//!   points (`changePercent > 3`), a share of a price is a factor (`close > 1.02 * sma50`). A `%` says so.
//! - What is undefined does not match: a comparison with an undefined field or a division by zero is neither true nor
//!   false, and neither is its negation (Kleene's logic of three values, 1938); only what is true is found.
//! - Every error has a place, counted in characters from 0, and misspelt names come with a suggestion.
//! - Length and depth are bounded, so that no text can cost much.

mod check;
mod complete;
mod lexer;
mod near;
mod parser;
mod test;

pub use complete::{Completion, Offer, OfferKind, complete};
use serde::{Deserialize, Serialize};
use test::Test;

use super::Snapshot;

/// Longest accepted filter, in characters.
pub const MAX_FILTER_CHARS: usize = 2_000;
/// Deepest nesting of parentheses, `not` and signs.
pub const MAX_DEPTH: usize = 32;
/// The words that are no fields.
pub const WORDS: [&str; 3] = ["and", "or", "not"];
/// Examples that people may start from.
pub const WRITTEN_AS: [&str; 4] = [
    "rsi14 < 30 and close > sma200 and sector = \"Technology\"",
    "changePercent > 3 and relativeVolume >= 2",
    "close > 1.02 * sma50 and trend = \"up\" and not kind = \"index\"",
    "brokenHigh >= 50 and dollarVolume > 100M",
];

/// What is wrong with a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{reason}")]
pub struct Fault {
    /// First character of the place, from 0; the length of the text where something is missing at its end.
    pub position: u32,
    /// How many characters it is about; 0 where something is missing.
    pub length: u32,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl Fault {
    fn at(from: usize, to: usize, reason: impl Into<String>) -> Fault {
        Fault { position: from as u32, length: to.saturating_sub(from) as u32, reason: reason.into() }
    }
}

/// A filter that was understood.
///
/// ```
/// use domain::scanner::Filter;
/// assert!(Filter::parse("rsi14 < 30 and close > sma200").is_ok());
/// let fault = Filter::parse("rsi14 < 30 and closs > sma200").unwrap_err();
/// assert_eq!((fault.position, fault.length), (15, 5));
/// assert_eq!(fault.reason, "there is no field closs; did you mean close?");
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    test: Test,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// The first [`Fault`] from the left of the first kind found: letters that mean nothing, then the order of words,
    /// then names and kinds of values.
    pub fn parse(text: &str) -> Result<Filter, Fault> {
        let tokens = lexer::tokens(text)?;
        let tree = parser::parse(&tokens, text.chars().count())?;
        Ok(Filter { test: check::checked(&tree)? })
    }

    /// Whether a snapshot is found.
    pub fn matches(&self, of: &Snapshot) -> bool {
        self.test.holds(of) == Some(true)
    }

    /// Names of the fields it looks at, each once, in the order they come.
    pub fn fields(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        self.test.fields(&mut names);
        names
    }
}
