//! What the rules over bars work on: the rows of a batch in order, and the rules' way to their neighbours.

use super::{Judged, bars::Batch};
use crate::{Bar, Kind};

/// The four prices of a bar that are told, for rules that look at each.
pub(super) fn prices(bar: &mut Bar) -> impl Iterator<Item = &mut f64> {
    let Bar { open, high, low, close, .. } = bar;
    open.iter_mut().chain(high.iter_mut()).chain(low.iter_mut()).chain(std::iter::once(close))
}

pub(super) struct Sheet<'a> {
    pub batch: &'a Batch<'a>,
    /// Oldest first, one per time; [`super::fields`] sees to that.
    pub rows: Vec<Judged<Bar>>,
}

impl Sheet<'_> {
    /// Whether the instrument is one that has a volume whenever it has a price.
    pub fn is_traded(&self) -> bool {
        matches!(self.batch.kind, Kind::Equity | Kind::Etf)
    }

    /// Indices of the rows still accepted, oldest first.
    pub fn standing(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|at| !self.rows[*at].is_rejected()).collect()
    }
}

/// The median of some values, which are left in another order; `None` without any.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}
