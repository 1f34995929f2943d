//! Exponential moving average, seeded with the mean of the first n values as TA-Lib does.

use super::input::usable;
use ta::{Next, Period, Reset};

/// Streaming exponential moving average: `previous + (value - previous) * 2 / (n + 1)`; the first value, at
/// the n-th input, is the mean of the first n.
///
/// ```
/// use domain::indicator::{Ema, Next};
/// let mut ema = Ema::new(3);
/// let means: Vec<_> = [1.0, 2.0, 6.0, 7.0].map(|close| ema.next(close)).into();
/// assert_eq!(means, [None, None, Some(3.0), Some(5.0)]);
/// ```
#[derive(Debug, Clone)]
pub struct Ema {
    period: usize,
    weight: f64,
    seen: usize,
    sum: f64,
    mean: f64,
}

impl Ema {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Ema {
        let period = period.max(1);
        Ema { period, weight: 2.0 / (period as f64 + 1.0), seen: 0, sum: 0.0, mean: 0.0 }
    }
}

impl Next<f64> for Ema {
    type Output = Option<f64>;

    fn next(&mut self, value: f64) -> Option<f64> {
        let value = usable(value)?;
        if self.seen < self.period {
            self.seen += 1;
            self.sum += value;
            if self.seen < self.period {
                return None;
            }
            self.mean = self.sum / self.period as f64;
            return Some(self.mean);
        }
        self.mean += (value - self.mean) * self.weight;
        Some(self.mean)
    }
}

impl Reset for Ema {
    fn reset(&mut self) {
        *self = Ema::new(self.period);
    }
}

impl Period for Ema {
    fn period(&self) -> usize {
        self.period
    }
}

/// [`Ema`] over a slice, oldest first.
pub fn ema(values: &[f64], period: usize) -> Vec<Option<f64>> {
    let mut state = Ema::new(period);
    values.iter().map(|value| state.next(*value)).collect()
}
