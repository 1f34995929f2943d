//! Donchian channel: the range of the last n bars.

use super::{Bands, extremes::Extremes, input::range};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Streaming Donchian channel: highest high, lowest low and half-way between; defined from the n-th bar on. The bar
/// itself is part of its range.
#[derive(Debug, Clone)]
pub struct Donchian(Extremes);

impl Donchian {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Donchian {
        Donchian(Extremes::new(period))
    }
}

impl Next<&Bar> for Donchian {
    type Output = Option<Bands>;

    fn next(&mut self, bar: &Bar) -> Option<Bands> {
        let (high, low, _) = range(bar)?;
        let span = self.0.push(high, low)?;
        Some(Bands { upper: span.highest, middle: span.middle(), lower: span.lowest })
    }
}

impl Reset for Donchian {
    fn reset(&mut self) {
        *self = Donchian::new(self.period());
    }
}

impl Period for Donchian {
    fn period(&self) -> usize {
        self.0.period()
    }
}

/// [`Donchian`] over bars, oldest first.
pub fn donchian(bars: &[Bar], period: usize) -> Vec<Option<Bands>> {
    let mut state = Donchian::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
