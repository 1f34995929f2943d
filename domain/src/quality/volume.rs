//! Rows whose volume gives them away: prices that moved without a trade, and copies of the row before.

use super::{Rule, sheet::Sheet};
use crate::Bar;

/// For what is traded on an exchange, a volume of zero beside a price that moved is no volume: it becomes absent.
/// A bar that equals the one before in everything, or that repeats its close without a trade, never happened.
/// For everything else a volume of zero is how sources write that they have none.
pub(super) fn check(sheet: &mut Sheet) {
    let traded = sheet.is_traded();
    let mut before: Option<Bar> = sheet.batch.known.last().copied();
    let mut has_volume = sheet.batch.known.iter().rev().take(20).any(|bar| bar.volume > Some(0.0));
    for row in sheet.rows.iter_mut().filter(|row| !row.is_rejected()) {
        let bar = row.value;
        if bar.volume == Some(0.0) {
            row.value.volume = None;
        }
        if let Some(before) = before.filter(|_| traded) {
            if same(&bar, &before) && bar.volume > Some(0.0) {
                row.reject(Rule::StaleCopy, "equals the bar before it, volume included");
            } else if bar.volume == Some(0.0) && has_volume {
                let still =
                    bar.close == before.close && bar.high.zip(bar.low).is_none_or(|(high, low)| high == low);
                if still {
                    row.reject(Rule::StaleCopy, "repeats the close before it without a trade");
                } else {
                    row.repair(
                        Rule::ZeroVolume,
                        "the price moved with a volume of zero: the volume is unknown",
                    );
                }
            }
        }
        if !row.is_rejected() {
            has_volume |= row.value.volume.is_some();
            before = Some(row.value);
        }
    }
}

fn same(a: &Bar, b: &Bar) -> bool {
    a.close == b.close && a.open == b.open && a.high == b.high && a.low == b.low && a.volume == b.volume
}
