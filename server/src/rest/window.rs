//! Which part of a history is asked for, and how its times are written.

use crate::problem::Problem;
use axum::http::{HeaderMap, header};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::Interval;
use engine::bars::Range;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Most bars of one answer that has a limit.
const MAX_BARS: u32 = 1_000_000;

/// As it stands in the URL.
#[derive(Deserialize)]
pub struct WindowQuery {
    interval: Option<String>,
    from: Option<String>,
    to: Option<String>,
    limit: Option<String>,
}

/// Understood.
pub struct Window {
    pub interval: Interval,
    pub range: Range,
}

impl WindowQuery {
    /// # Errors
    /// 422 naming the parameter.
    pub fn understood(self) -> Result<Window, Problem> {
        let interval = match self.interval.as_deref() {
            None | Some("") => Interval::Day1,
            Some(word) => Interval::parse(word).ok_or_else(|| {
                let words: Vec<_> = Interval::ALL.iter().map(|interval| interval.as_str()).collect();
                Problem::invalid("interval", format!("is one of {}", words.join(", ")))
            })?,
        };
        // A date means the whole day.
        let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        let range = Range {
            from: moment("from", self.from, NaiveTime::MIN)?,
            to: moment("to", self.to, last)?,
            limit: limit(self.limit.as_deref(), MAX_BARS)?,
        };
        if let (Some(from), Some(to)) = (range.from, range.to)
            && from > to
        {
            return Err(Problem::invalid("from", "is later than `to`"));
        }
        Ok(Window { interval, range })
    }
}

/// A positive count of at most `most`.
pub fn limit(text: Option<&str>, most: u32) -> Result<Option<u32>, Problem> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => match text.parse() {
            Ok(count) if (1..=most).contains(&count) => Ok(Some(count)),
            _ => Err(Problem::invalid("limit", format!("is a whole number from 1 to {most}"))),
        },
    }
}

fn moment(field: &str, text: Option<String>, time: NaiveTime) -> Result<Option<DateTime<Utc>>, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let date = || text.parse::<NaiveDate>().ok().map(|date| date.and_time(time).and_utc());
    let instant = || text.parse::<DateTime<Utc>>().ok();
    let sane = |moment: &DateTime<Utc>| (1..=9999).contains(&chrono::Datelike::year(moment));
    date()
        .or_else(instant)
        .filter(sane)
        .map(Some)
        .ok_or_else(|| Problem::invalid(field, "is a date as 2022-03-10 or a time as 2022-03-10T21:00:00Z"))
}

/// Rows with a `time`; where a bar is named by a day of its exchange, that day alone is written.
pub fn dated<T: Serialize>(interval: Interval, rows: &[T]) -> Result<Value, Problem> {
    let mut rows = serde_json::to_value(rows).map_err(engine::Error::from)?;
    if interval.is_daily_or_longer() {
        for row in rows.as_array_mut().into_iter().flatten() {
            if let Some(Value::String(time)) = row.get_mut("time") {
                time.truncate("2022-03-10".len());
            }
        }
    }
    Ok(rows)
}

/// Whether a table is asked for rather than JSON.
pub fn is_csv_wanted(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    accept.split(',').any(|each| each.split(';').next().is_some_and(|kind| kind.trim() == "text/csv"))
}
