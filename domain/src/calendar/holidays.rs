//! Which days the exchange is closed, and on which it closes early: rules of the NYSE, year by year.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Weekday};

/// Days closed for one occasion, since 1990: year, month, day.
const CLOSED_ONCE: [(i32, u32, u32); 11] = [
    (1994, 4, 27), // funeral of President Nixon
    (2001, 9, 11), // attacks on New York and Washington
    (2001, 9, 12),
    (2001, 9, 13),
    (2001, 9, 14),
    (2004, 6, 11),  // funeral of President Reagan
    (2007, 1, 2),   // mourning for President Ford
    (2012, 10, 29), // hurricane Sandy
    (2012, 10, 30),
    (2018, 12, 5), // mourning for President G. H. W. Bush
    (2025, 1, 9),  // mourning for President Carter
];

/// Days on which trading ended at 13:00 for one occasion.
const EARLY_ONCE: [(i32, u32, u32); 3] = [
    (1997, 12, 26),
    (1999, 12, 31), // the computers were made ready for the new century
    (2003, 12, 26),
];

/// True on a day on which the exchange trades.
///
/// ```
/// # use domain::calendar::is_session;
/// let date = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert!(is_session(date(2022, 3, 10)));
/// assert!(!is_session(date(2022, 3, 12))); // a Saturday
/// assert!(!is_session(date(2022, 4, 15))); // Good Friday
/// assert!(is_session(date(2021, 12, 31))); // New Year on a Saturday is not made up for
/// ```
pub fn is_session(date: NaiveDate) -> bool {
    !is_weekend(date) && !is_holiday(date) && !among(&CLOSED_ONCE, date)
}

/// When trading ends early, in New York: `None` on an ordinary session and without one.
pub fn early_close(date: NaiveDate) -> Option<NaiveTime> {
    if !is_session(date) {
        return None;
    }
    let (year, month, day) = (date.year(), date.month(), date.day());
    let after_thanksgiving = year >= 1992 && date.pred_opt() == nth(year, 11, Weekday::Thu, 4);
    let christmas_eve = (month, day) == (12, 24) && date.weekday() != Weekday::Fri;
    let early = after_thanksgiving
        || christmas_eve
        || around_independence_day(year) == Some(date)
        || among(&EARLY_ONCE, date);
    // Two o'clock was the early close until 1992.
    early.then(|| NaiveTime::from_hms_opt(if year <= 1992 { 14 } else { 13 }, 0, 0)).flatten()
}

/// The half day beside 4 July, since 1995: the day before, if both are weekdays; for a Thursday the Friday
/// after it until 2012 and the Wednesday before it since.
fn around_independence_day(year: i32) -> Option<NaiveDate> {
    let fourth = NaiveDate::from_ymd_opt(year, 7, 4).filter(|_| year >= 1995)?;
    match fourth.weekday() {
        Weekday::Thu if year <= 2012 => fourth.succ_opt(),
        Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => fourth.pred_opt(),
        _ => None,
    }
}

fn is_holiday(date: NaiveDate) -> bool {
    let (year, weekday) = (date.year(), date.weekday());
    match (date.month(), date.day()) {
        // On a Saturday it is not made up for on Friday, the last day of the year's books.
        (1, 1) => true,
        (1, 2) => weekday == Weekday::Mon,
        (1, _) => year >= 1998 && Some(date) == nth(year, 1, Weekday::Mon, 3),
        (2, _) => Some(date) == nth(year, 2, Weekday::Mon, 3),
        (3 | 4, _) => Some(date) == good_friday(year),
        // The last Monday of May.
        (5, day) => weekday == Weekday::Mon && day > 24,
        (6, _) => year >= 2022 && observes(date, 6, 19),
        (7, _) => observes(date, 7, 4),
        (9, _) => Some(date) == nth(year, 9, Weekday::Mon, 1),
        (11, _) => Some(date) == nth(year, 11, Weekday::Thu, 4),
        (12, _) => observes(date, 12, 25),
        _ => false,
    }
}

/// A day of the year that is kept on the Friday before when it falls on a Saturday, on the Monday after when on a
/// Sunday.
fn observes(date: NaiveDate, month: u32, day: u32) -> bool {
    let kept = NaiveDate::from_ymd_opt(date.year(), month, day).map(|day| match day.weekday() {
        Weekday::Sat => day - Duration::days(1),
        Weekday::Sun => day + Duration::days(1),
        _ => day,
    });
    kept == Some(date)
}

/// Two days before Easter Sunday, which is found by the anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus,
/// Astronomical Algorithms, chapter 8).
fn good_friday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    // Days after 22 March, the earliest Easter.
    let after = h + l - 7 * m;
    NaiveDate::from_ymd_opt(year, 3, 22).map(|earliest| earliest + Duration::days(i64::from(after) - 2))
}

fn nth(year: i32, month: u32, weekday: Weekday, n: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn among(days: &[(i32, u32, u32)], date: NaiveDate) -> bool {
    days.contains(&(date.year(), date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Dates of Easter Sunday: United States Census Bureau, "Easter Dates from 1600 to 2099".
    #[test]
    fn good_friday_is_two_days_before_the_published_easter() {
        let easters =
            [(1990, 4, 15), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2022, 4, 17), (2024, 3, 31)];
        for (year, month, day) in easters {
            let easter = NaiveDate::from_ymd_opt(year, month, day);
            assert_eq!(good_friday(year).map(|friday| friday + Duration::days(2)), easter);
        }
    }
}
