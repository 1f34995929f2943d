//! Average true range (Wilder, 1978).

use super::{input::usable, wilder::Wilder};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Streaming ATR. The true range `max(high - low, |high - before|, |low - before|)` needs the close before,
/// so the first bar has none; the ATR starts as the mean of the first n true ranges and goes on as Wilder's
/// `(previous * (n - 1) + range) / n`. A bar without high or low has no ATR and only hands its close on.
#[derive(Debug, Clone)]
pub struct Atr {
    period: usize,
    wilder: Wilder,
    previous: Option<f64>,
    ranges: usize,
    mean: f64,
}

impl Atr {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Atr {
        Atr { period: period.max(1), wilder: Wilder::new(period), previous: None, ranges: 0, mean: 0.0 }
    }
}

impl Next<&Bar> for Atr {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let before = self.previous.replace(usable(bar.close)?)?;
        let (high, low) = (usable(bar.high?)?, usable(bar.low?)?);
        let range = (high - low).max((high - before).abs()).max((low - before).abs());
        let n = self.period as f64;
        if self.ranges < self.period {
            self.ranges += 1;
            self.mean += range;
            if self.ranges < self.period {
                return None;
            }
            self.mean /= n;
        } else {
            self.mean = self.wilder.mean(self.mean, range);
        }
        Some(self.mean)
    }
}

impl Reset for Atr {
    fn reset(&mut self) {
        *self = Atr::new(self.period);
    }
}

impl Period for Atr {
    fn period(&self) -> usize {
        self.period
    }
}

/// [`Atr`] over bars, oldest first.
pub fn atr(bars: &[Bar], period: usize) -> Vec<Option<f64>> {
    let mut state = Atr::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
