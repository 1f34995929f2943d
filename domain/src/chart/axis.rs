//! Labels of the time axis.

use crate::{Interval, calendar::new_york_at};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// The clock an intraday axis is labelled by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Clock {
    /// Coordinated universal time; markets that never close.
    Utc,
    /// American exchanges.
    #[default]
    NewYork,
}

impl Clock {
    /// What this clock shows at an instant.
    pub fn at(self, time: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Clock::Utc => time.naive_utc(),
            Clock::NewYork => new_york_at(time),
        }
    }
}

/// `2022-03-10` for daily bars and longer, `2022-03-10 15:30` for shorter ones.
pub fn time_label(time: DateTime<Utc>, interval: Interval, clock: Clock) -> String {
    if interval.is_daily_or_longer() {
        time.format("%Y-%m-%d").to_string()
    } else {
        clock.at(time).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// What [`time_label`] wrote, for people: `10 Mar 2022`, `10 Mar 2022 15:30`.
///
/// ```
/// assert_eq!(domain::chart::time_words("2022-03-10 15:30"), "10 Mar 2022 15:30");
/// ```
pub fn time_words(label: &str) -> String {
    let (date, clock) = label.split_once(' ').map_or((label, None), |(date, clock)| (date, Some(clock)));
    let Ok(date) = date.parse::<NaiveDate>() else { return label.to_string() };
    let words = date.format("%-d %b %Y").to_string();
    clock.map_or(words.clone(), |clock| format!("{words} {clock}"))
}
