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
    seen: usize,
    sum: f64,
    mean: f64,
}

impl Ema {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Ema {
        Ema { period: period.max(1), seen: 0, sum: 0.0, mean: 0.0 }
    }
}

impl Next<f64> for Ema {
    type Output = Option<f64>;

    fn next(&mut self, value: f64) -> Option<f64> {
        let value = usable(value)?;
        if self.seen < self.period {
            self.seen += 1;
            self.sum += value;
            self.mean = self.sum / self.period as f64;
            return (self.seen == self.period).then_some(self.mean);
        }
        let weight = 2.0 / (self.period as f64 + 1.0);
        self.mean += (value - self.mean) * weight;
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
