//! FRED, the economic series of the Federal Reserve Bank of St. Louis: as JSON with a key, as CSV without.

mod catalogue;
mod csv;
mod json;

pub use self::{csv::FredCsv, json::FredJson};

use super::{Answer, MacroAsk, http::Reply};
use catalogue::describe;
use chrono::NaiveDate;
use domain::macros::{MacroSeries, Observation};

/// Where the keyed interface is.
pub const BASE: &str = "https://api.stlouisfed.org";
/// Where the graphs are, whose data anybody may take.
pub const GRAPHS: &str = "https://fred.stlouisfed.org";

/// One observation of the source's own words; `None` for a blank.
///
/// # Errors
/// What is neither a date and a number nor a blank.
fn observation(reply: &Reply, date: &str, value: &str) -> Answer<Option<Observation>> {
    let date: NaiveDate = date.parse().map_err(|_| reply.malformed(&format!("`{date}` is no date")))?;
    if matches!(value, "." | "") {
        return Ok(None);
    }
    match value.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Some(Observation { date, value })),
        _ => Err(reply.malformed(&format!("`{value}` is no number"))),
    }
}

/// The series, oldest first, within what was asked for.
fn series(ask: &MacroAsk, mut observations: Vec<Observation>) -> MacroSeries {
    observations.retain(|each| ask.from.is_none_or(|from| each.date >= from));
    observations.sort_by_key(|each| each.date);
    describe(&ask.series, observations)
}
