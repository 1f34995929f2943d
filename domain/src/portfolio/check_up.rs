//! Check-ups: simple rules that say where a portfolio leans to one side, in the manner of Ghostfolio's X-ray.

use super::Unavailable;
use serde::{Deserialize, Serialize};

/// Where the check-ups begin to complain. All are fractions of the portfolio's value, except `fees`, which is a
/// fraction of what was invested.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Limits {
    /// Most that other currencies than the portfolio's may make up.
    pub foreign_currency: f64,
    /// Most that one currency may make up.
    pub single_currency: f64,
    /// Most that one position may make up.
    pub single_position: f64,
    /// Most that one sector may make up.
    pub single_sector: f64,
    /// Most that fees may have eaten.
    pub fees: f64,
    /// Most that may lie idle as cash.
    pub cash: f64,
    /// Least that should be at hand as cash.
    pub cash_least: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            foreign_currency: 0.5,
            single_currency: 0.8,
            single_position: 0.25,
            single_sector: 0.4,
            fees: 0.01,
            cash: 0.2,
            cash_least: 0.0,
        }
    }
}

/// A rule by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Rule {
    ForeignCurrency,
    SingleCurrency,
    SinglePosition,
    SingleSector,
    Fees,
    Cash,
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Which rule.
    pub rule: Rule,
    /// For people.
    pub title: String,
    /// What it found, in a sentence.
    pub finding: String,
    /// What was measured, as a fraction.
    pub measured: f64,
    /// The limit it was held against.
    pub limit: f64,
    /// False when it complains.
    pub passed: bool,
}

/// The health of a portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckUp {
    /// One per rule that applies.
    pub checks: Vec<Check>,
    /// The limits used.
    pub limits: Limits,
    /// What could not be checked, and why.
    pub unavailable: Vec<Unavailable>,
}
