//! Commodity channel index (Lambert, 1980).

use super::input::typical;
use crate::Bar;
use std::collections::VecDeque;
use ta::{Next, Period, Reset};

/// Lambert's constant: about three quarters of the values lie within ±100.
const SCALE: f64 = 0.015;

/// Streaming CCI: `(typical - mean) / (0.015 * mean deviation)` over the last n typical prices; defined from the
/// n-th bar on, except where prices are flat. Work per bar grows with n, never with the history.
#[derive(Debug, Clone)]
pub struct Cci {
    period: usize,
    prices: VecDeque<f64>,
}

impl Cci {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Cci {
        Cci { period: period.max(1), prices: VecDeque::new() }
    }
}

impl Next<&Bar> for Cci {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let price = typical(bar)?;
        if self.prices.len() == self.period {
            self.prices.pop_front();
        }
        self.prices.push_back(price);
        if self.prices.len() < self.period {
            return None;
        }
        let n = self.period as f64;
        let mean = self.prices.iter().sum::<f64>() / n;
        let deviation = self.prices.iter().map(|each| (each - mean).abs()).sum::<f64>() / n;
        // Flat prices deviate by nothing but rounding.
        (deviation > f64::EPSILON * mean.abs()).then(|| (price - mean) / (SCALE * deviation))
    }
}

impl Reset for Cci {
    fn reset(&mut self) {
        self.prices.clear();
    }
}

impl Period for Cci {
    fn period(&self) -> usize {
        self.period
    }
}

/// [`Cci`] over bars, oldest first.
pub fn cci(bars: &[Bar], period: usize) -> Vec<Option<f64>> {
    let mut state = Cci::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
