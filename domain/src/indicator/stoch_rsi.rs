//! Stochastic RSI (Chande, Kroll, 1994): where the RSI stands within its own recent range.

use super::{Rsi, Stochastic, StochasticLines};
use ta::{Next, Period, Reset};

/// Streaming StochRSI: the stochastic of the RSI instead of prices. With a `k` of 1 it is TA-Lib's STOCHRSI.
#[derive(Debug, Clone)]
pub struct StochRsi {
    rsi: Rsi,
    stochastic: Stochastic,
}

impl StochRsi {
    /// The range over `period` values of the RSI over `rsi` closes, smoothed over `k` and `d` values.
    pub fn new(rsi: usize, period: usize, k: usize, d: usize) -> StochRsi {
        StochRsi { rsi: Rsi::new(rsi), stochastic: Stochastic::new(period, k, d) }
    }
}

impl Next<f64> for StochRsi {
    type Output = Option<StochasticLines>;

    fn next(&mut self, value: f64) -> Option<StochasticLines> {
        let rsi = self.rsi.next(value)?;
        self.stochastic.next_of(rsi, rsi, rsi)
    }
}

impl Reset for StochRsi {
    fn reset(&mut self) {
        self.rsi.reset();
        self.stochastic.reset();
    }
}

impl Period for StochRsi {
    fn period(&self) -> usize {
        self.stochastic.period()
    }
}

/// [`StochRsi`] over a slice, oldest first.
pub fn stoch_rsi(
    values: &[f64],
    rsi: usize,
    period: usize,
    k: usize,
    d: usize,
) -> Vec<Option<StochasticLines>> {
    let mut state = StochRsi::new(rsi, period, k, d);
    values.iter().map(|value| state.next(*value)).collect()
}
