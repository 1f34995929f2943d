//! Moving average convergence divergence (Appel), with TA-Lib's warm-up.

use super::{Ema, input::usable};
use ta::{Next, Reset};

/// The three lines at one bar; all are defined together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MacdLines {
    /// Fast EMA minus slow EMA.
    pub macd: f64,
    /// EMA of `macd`.
    pub signal: f64,
    /// `macd - signal`.
    pub histogram: f64,
}

/// Streaming MACD. The fast EMA starts as late as the slow one, so both are first defined at the slow period:
/// with 12/26/9 the fast one is seeded on bars 14 to 25 and the lines are defined from bar 33 on.
#[derive(Debug, Clone)]
pub struct Macd {
    skip: usize,
    skipped: usize,
    fast: Ema,
    slow: Ema,
    signal: Ema,
}

impl Macd {
    /// Periods of 0 count as 1; a fast period above the slow one is exchanged with it.
    pub fn new(fast: usize, slow: usize, signal: usize) -> Macd {
        let (fast, slow) = (fast.min(slow).max(1), fast.max(slow).max(1));
        Macd {
            skip: slow - fast,
            skipped: 0,
            fast: Ema::new(fast),
            slow: Ema::new(slow),
            signal: Ema::new(signal),
        }
    }
}

impl Next<f64> for Macd {
    type Output = Option<MacdLines>;

    fn next(&mut self, value: f64) -> Option<MacdLines> {
        let value = usable(value)?;
        let slow = self.slow.next(value);
        if self.skipped < self.skip {
            self.skipped += 1;
            return None;
        }
        let macd = self.fast.next(value)? - slow?;
        let signal = self.signal.next(macd)?;
        Some(MacdLines { macd, signal, histogram: macd - signal })
    }
}

impl Reset for Macd {
    fn reset(&mut self) {
        self.skipped = 0;
        self.fast.reset();
        self.slow.reset();
        self.signal.reset();
    }
}

/// [`Macd`] over a slice, oldest first.
pub fn macd(values: &[f64], fast: usize, slow: usize, signal: usize) -> Vec<Option<MacdLines>> {
    let mut state = Macd::new(fast, slow, signal);
    values.iter().map(|value| state.next(*value)).collect()
}
