//! Prices in the wrong unit: cents for dollars, pence for pounds.

use super::{Rule, sheet::Sheet, sheet::median, sheet::prices};
use crate::Bar;

/// Cells that are about 100 times larger or smaller than the closes around them are brought back, each by
/// itself, since sources mix up single fields as well as whole days. No instrument moves by a factor of 50
/// between two bars; across a hole of more than a month nothing is said.
///
/// With a known history the walk goes forward from it. Without one it goes backward from the newest closes: when
/// a source changes its unit, the latest is what the instrument is quoted in today.
pub(super) fn check(sheet: &mut Sheet) {
    let standing = sheet.standing();
    let known = sheet.batch.known;
    let walk: Vec<usize> = if known.is_empty() { standing.into_iter().rev().collect() } else { standing };
    let mut level = Level::default();
    if known.is_empty() {
        // Where to begin: at the middle of the first few, whatever unit each of them has.
        let first: Vec<Bar> = walk.iter().take(WIDTH).map(|at| sheet.rows[*at].raw).collect();
        let middle = median(&mut first.iter().map(|bar| bar.close).collect::<Vec<_>>());
        let whole = |bar: &&Bar| middle.is_some_and(|middle| factor(bar.close / middle).is_none());
        first.iter().filter(whole).for_each(|bar| level.see(bar));
    } else {
        known[known.len().saturating_sub(WIDTH)..].iter().for_each(|bar| level.see(bar));
    }
    for at in walk {
        let row = &mut sheet.rows[at];
        if level.latest.is_some_and(|bar| (row.raw.time - bar.time).num_days().abs() > 30) {
            level = Level::default();
        }
        let Some(middle) = level.close() else {
            level.see(&row.value);
            continue;
        };
        let mut found = false;
        for price in prices(&mut row.value) {
            if let Some(factor) = factor(*price / middle) {
                *price /= factor;
                found = true;
            }
        }
        // The adjusted close is held against how far from the close it was in the rows before.
        if let Some((adjusted, share)) = row.value.adj_close.as_mut().zip(level.share())
            && let Some(factor) = factor(*adjusted / row.value.close / share)
        {
            *adjusted /= factor;
            found = true;
        }
        if found {
            row.repair(Rule::Hundredfold, format!("100 times away from the {middle} around it"));
        }
        level.see(&row.value);
    }
}

/// How many bars make a level: a few wrong ones do not move their median.
const WIDTH: usize = 5;

/// The closes of the last few bars, and the adjusted closes as a share of them.
#[derive(Default)]
struct Level {
    closes: Ring,
    shares: Ring,
    latest: Option<Bar>,
}

impl Level {
    fn see(&mut self, bar: &Bar) {
        self.closes.push(bar.close);
        if let Some(adjusted) = bar.adj_close {
            self.shares.push(adjusted / bar.close);
        }
        self.latest = Some(*bar);
    }

    fn close(&self) -> Option<f64> {
        self.closes.median()
    }

    fn share(&self) -> Option<f64> {
        self.shares.median()
    }
}

#[derive(Default)]
struct Ring {
    values: [f64; WIDTH],
    seen: usize,
}

impl Ring {
    fn push(&mut self, value: f64) {
        self.values[self.seen % WIDTH] = value;
        self.seen += 1;
    }

    fn median(&self) -> Option<f64> {
        let mut values = self.values;
        median(&mut values[..self.seen.min(WIDTH)])
    }
}

/// 100 or 1/100 where a ratio is about that.
fn factor(ratio: f64) -> Option<f64> {
    match ratio {
        r if (50.0..200.0).contains(&r) => Some(100.0),
        r if (0.005..0.02).contains(&r) => Some(0.01),
        _ => None,
    }
}
