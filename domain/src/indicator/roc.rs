//! Rate of change.

use super::input::usable;
use ta::{Next, Period, Reset};

/// Streaming ROC: `100 * (value / value n before - 1)`; defined from the (n + 1)-th value on, except over a zero.
///
/// ```
/// use domain::indicator::{Next, Roc};
/// let mut roc = Roc::new(2);
/// let values: Vec<_> = [100.0, 70.0, 125.0].map(|close| roc.next(close)).into();
/// assert_eq!(values, [None, None, Some(25.0)]);
/// ```
#[derive(Debug, Clone)]
pub struct Roc {
    period: usize,
    /// The last n values, the oldest at `oldest`.
    before: Vec<f64>,
    oldest: usize,
}

impl Roc {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Roc {
        Roc { period: period.max(1), before: Vec::new(), oldest: 0 }
    }
}

impl Next<f64> for Roc {
    type Output = Option<f64>;

    fn next(&mut self, value: f64) -> Option<f64> {
        let value = usable(value)?;
        if self.before.len() < self.period {
            self.before.push(value);
            return None;
        }
        let before = std::mem::replace(&mut self.before[self.oldest], value);
        self.oldest += 1;
        if self.oldest == self.period {
            self.oldest = 0;
        }
        let change = (value / before - 1.0) * 100.0;
        (before != 0.0 && change.is_finite()).then_some(change)
    }
}

impl Reset for Roc {
    fn reset(&mut self) {
        *self = Roc::new(self.period);
    }
}

impl Period for Roc {
    fn period(&self) -> usize {
        self.period
    }
}

/// [`Roc`] over a slice, oldest first.
pub fn roc(values: &[f64], period: usize) -> Vec<Option<f64>> {
    let mut state = Roc::new(period);
    values.iter().map(|value| state.next(*value)).collect()
}
