//! Bars against the sessions of the exchange: what is there and should not be, what should be and is not, and
//! whether the newest is as new as it could be.

use super::{Rule, bars::Batch, sheet::Sheet};
use crate::{Interval, Kind};
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
        if !(sheet.batch.is_session)(date) {
            row.reject(Rule::PhantomRow, format!("{} has no session", date.format("%A, %-d %B %Y")));
        }
    }
}

/// Sessions without a bar between the first and the last day of the batch, the day after the known history
/// included; a rejected bar is no gap, it is waiting for a decision. Currencies have no common calendar, so
/// nothing can be said about theirs.
pub(super) fn missing(sheet: &Sheet) -> (Vec<NaiveDate>, u64) {
    let Batch { known, interval, kind, is_session, .. } = sheet.batch;
    if *interval != Interval::Day1 || matches!(kind, Kind::Fx | Kind::Macro | Kind::Custom) {
        return (Vec::new(), 0);
    }
    let mut seen = sheet.rows.iter().map(|row| row.raw.date());
    let first = known.last().map(|bar| bar.date()).or_else(|| seen.next());
    let Some(mut day) = first.and_then(|first| first.succ_opt()) else { return (Vec::new(), 0) };
    let (mut gaps, mut expected) = (Vec::new(), 1);
    for date in seen {
        while day < date {
            if is_session(day) {
                expected += 1;
                gaps.push(day);
            }
            let Some(next) = day.succ_opt() else { return (gaps, expected) };
            day = next;
        }
        if day == date {
            expected += 1;
            day = day.succ_opt().unwrap_or(day);
        }
    }
    (gaps, expected)
}

/// How many sessions the newest daily bar, known or incoming, is behind the last complete one, at most
/// [`WORST_LATE`]; `None` where no session was expected.
pub(super) fn late(sheet: &Sheet) -> Option<u64> {
    let Batch { known, expected, is_session, .. } = sheet.batch;
    let expected = (*expected)?;
    let newest =
        sheet.rows.iter().filter_map(|row| row.accepted()).chain(known.iter()).map(|bar| bar.date()).max()?;
    let later = std::iter::successors(newest.succ_opt(), |day| day.succ_opt());
    let late = later.take_while(|day| *day <= expected).filter(|day| is_session(*day));
    Some(late.take(WORST_LATE as usize).count() as u64)
}
