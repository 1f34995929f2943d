//! Economic series: consumer prices, unemployment, yields, search interest.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One dated value of a series; a blank in the source is no observation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// First day of the period it describes.
    pub date: NaiveDate,
    /// In the units of its series.
    pub value: f64,
}

/// An economic series with its history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MacroSeries {
    /// The publisher's identifier, as `CPIAUCSL`.
    pub id: String,
    /// The name people know it by.
    pub name: String,
    /// `daily`, `weekly`, `monthly` or `quarterly`.
    pub frequency: String,
    /// What one is, as `percent` or `index 1982-1984=100`.
    pub units: String,
    /// Oldest first.
    pub observations: Vec<Observation>,
}

/// How much people looked for a keyword, day by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchInterest {
    /// What was looked for.
    pub keyword: String,
    /// Oldest first. As collected, page views or whatever the source counts; as told to people and programs, from 0 to
    /// 100, the busiest day of all.
    pub observations: Vec<Observation>,
}
