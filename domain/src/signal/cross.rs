//! The golden and the death cross: SMA 50 crosses SMA 200.

use super::{Action, Signal, SignalKind, fired::strength_in_atr};
use crate::{Bar, figure, indicator::IndicatorRow};

/// Bars the slow average needs.
const BARS: u32 = 200;
/// Share of the close below which the averages count as touching, as for MACD.
const TOUCHING: f64 = 1e-12;

/// Fires when SMA 50 goes from one side of SMA 200 to the other; a touch is no side.
#[derive(Debug, Clone, Default)]
pub struct CrossRule {
    above: Option<bool>,
}

impl CrossRule {
    /// The signal of the next bar; `row` holds its indicators.
    pub fn next(&mut self, bar: &Bar, row: &IndicatorRow) -> Option<Signal> {
        let (fast, slow) = (row.sma50?, row.sma200?);
        let apart = fast - slow;
        if apart.abs() <= TOUCHING * bar.close.abs() {
            return None;
        }
        let above = apart > 0.0;
        let before = self.above.replace(above)?;
        if above == before {
            return None;
        }
        let (action, name, side) = match above {
            true => (Action::Buy, "Golden cross", "above"),
            false => (Action::Sell, "Death cross", "below"),
        };
        Some(Signal {
            time: bar.time,
            kind: SignalKind::Cross,
            action,
            strength: strength_in_atr(apart.abs(), row.atr14),
            reason: format!(
                "{name}: the 50-day mean {} is {side} the 200-day mean {}",
                figure::apart(fast, slow, figure::decimals(fast)),
                figure::apart(slow, fast, figure::decimals(slow)),
            ),
            bars_used: BARS,
        })
    }
}
