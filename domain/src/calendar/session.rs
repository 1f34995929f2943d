//! Sessions: from when to when the exchange trades on a day.

use super::{early_close, is_session, new_york_at, new_york_instant};
use crate::{Bar, Kind};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Opening, 09:30 in New York.
const OPEN: NaiveTime = NaiveTime::from_hms_opt(9, 30, 0).expect("a time of day");
/// Close of an ordinary day, 16:00 in New York.
const CLOSE: NaiveTime = NaiveTime::from_hms_opt(16, 0, 0).expect("a time of day");

/// One day of trading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The day in New York; daily bars carry it as their label.
    pub date: NaiveDate,
    /// First moment of trading.
    pub open_utc: DateTime<Utc>,
    /// First moment without.
    pub close_utc: DateTime<Utc>,
    /// Closes before 16:00.
    pub half_day: bool,
}

/// The session of a day; `None` on weekends, holidays and days of mourning.
///
/// ```
/// # use domain::calendar::session;
/// let date = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let friday = session(date(2022, 11, 25)).unwrap(); // after Thanksgiving
/// assert_eq!(friday.open_utc.to_rfc3339(), "2022-11-25T14:30:00+00:00");
/// assert_eq!(friday.close_utc.to_rfc3339(), "2022-11-25T18:00:00+00:00");
/// assert!(friday.half_day);
/// assert_eq!(session(date(2022, 11, 24)), None);
/// ```
pub fn session(date: NaiveDate) -> Option<Session> {
    is_session(date).then(|| {
        let early = early_close(date);
        Session {
            date,
            open_utc: new_york_instant(date.and_time(OPEN)),
            close_utc: new_york_instant(date.and_time(early.unwrap_or(CLOSE))),
            half_day: early.is_some(),
        }
    })
}

/// The sessions of a range of days, oldest first.
pub fn sessions(days: RangeInclusive<NaiveDate>) -> impl DoubleEndedIterator<Item = Session> {
    let (first, last) = days.into_inner();
    let count = (last - first).num_days().max(-1) + 1;
    (0..count).filter_map(move |day| session(first + Duration::days(day)))
}

/// The first session after a day, that day not counted.
pub fn next_session(after: NaiveDate) -> Session {
    nearest(after, 1)
}

/// The last session before a day, that day not counted.
pub fn previous_session(before: NaiveDate) -> Session {
    nearest(before, -1)
}

/// True while the exchange trades.
pub fn is_open(at: DateTime<Utc>) -> bool {
    let today = session(new_york_at(at).date());
    today.is_some_and(|session| (session.open_utc..session.close_utc).contains(&at))
}

/// The last session that was over: what fresh daily data has to reach.
///
/// ```
/// # use domain::calendar::last_completed;
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
/// assert_eq!(last_completed(at("2022-03-10T20:59:59Z")).date.to_string(), "2022-03-09");
/// assert_eq!(last_completed(at("2022-03-10T21:00:00Z")).date.to_string(), "2022-03-10");
/// assert_eq!(last_completed(at("2022-03-13T12:00:00Z")).date.to_string(), "2022-03-11"); // a Sunday
/// ```
pub fn last_completed(at: DateTime<Utc>) -> Session {
    let today = new_york_at(at).date();
    session(today).filter(|session| session.close_utc <= at).unwrap_or_else(|| previous_session(today))
}

/// The moment a daily bar of `date` is complete: the close of the session, 16:00 in New York where there is none, and
/// midnight UTC at the end of the date for what trades every day.
///
/// ```
/// # use domain::{Kind, calendar::close_of};
/// let date = |m, d| chrono::NaiveDate::from_ymd_opt(2022, m, d).unwrap();
/// assert_eq!(close_of(Kind::Equity, date(3, 10)).to_rfc3339(), "2022-03-10T21:00:00+00:00");
/// assert_eq!(close_of(Kind::Equity, date(3, 14)).to_rfc3339(), "2022-03-14T20:00:00+00:00"); // summer time
/// assert_eq!(close_of(Kind::Equity, date(11, 25)).to_rfc3339(), "2022-11-25T18:00:00+00:00"); // a half day
/// assert_eq!(close_of(Kind::Crypto, date(3, 10)).to_rfc3339(), "2022-03-11T00:00:00+00:00");
/// ```
pub fn close_of(kind: Kind, date: NaiveDate) -> DateTime<Utc> {
    if kind == Kind::Crypto {
        return Bar::label(date) + Duration::days(1);
    }
    let early = early_close(date).filter(|_| kind != Kind::Fx);
    new_york_instant(date.and_time(early.unwrap_or(CLOSE)))
}

/// No week is without a session, so this ends soon.
fn nearest(from: NaiveDate, step: i64) -> Session {
    let mut date = from;
    loop {
        date += Duration::days(step);
        if let Some(found) = session(date) {
            return found;
        }
    }
}
