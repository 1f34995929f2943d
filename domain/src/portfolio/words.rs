//! What a portfolio is.

use super::{Currency, Limits};
use crate::Symbol;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Longest accepted portfolio name, in characters.
pub const MAX_NAME_CHARS: usize = 80;

/// Most portfolios of one tenant.
pub const MAX_PORTFOLIOS: usize = 50;

/// Most transactions of one portfolio, and most rows of one imported file.
pub const MAX_TRANSACTIONS: usize = 50_000;

/// Identifies a portfolio within its tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PortfolioId(pub Uuid);

impl fmt::Display for PortfolioId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Identifies a transaction within its tenant. Time-ordered: on one day the smaller id was entered first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransactionId(pub Uuid);

impl fmt::Display for TransactionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which shares a sale takes away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CostMethod {
    /// The oldest first.
    #[default]
    Fifo,
    /// A part of all, at their average cost.
    Average,
}

impl CostMethod {
    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            CostMethod::Fifo => "fifo",
            CostMethod::Average => "average",
        }
    }

    /// Reads back [`CostMethod::as_str`].
    pub fn parse(word: &str) -> Option<CostMethod> {
        [CostMethod::Fifo, CostMethod::Average].into_iter().find(|method| method.as_str() == word)
    }
}

/// A named set of transactions with a currency to count in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Portfolio {
    /// Identifies it within its tenant.
    pub id: PortfolioId,
    /// 1 to [`MAX_NAME_CHARS`] characters, unique within the tenant; [`crate::watchlist::clean_name`] cleans it.
    pub name: String,
    /// What its totals are in.
    pub currency: Currency,
    /// Which shares a sale takes away.
    #[serde(default)]
    pub cost_method: CostMethod,
    /// What it is compared with unless another is asked for.
    pub benchmark: Symbol,
    /// True for the made-up one shown to newcomers.
    #[serde(default)]
    pub sample: bool,
    /// Where the check-ups begin to complain.
    #[serde(default)]
    pub limits: Limits,
    /// Grows by one with each change of the portfolio or of any of its transactions; its entity tag.
    #[serde(default)]
    pub version: i64,
}
