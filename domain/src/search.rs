//! Finding an instrument by what a person types.

use crate::{Kind, Sector, Symbol};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Fewest characters that are looked up.
pub const MIN_CHARS: usize = 2;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Best first; those not known can be added.
    pub hits: Vec<Hit>,
    /// Why symbols that are not known can not be added here; `None` where they can.
    pub no_new_symbols: Option<String>,
    /// Set where a provider does not answer now and hits are of its last answer to the same question.
    pub stand_in: Option<StandIn>,
}

/// How old an answer is that stands in for a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StandIn {
    /// When it was given.
    pub told_at: DateTime<Utc>,
    /// When it was asked for again.
    pub asked_at: DateTime<Utc>,
}

/// One answer to a search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// What choosing it opens.
    pub symbol: Symbol,
    /// The name people know it by.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Where it trades.
    pub exchange: Option<String>,
    /// False when it is not in the local universe yet ("Add NEW symbol").
    pub known: bool,
    /// What it does, as far as a provider tells; for adding it, and not shown in a list.
    #[serde(skip)]
    pub sector: Option<Sector>,
    /// In the provider's own words.
    #[serde(skip)]
    pub industry: Option<String>,
}

impl Hit {
    /// One that is not here yet, of which nothing else is known.
    pub fn stranger(symbol: Symbol, name: String, kind: Kind) -> Hit {
        Hit { symbol, name, kind, exchange: None, known: false, sector: None, industry: None }
    }
}
