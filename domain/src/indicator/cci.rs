//! Commodity channel index (Lambert, 1980).

use super::input::typical;
use crate::Bar;
use ta::{Next, Period, Reset};

/// Lambert's constant: about three quarters of the values lie within ±100.
const SCALE: f64 = 0.015;

/// Streaming CCI: `(typical - mean) / (0.015 * mean deviation)` over the last n typical prices; defined from the
/// n-th bar on, except where prices are flat. Work per bar grows with n, never with the history.
#[derive(Debug, Clone)]
pub struct Cci {
    period: usize,
    /// The last n prices, the oldest at `oldest`.
    prices: Vec<f64>,
    oldest: usize,
}

impl Cci {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Cci {
        Cci { period: period.max(1), prices: Vec::new(), oldest: 0 }
    }
}

impl Next<&Bar> for Cci {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let price = typical(bar)?;
        if self.prices.len() < self.period {
            self.prices.push(price);
            if self.prices.len() < self.period {
                return None;
            }
        } else {
            self.prices[self.oldest] = price;
            self.oldest += 1;
            if self.oldest == self.period {
                self.oldest = 0;
            }
        }
        let n = self.period as f64;
        let mean = sum(&self.prices, |each| each) / n;
        let deviation = sum(&self.prices, |each| (each - mean).abs()) / n;
        // Flat prices deviate by nothing but rounding.
        (deviation > f64::EPSILON * mean.abs()).then(|| (price - mean) / (SCALE * deviation))
    }
}

/// In four lanes, so that four additions go on at once.
#[inline]
fn sum(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let fours = values.chunks_exact(4);
    let rest: f64 = fours.remainder().iter().map(|each| of(*each)).sum();
    let mut lanes = [0.0; 4];
    for four in fours {
        for (lane, each) in lanes.iter_mut().zip(four) {
            *lane += of(*each);
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
}

impl Reset for Cci {
    fn reset(&mut self) {
        *self = Cci::new(self.period);
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
