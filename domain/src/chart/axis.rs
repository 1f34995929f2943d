//! Labels of the time axis.

use crate::Interval;
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// The clock an intraday axis is labelled by.
///
/// New York is worked out by the rule of its law (since 1987, as amended for 2007) instead of the time zone
/// database, which would weigh more than the rest of the browser's code.
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
        let utc = time.naive_utc();
        match self {
            Clock::Utc => utc,
            Clock::NewYork if is_new_york_summer(utc) => utc - Duration::hours(4),
            Clock::NewYork => utc - Duration::hours(5),
        }
    }
}

/// Summer time starts at 07:00 UTC (02:00 EST) and ends at 06:00 UTC (02:00 EDT).
fn is_new_york_summer(utc: NaiveDateTime) -> bool {
    let year = utc.year();
    let sunday = |month, nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth);
    let (start, end) = if year >= 2007 {
        (sunday(3, 2), sunday(11, 1))
    } else {
        (sunday(4, 1), sunday(10, 5).or_else(|| sunday(10, 4)))
    };
    let at = |day: Option<NaiveDate>, hour| day.and_then(|day| day.and_hms_opt(hour, 0, 0));
    match (at(start, 7), at(end, 6)) {
        (Some(start), Some(end)) => (start..end).contains(&utc),
        _ => false,
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

#[cfg(test)]
mod tests {
    use super::Clock;
    use chrono::{DateTime, Duration};

    #[test]
    fn new_york_agrees_with_the_time_zone_database() {
        let start = DateTime::parse_from_rfc3339("1990-01-01T00:30:00Z").expect("a time").to_utc();
        for hours in 0..(45 * 366 * 24) {
            let time = start + Duration::hours(hours);
            let expected = time.with_timezone(&chrono_tz::America::New_York).naive_local();
            assert_eq!(Clock::NewYork.at(time), expected, "{time}");
        }
    }
}
