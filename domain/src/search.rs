//! Finding an instrument by what a person types.

use crate::{Kind, Symbol};
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
}
