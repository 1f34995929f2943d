//! On-balance volume (Granville).

use super::input::usable;
use crate::Bar;
use ta::{Next, Reset};

/// Streaming OBV: starts at the first volume, then adds the volume of a bar that closed higher and takes off
/// that of one that closed lower. A bar without volume has no OBV and only hands its close on.
#[derive(Debug, Clone, Default)]
pub struct Obv {
    previous: Option<f64>,
    balance: Option<f64>,
}

impl Obv {
    /// Nothing seen yet.
    pub fn new() -> Obv {
        Obv::default()
    }
}

impl Next<&Bar> for Obv {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let close = usable(bar.close)?;
        let before = self.previous.replace(close);
        let volume = usable(bar.volume?)?;
        let balance = match (self.balance, before) {
            (Some(balance), Some(before)) => {
                // Which way the next bar closes is a coin's throw: nothing here waits for the guess of a processor.
                let way = f64::from(u8::from(close > before)) - f64::from(u8::from(close < before));
                balance + way * volume
            }
            (Some(balance), None) => balance,
            (None, _) => volume,
        };
        self.balance = Some(balance);
        self.balance
    }
}

impl Reset for Obv {
    fn reset(&mut self) {
        *self = Obv::default();
    }
}

/// [`Obv`] over bars, oldest first.
pub fn obv(bars: &[Bar]) -> Vec<Option<f64>> {
    let mut state = Obv::new();
    bars.iter().map(|bar| state.next(bar)).collect()
}
