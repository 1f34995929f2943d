//! Correlation: how alike the positions moved.

use super::{Analysis, Correlation, Figure, Pair, Span, performance::Gaps};
use crate::{Symbol, statistic};
use chrono::NaiveDate;

/// Fewest common days for a coefficient.
const LEAST_DAYS: usize = 20;

/// Most symbols in the matrix: the largest.
const MOST_SYMBOLS: usize = 50;

impl Analysis {
    /// The matrix of what is held today, at most the 50 largest, over the days asked for: simple returns of the
    /// closes in their own currencies between days on which both have one.
    pub fn correlation(&self, span: Span) -> Correlation {
        let mut gaps = Gaps::default();
        let held = self.positions.iter().filter(|each| !each.quantity.is_zero());
        let from = span.base().unwrap_or(NaiveDate::MIN);
        let to = span.to.min(self.ledger.until);
        let (symbols, series): (Vec<Symbol>, Vec<Vec<(NaiveDate, f64)>>) = held
            .filter_map(|each| {
                let closes = &self.market.listings.get(&each.symbol)?.closes;
                let days = closes.dates().iter().copied().zip(closes.values().iter().copied());
                let days: Vec<_> = days.filter(|(day, _)| *day >= from && *day <= to).collect();
                Some((each.symbol.clone(), days))
            })
            .take(MOST_SYMBOLS)
            .unzip();
        let count = symbols.len();
        let mut matrix = vec![vec![None; count]; count];
        let (mut highest, mut lowest): (Option<Pair>, Option<Pair>) = (None, None);
        for left in 0..count {
            matrix[left][left] = Some(1.0);
            for right in left + 1..count {
                let value = coefficient(&series[left], &series[right]);
                matrix[left][right] = value;
                matrix[right][left] = value;
                let Some(value) = value else { continue };
                let pair = || Pair { left: symbols[left].clone(), right: symbols[right].clone(), value };
                if highest.as_ref().is_none_or(|best| value > best.value) {
                    highest = Some(pair());
                }
                if lowest.as_ref().is_none_or(|worst| value < worst.value) {
                    lowest = Some(pair());
                }
            }
        }
        if count < 2 {
            gaps.note(Figure::Correlation, "two positions with prices are needed");
        } else if highest.is_none() {
            gaps.note(
                Figure::Correlation,
                format!("no two positions have {LEAST_DAYS} common days that moved"),
            );
        }
        Correlation { symbols, matrix, highest, lowest, unavailable: gaps.0 }
    }
}

fn coefficient(left: &[(NaiveDate, f64)], right: &[(NaiveDate, f64)]) -> Option<f64> {
    let (mut mine, mut theirs) = (Vec::with_capacity(left.len()), Vec::with_capacity(left.len()));
    let mut before: Option<(f64, f64)> = None;
    let (mut i, mut j) = (0, 0);
    while let (Some((day, a)), Some((other, b))) = (left.get(i), right.get(j)) {
        match day.cmp(other) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                if let Some((old_a, old_b)) = before {
                    mine.push(a / old_a - 1.0);
                    theirs.push(b / old_b - 1.0);
                }
                before = Some((*a, *b));
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    (mine.len() >= LEAST_DAYS).then(|| statistic::correlation(&mine, &theirs)).flatten()
}
