//! Stochastic oscillator (Lane).

use super::{Sma, extremes::Extremes, input::range};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Both lines at one bar, 0 to 100; they are defined together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StochasticLines {
    /// The smoothed place of the close within the range.
    pub k: f64,
    /// Mean of the latest `k`.
    pub d: f64,
}

/// Streaming slow stochastic: `100 * (close - lowest) / (highest - lowest)` over the last n bars, smoothed by an
/// SMA (k), and that by another (d). With 14/3/3 both start at index 17, as TA-Lib's STOCH. A range of nothing
/// says nothing: such a bar has no value and takes no part in the means.
///
/// ```
/// use domain::{Bar, indicator::{Next, Stochastic}};
/// let bar = |high, low, close| Bar {
///     time: Default::default(), open: None, high: Some(high), low: Some(low), close, adj_close: None, volume: None,
/// };
/// let mut stochastic = Stochastic::new(2, 1, 1);
/// assert_eq!(stochastic.next(&bar(10.0, 8.0, 9.0)), None);
/// // Highest 12, lowest 8, close 11: three quarters of the way up.
/// assert_eq!(stochastic.next(&bar(12.0, 9.0, 11.0)).unwrap().k, 75.0);
/// ```
#[derive(Debug, Clone)]
pub struct Stochastic {
    window: Extremes,
    k: Sma,
    d: Sma,
}

impl Stochastic {
    /// Over `period` bars, smoothed over `k` and `d` values. Periods of 0 count as 1.
    pub fn new(period: usize, k: usize, d: usize) -> Stochastic {
        Stochastic { window: Extremes::new(period), k: Sma::new(k), d: Sma::new(d) }
    }

    /// The next value where there are no bars, as of another indicator.
    pub(super) fn next_of(&mut self, high: f64, low: f64, close: f64) -> Option<StochasticLines> {
        let place = self.window.push(high, low)?.place(close)?;
        let k = self.k.next(100.0 * place)?;
        self.d.next(k).map(|d| StochasticLines { k, d })
    }
}

impl Next<&Bar> for Stochastic {
    type Output = Option<StochasticLines>;

    fn next(&mut self, bar: &Bar) -> Option<StochasticLines> {
        let (high, low, close) = range(bar)?;
        self.next_of(high, low, close)
    }
}

impl Reset for Stochastic {
    fn reset(&mut self) {
        *self = Stochastic::new(self.period(), self.k.period(), self.d.period());
    }
}

impl Period for Stochastic {
    fn period(&self) -> usize {
        self.window.period()
    }
}

/// [`Stochastic`] over bars, oldest first.
pub fn stochastic(bars: &[Bar], period: usize, k: usize, d: usize) -> Vec<Option<StochasticLines>> {
    let mut state = Stochastic::new(period, k, d);
    bars.iter().map(|bar| state.next(bar)).collect()
}
