//! Bars against the sessions of the exchange: what is there and should not be, what should be and is not, and
//! whether the newest is as new as it could be.

use super::{Rule, bars::Batch, sheet::Sheet};
use crate::{Bar, Interval};
use chrono::NaiveDate;

/// So many sessions late is as bad as it gets.
pub(super) const WORST_LATE: u64 = 5;

/// Bars on days without a session.
pub(super) fn phantoms(sheet: &mut Sheet) {
    if sheet.batch.interval != Interval::Day1 {
        return;
    }
    for row in &mut sheet.rows {
        let date = row.raw.date();
        if !sheet.batch.sessions.has(date) {
            row.reject(Rule::PhantomRow, format!("{} has no session", date.format("%A, %-d %B %Y")));
        }
    }
}

/// Sessions without a bar between the first and the last day of the batch, the day after the known history
/// included; a rejected bar is no hole, it waits for a decision.
pub(super) fn missing(sheet: &Sheet) -> Vec<NaiveDate> {
    let Batch { known, interval, sessions, .. } = sheet.batch;
    if *interval != Interval::Day1 || !sessions.are_complete() {
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
