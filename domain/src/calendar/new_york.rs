//! The wall clock of New York, by the rule of its law since 1987, as amended for 2007.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc, Weekday};

/// What a clock in New York shows at an instant.
///
/// ```
/// # use domain::calendar::new_york_at;
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
/// assert_eq!(new_york_at(at("2022-03-13T06:59:59Z")).to_string(), "2022-03-13 01:59:59");
/// assert_eq!(new_york_at(at("2022-03-13T07:00:00Z")).to_string(), "2022-03-13 03:00:00");
/// ```
pub fn new_york_at(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    utc - Duration::hours(if is_summer(utc) { 4 } else { 5 })
}

/// The instant at which a clock in New York shows `wall`: the first of the two when it is set back, and for the
/// hour that is left out in spring, what the clock would have shown had it not been set.
pub fn new_york_instant(wall: NaiveDateTime) -> DateTime<Utc> {
    let summer = (wall + Duration::hours(4)).and_utc();
    if new_york_at(summer) == wall { summer } else { (wall + Duration::hours(5)).and_utc() }
}

/// Summer time starts at 07:00 UTC (02:00 EST) and ends at 06:00 UTC (02:00 EDT).
fn is_summer(utc: NaiveDateTime) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::New_York;

    #[test]
    fn new_york_agrees_with_the_time_zone_database() {
        let start = DateTime::parse_from_rfc3339("1990-01-01T00:30:00Z").expect("a time").to_utc();
        for hours in 0..(45 * 366 * 24) {
            let time = start + Duration::hours(hours);
            let expected = time.with_timezone(&New_York).naive_local();
            assert_eq!(new_york_at(time), expected, "{time}");
            let back = expected.and_local_timezone(New_York).earliest().expect("it was shown").to_utc();
            assert_eq!(new_york_instant(expected), back, "{expected}");
        }
    }

    #[test]
    fn the_hour_left_out_in_spring_is_what_winter_time_would_have_made_it() {
        let wall = NaiveDate::from_ymd_opt(2022, 3, 13).and_then(|date| date.and_hms_opt(2, 30, 0));
        let instant = new_york_instant(wall.expect("a time"));
        assert_eq!(instant.to_rfc3339(), "2022-03-13T07:30:00+00:00");
    }
}
