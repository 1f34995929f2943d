//! Where the data came from, for the page that says so.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One data set with its package, licence and range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceInfo {
    /// What it holds, as `AAPL daily bars`.
    pub dataset: String,
    /// The published package it was taken from.
    pub package: String,
    /// Version of the package.
    pub version: String,
    /// SPDX name of the licence.
    pub licence: String,
    /// How many rows are shipped.
    pub rows: u32,
    /// Date of the first row.
    pub first: Option<NaiveDate>,
    /// Date of the last row.
    pub last: Option<NaiveDate>,
    /// What one should know, as "close only" or "divided by 15 to the 2022 split basis".
    pub note: Option<String>,
}
