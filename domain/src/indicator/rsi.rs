//! Relative strength index (Wilder, 1978).

use super::{input::usable, wilder::Wilder};
use ta::{Next, Period, Reset};

/// TA-Lib's zero: mean gain and loss together below this are flat prices.
const ZERO: f64 = 1e-14;

/// Streaming RSI: `100 * gain / (gain + loss)`, where gain and loss are the means of the first n changes and
/// then Wilder's `(previous * (n - 1) + change) / n`. Defined from the (n + 1)-th value on, except while prices
/// are flat: with no gain and no loss the ratio says nothing.
///
/// ```
/// use domain::indicator::{Next, Rsi};
/// let mut rsi = Rsi::new(2);
/// // Changes +3, -1: gain 1.5, loss 0.5. Then +1: gain 1.25, loss 0.25.
/// let values: Vec<_> = [10.0, 13.0, 12.0, 13.0].map(|close| rsi.next(close)).into();
/// assert_eq!(values[..3], [None, None, Some(75.0)]);
/// assert!((values[3].unwrap() - 100.0 * 1.25 / 1.5).abs() < 1e-12);
/// ```
#[derive(Debug, Clone)]
pub struct Rsi {
    period: usize,
    wilder: Wilder,
    previous: Option<f64>,
    changes: usize,
    gain: f64,
    loss: f64,
}

impl Rsi {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Rsi {
        Rsi {
            period: period.max(1),
            wilder: Wilder::new(period),
            previous: None,
            changes: 0,
            gain: 0.0,
            loss: 0.0,
        }
    }
}

impl Next<f64> for Rsi {
    type Output = Option<f64>;

    fn next(&mut self, value: f64) -> Option<f64> {
        let value = usable(value)?;
        let change = value - self.previous.replace(value)?;
        let (up, down) = (change.max(0.0), (-change).max(0.0));
        let n = self.period as f64;
        if self.changes < self.period {
            self.changes += 1;
            self.gain += up;
            self.loss += down;
            if self.changes < self.period {
                return None;
            }
            self.gain /= n;
            self.loss /= n;
        } else {
            self.gain = self.wilder.mean(self.gain, up);
            self.loss = self.wilder.mean(self.loss, down);
        }
        let both = self.gain + self.loss;
        (both >= ZERO).then(|| 100.0 * (self.gain / both))
    }
}

impl Reset for Rsi {
    fn reset(&mut self) {
        *self = Rsi::new(self.period);
    }
}

impl Period for Rsi {
    fn period(&self) -> usize {
        self.period
    }
}

/// [`Rsi`] over a slice, oldest first.
pub fn rsi(values: &[f64], period: usize) -> Vec<Option<f64>> {
    let mut state = Rsi::new(period);
    values.iter().map(|value| state.next(*value)).collect()
}
