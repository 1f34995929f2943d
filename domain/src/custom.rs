//! Instruments that a tenant brings itself, and what became of a file of their prices.

use crate::Symbol;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Instruments a tenant may bring.
pub const MAX_INSTRUMENTS: usize = 50;
/// Rows of one file; 80 years of sessions.
pub const MAX_ROWS: usize = 20_000;

/// An instrument of one tenant, with how far its prices go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomInstrument {
    /// Unlike every symbol of the market.
    pub symbol: Symbol,
    /// As its owner calls it.
    pub name: String,
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// Daily bars.
    pub bars: u32,
    /// Day of the oldest; `None` without any.
    pub first: Option<NaiveDate>,
    /// Day of the newest; `None` without any.
    pub last: Option<NaiveDate>,
}

/// What became of a file of daily prices.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Rows after the heading.
    pub read: u32,
    /// New, or other than what was stored.
    pub upserted: u32,
    /// As they were stored.
    pub unchanged: u32,
    /// Not stored.
    pub rejected: u32,
    /// Why, by line of the file, the first line being 1; at most 100.
    pub rejects: Vec<LineReason>,
    /// Rows that were stored with another value than they had, and why; at most 100.
    pub repairs: Vec<LineReason>,
}

/// What is to be said of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineReason {
    /// Of the file; the heading is line 1.
    pub line: u32,
    /// In plain words.
    pub reason: String,
}
