//! Simple moving average: the mean of the last n values.

use super::{input::usable, window::Window};
use ta::{Next, Period, Reset};

/// Streaming simple moving average; defined from the n-th value on.
///
/// ```
/// use domain::indicator::{Next, Sma};
/// let mut sma = Sma::new(3);
/// let means: Vec<_> = [1.0, 2.0, 6.0, 7.0].map(|close| sma.next(close)).into();
/// assert_eq!(means, [None, None, Some(3.0), Some(5.0)]);
/// ```
#[derive(Debug, Clone)]
pub struct Sma(Window<f64>);

impl Sma {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Sma {
        Sma(Window::new(period))
    }
}

impl Next<f64> for Sma {
    type Output = Option<f64>;

    fn next(&mut self, value: f64) -> Option<f64> {
        self.0.push(usable(value)?).map(|spread| spread.mean)
    }
}

impl Reset for Sma {
    fn reset(&mut self) {
        self.0.clear();
    }
}

impl Period for Sma {
    fn period(&self) -> usize {
        self.0.period()
    }
}

/// [`Sma`] over a slice, oldest first.
pub fn sma(values: &[f64], period: usize) -> Vec<Option<f64>> {
    let mut state = Sma::new(period);
    values.iter().map(|value| state.next(*value)).collect()
}
