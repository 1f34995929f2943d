//! What can be priced: symbols, kinds, instruments.

use crate::Sector;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A ticker in upper case: 1 to 20 of `A-Z 0-9 . ^ = -`.
///
/// ```
/// use domain::Symbol;
/// assert_eq!(Symbol::parse(" brk-b ").unwrap().as_str(), "BRK-B");
/// assert_eq!(Symbol::parse("^GSPC").unwrap().as_str(), "^GSPC");
/// assert!(Symbol::parse("").is_none());
/// assert!(Symbol::parse("AAPL;--").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Symbol(String);

impl Symbol {
    /// Longest accepted symbol, in characters.
    pub const MAX_LEN: usize = 20;

    /// Trims, upper-cases and checks; `None` when it can be no symbol.
    pub fn parse(text: &str) -> Option<Symbol> {
        let text = text.trim().to_ascii_uppercase();
        let ok = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ".^=-".contains(c);
        let named = text.chars().any(|c| c.is_ascii_alphanumeric());
        (named && text.len() <= Symbol::MAX_LEN && text.chars().all(ok)).then_some(Symbol(text))
    }

    /// The symbol as written to people and providers.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Symbol {
    type Err = BadSymbol;
    fn from_str(text: &str) -> Result<Symbol, BadSymbol> {
        Symbol::parse(text).ok_or(BadSymbol)
    }
}

impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Symbol, D::Error> {
        let text = String::deserialize(from)?;
        Symbol::parse(&text).ok_or_else(|| serde::de::Error::custom(BadSymbol))
    }
}

/// The text is not a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a symbol is 1 to 20 letters, digits or . ^ = -")]
pub struct BadSymbol;

/// What sort of thing an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Kind {
    Equity,
    Etf,
    Index,
    Fx,
    Crypto,
    Macro,
    Custom,
}

impl Kind {
    /// All kinds in the order people expect them.
    pub const ALL: [Kind; 7] =
        [Kind::Equity, Kind::Etf, Kind::Index, Kind::Fx, Kind::Crypto, Kind::Macro, Kind::Custom];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Equity => "equity",
            Kind::Etf => "etf",
            Kind::Index => "index",
            Kind::Fx => "fx",
            Kind::Crypto => "crypto",
            Kind::Macro => "macro",
            Kind::Custom => "custom",
        }
    }

    /// Reads back [`Kind::as_str`].
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What is known of the company behind an instrument; absent where no source has told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Company {
    pub description: Option<String>,
    pub employees: Option<u64>,
    pub headquarters: Option<String>,
    pub website: Option<String>,
    /// Shares outstanding.
    pub shares: Option<f64>,
    /// Highest price of the last 252 sessions.
    pub week52_high: Option<f64>,
    /// Lowest price of the last 252 sessions.
    pub week52_low: Option<f64>,
    /// As a share: 0.01 is one percent.
    pub dividend_yield: Option<f64>,
}

/// A thing with a price. Market-wide, except kind [`Kind::Custom`], which belongs to one tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instrument {
    /// Unique among market-wide instruments.
    pub symbol: Symbol,
    /// The name people know it by.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// `None` for what has no sector (indices, currencies) or where it is not known.
    pub sector: Option<Sector>,
    /// Finer than the sector, in the source's own words.
    pub industry: Option<String>,
    /// Where it trades, in the source's own words.
    pub exchange: Option<String>,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// In `currency`; `None` where not known.
    pub market_cap: Option<f64>,
    /// False once delisted.
    pub active: bool,
}
