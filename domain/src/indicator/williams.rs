//! Williams %R.

use super::{extremes::Extremes, input::range};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Streaming %R: `-100 * (highest - close) / (highest - lowest)` over the last n bars, -100 to 0; defined from the
/// n-th bar on, except where the range is nothing.
///
/// ```
/// use domain::{Bar, indicator::{Next, Williams}};
/// let bar = |high, low, close| Bar {
///     time: Default::default(), open: None, high: Some(high), low: Some(low), close, adj_close: None, volume: None,
/// };
/// let mut williams = Williams::new(2);
/// assert_eq!(williams.next(&bar(10.0, 8.0, 9.0)), None);
/// // Highest 12, lowest 8, close 11: a quarter of the way down.
/// assert_eq!(williams.next(&bar(12.0, 9.0, 11.0)), Some(-25.0));
/// ```
#[derive(Debug, Clone)]
pub struct Williams(Extremes);

impl Williams {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Williams {
        Williams(Extremes::new(period))
    }
}

impl Next<&Bar> for Williams {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let (high, low, close) = range(bar)?;
        let span = self.0.push(high, low)?;
        let width = span.highest - span.lowest;
        (width > 0.0).then(|| -100.0 * ((span.highest - close) / width))
    }
}

impl Reset for Williams {
    fn reset(&mut self) {
        *self = Williams::new(self.period());
    }
}

impl Period for Williams {
    fn period(&self) -> usize {
        self.0.period()
    }
}

/// [`Williams`] over bars, oldest first.
pub fn williams(bars: &[Bar], period: usize) -> Vec<Option<f64>> {
    let mut state = Williams::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
