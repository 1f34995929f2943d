//! One record by itself: is everything there, is it possible, does it contain its own open and close?

use super::{Judged, Rule, sheet::Sheet, sheet::prices};
use crate::Bar;
use chrono::Duration;

/// No market price comes near it; BRK-A is at 1e6.
const HIGHEST_PRICE: f64 = 1e8;
/// Units in a day: more than any market has ever traded.
const LARGEST_VOLUME: f64 = 1e14;
/// The label of a daily bar is a date at 00:00 UTC, and Auckland's date begins 13 hours before that.
const AHEAD: Duration = Duration::hours(14);
/// Sources store prices as 32 bit floats: a high may be below the close by rounding alone.
const ROUNDING: f64 = 1e-6;
/// Up to here a high below the close is a late correction of one of them; beyond it one of them is wrong.
const MENDABLE: f64 = 1e-3;

/// Sorts, and keeps one row per time: of equal ones the first, of different ones that with the larger volume,
/// which is the more complete one.
pub(super) fn unique(mut rows: Vec<Judged<Bar>>) -> (Vec<Judged<Bar>>, Vec<Judged<Bar>>, u64) {
    rows.sort_by_key(|row| row.raw.time);
    let (mut kept, mut doubles, mut copies): (Vec<Judged<Bar>>, _, _) =
        (Vec::with_capacity(rows.len()), vec![], 0);
    for mut row in rows {
        match kept.last_mut().filter(|last| last.raw.time == row.raw.time) {
            None => kept.push(row),
            Some(last) if last.raw == row.raw => copies += 1,
            Some(last) => {
                if row.raw.volume.unwrap_or(0.0) >= last.raw.volume.unwrap_or(0.0) {
                    std::mem::swap(last, &mut row);
                }
                row.reject(Rule::Duplicate, "a second, different bar for the same time");
                doubles.push(row);
            }
        }
    }
    (kept, doubles, copies)
}

/// Required fields and possible values.
pub(super) fn check(sheet: &mut Sheet) {
    let latest = sheet.batch.now + AHEAD;
    for row in &mut sheet.rows {
        let bar = &row.raw;
        let told = [bar.open, bar.high, bar.low].iter().flatten().count();
        if !bar.close.is_finite() || bar.close == 0.0 {
            row.reject(Rule::MissingField, "no close");
        } else if !(told == 0 || told == 3) {
            row.reject(Rule::MissingField, "some of open, high and low are missing");
        } else if bar.time > latest {
            row.reject(Rule::Range, "lies in the future");
        } else if prices(&mut row.value).any(|price| !possible(*price))
            || bar.adj_close.is_some_and(|price| !possible(price))
        {
            row.reject(Rule::Range, "a price that no price can be");
        } else if bar.volume.is_some_and(|volume| !(0.0..LARGEST_VOLUME).contains(&volume)) {
            row.reject(Rule::Range, "a volume that no volume can be");
        }
    }
}

fn possible(price: f64) -> bool {
    price > 0.0 && price < HIGHEST_PRICE
}

/// Low <= open, close <= high; to be asked once the units are right.
pub(super) fn envelope(sheet: &mut Sheet) {
    for row in sheet.rows.iter_mut().filter(|row| !row.is_rejected()) {
        let Bar { open: Some(open), high: Some(high), low: Some(low), close, .. } = row.value else {
            continue;
        };
        let (top, bottom) = (open.max(close), open.min(close));
        let outside = (top / high - 1.0).max(1.0 - bottom / low);
        if outside > MENDABLE {
            row.reject(Rule::Envelope, format!("open {open} or close {close} is outside {low} to {high}"));
        } else if outside > ROUNDING {
            row.value.high = Some(high.max(top));
            row.value.low = Some(low.min(bottom));
            row.repair(Rule::Envelope, "high and low widened to hold open and close");
        }
    }
}
