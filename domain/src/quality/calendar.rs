//! Bars against the sessions of the exchange: what is there and should not be, what should be and is not, and
//! whether the newest is as new as it could be.

use super::{Rule, Sessions, bars::Batch, sheet::Sheet};
use crate::{
    Bar, Interval,
    calendar::{new_york_at, session},
};
use chrono::NaiveDate;

/// So many sessions late is as bad as it gets.
pub(super) const WORST_LATE: u64 = 5;

/// Bars on days without a session.
pub(super) fn phantoms(sheet: &mut Sheet) {
    if sheet.batch.interval != Interval::Day1 {
        return outside_sessions(sheet);
    }
    for row in &mut sheet.rows {
        let date = row.raw.date();
        if !sheet.batch.sessions.has(date) {
            row.reject(Rule::PhantomRow, format!("{} has no session", date.format("%A, %-d %B %Y")));
        }
    }
}

/// Shorter bars of the American exchanges before the opening or after the closing bell. The auction at the close has a
/// bar that starts with it.
fn outside_sessions(sheet: &mut Sheet) {
    if sheet.batch.sessions != Sessions::American {
        return;
    }
    for row in &mut sheet.rows {
        let open = session(new_york_at(row.raw.time).date());
        if open.is_none_or(|open| !(open.open_utc..=open.close_utc).contains(&row.raw.time)) {
            row.reject(Rule::PhantomRow, "outside the hours of the exchange");
        }
    }
}

/// Sessions without a bar between the first and the last day of the batch, the day after the known history
/// included; a rejected bar is no hole, it waits for a decision.
pub(super) fn missing(sheet: &Sheet) -> Vec<NaiveDate> {
    let Batch { known, interval, sessions, .. } = sheet.batch;
    // The UTC date of a shorter bar is that of its session only where the exchange is open by day.
    let daily = *interval == Interval::Day1;
    if !sessions.are_complete() || !(daily || *sessions == Sessions::American) {
        return Vec::new();
    }
    let dates = known.last().into_iter().map(Bar::date).chain(sheet.rows.iter().map(|row| row.raw.date()));
    holes(dates, |day| sessions.has(day))
}

/// Days with a session between the first and the last of `dates`, ascending, that are not among them.
pub fn holes(
    mut dates: impl Iterator<Item = NaiveDate>,
    has_session: impl Fn(NaiveDate) -> bool,
) -> Vec<NaiveDate> {
    let mut holes = Vec::new();
    let Some(mut last) = dates.next() else { return holes };
    for date in dates {
        let between =
            std::iter::successors(last.succ_opt(), |day| day.succ_opt()).take_while(|day| *day < date);
        holes.extend(between.filter(|day| has_session(*day)));
        last = date;
    }
    holes
}

/// How many sessions the newest daily bar, known or incoming, is behind the last complete one, at most
/// [`WORST_LATE`]; `None` where there is none at all.
pub(super) fn late(sheet: &Sheet) -> Option<u64> {
    let Batch { known, sessions, now, interval, .. } = sheet.batch;
    if *interval != Interval::Day1 {
        return None;
    }
    let expected = sessions.expected(*now);
    let all = sheet.rows.iter().filter_map(|row| row.accepted()).chain(known.iter());
    let newest = all.map(Bar::date).max()?;
    let later = std::iter::successors(newest.succ_opt(), |day| day.succ_opt());
    let late = later.take_while(|day| *day <= expected).filter(|day| sessions.has(*day));
    Some(late.take(WORST_LATE as usize).count() as u64)
}
