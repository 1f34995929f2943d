//! The moments of a line of the schedule.
//!
//! Cron lines are read on a wall clock that knows no time zone; each of its moments then becomes an instant. The
//! hour that a zone leaves out in spring runs at the first quarter after it, the hour it has twice in autumn runs
//! once: a daily line has exactly one slot on every day.

use super::schedule::{Line, When};
use crate::{Error, Result};
use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use croner::{Cron, parser::CronParser};
use domain::calendar::{new_york_at, next_session, previous_session, session};

/// More than any zone ever moved its clocks.
const LONGEST_JUMP: Duration = Duration::hours(26);

/// So many moments of a line that do not count are passed over; more than the exchange is ever closed.
const PATIENCE: usize = 500;

/// A line's moments in one zone.
pub(super) struct Slots {
    cron: Cron,
    zone: Tz,
    when: When,
}

impl Slots {
    /// # Errors
    /// [`Error::Internal`] for a cron line that is none; a test reads them all.
    pub(super) fn of(line: &Line, zone: Tz) -> Result<Slots> {
        let cron = CronParser::new()
            .parse(line.cron)
            .map_err(|error| Error::Internal(format!("cron line of {}: {error}", line.name)))?;
        Ok(Slots { cron, zone, when: line.when })
    }

    /// The latest slot that has come.
    pub(super) fn latest(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let now = if self.when == When::MarketHours { while_open_before(now) } else { now };
        let mut wall = self.wall(now, LONGEST_JUMP);
        for _ in 0..PATIENCE {
            let found =
                self.cron.find_previous_occurrence(&wall, wall == self.wall(now, LONGEST_JUMP)).ok()?;
            let at = instant(found.naive_utc(), self.zone);
            if at <= now && self.counts(at) {
                return Some(at);
            }
            wall = found;
        }
        None
    }

    /// The first slot after `now`.
    pub(super) fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let after = if self.when == When::MarketHours { just_before_open_after(now) } else { now };
        let mut wall = self.wall(after, -LONGEST_JUMP);
        for _ in 0..PATIENCE {
            wall = self.cron.find_next_occurrence(&wall, false).ok()?;
            let at = instant(wall.naive_utc(), self.zone);
            if at > after && self.counts(at) {
                return Some(at);
            }
        }
        None
    }

    fn counts(&self, at: DateTime<Utc>) -> bool {
        let day = || session(new_york_at(at).date());
        match self.when {
            When::Always => true,
            When::TradingDays => day().is_some(),
            When::MarketHours => day().is_some_and(|day| (day.open_utc..=day.close_utc).contains(&at)),
        }
    }

    /// The wall clock at `at`, off by `margin` where the zone ever moves its clocks. UTC is only a vessel here.
    fn wall(&self, at: DateTime<Utc>, margin: Duration) -> DateTime<Utc> {
        match self.zone {
            Tz::UTC => at,
            zone => (at.with_timezone(&zone).naive_local() + margin).and_utc(),
        }
    }
}

/// `now`, or the last moment before it at which the exchange was open.
fn while_open_before(now: DateTime<Utc>) -> DateTime<Utc> {
    let today = new_york_at(now).date();
    match session(today).filter(|day| day.open_utc <= now) {
        Some(day) => now.min(day.close_utc),
        None => previous_session(today).close_utc,
    }
}

/// `now`, or the last second before the exchange opens next.
fn just_before_open_after(now: DateTime<Utc>) -> DateTime<Utc> {
    let today = new_york_at(now).date();
    let open = match session(today) {
        Some(day) if now < day.open_utc => day.open_utc,
        Some(day) if now < day.close_utc => return now,
        _ => next_session(today).open_utc,
    };
    open - Duration::seconds(1)
}

/// When a wall clock of the zone shows `wall`: the first time of two, and for a time that is left out, the first
/// full quarter after the gap.
pub(super) fn instant(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let mut shown = wall;
    loop {
        match zone.from_local_datetime(&shown) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return at.to_utc(),
            LocalResult::None => {
                let past = i64::from(shown.minute() % 15) * 60 + i64::from(shown.second());
                shown += Duration::seconds(15 * 60 - past);
            }
        }
    }
}

#[cfg(test)]
mod tests;
