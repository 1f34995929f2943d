//! When a session ends, as far as a daily bar has to say at what moment its close was known.

use crate::Kind;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::America::New_York;

/// The moment a daily bar of `date` is complete: 16:00 in New York, and midnight UTC at the end of the
/// date for what trades every day. Early closes before holidays are not told apart.
///
/// ```
/// # use domain::{Kind, session::close_of};
/// let date = |m, d| chrono::NaiveDate::from_ymd_opt(2022, m, d).unwrap();
/// assert_eq!(close_of(Kind::Equity, date(3, 10)).to_rfc3339(), "2022-03-10T21:00:00+00:00");
/// assert_eq!(close_of(Kind::Equity, date(3, 14)).to_rfc3339(), "2022-03-14T20:00:00+00:00"); // summer time
/// assert_eq!(close_of(Kind::Crypto, date(3, 10)).to_rfc3339(), "2022-03-11T00:00:00+00:00");
/// ```
pub fn close_of(kind: Kind, date: NaiveDate) -> DateTime<Utc> {
    if kind == Kind::Crypto {
        return crate::Bar::label(date) + Duration::days(1);
    }
    let wall = crate::Bar::label(date).naive_utc() + Duration::hours(16);
    // New York never changes its clocks in the afternoon, so there is exactly one such moment.
    wall.and_local_timezone(New_York).earliest().map_or_else(|| wall.and_utc(), |local| local.to_utc())
}
