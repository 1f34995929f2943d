//! The RSI rule: oversold below 30, overbought above 70.

use super::{Action, Signal, SignalKind, fired::strength};
use crate::{Bar, figure, indicator::IndicatorRow};

/// Below this RSI 14 is oversold.
pub(super) const OVERSOLD: f64 = 30.0;
/// Above this RSI 14 is overbought.
pub(super) const OVERBOUGHT: f64 = 70.0;
/// Closes RSI 14 needs: 14 changes.
pub(super) const CLOSES: u32 = 15;
/// Points beyond a threshold that make the full strength.
const FULL_POINTS: f64 = 20.0;

/// What an RSI 14 suggests, and how strongly; undefined (flat prices) is neutral.
pub(super) fn judge(rsi: Option<f64>) -> (Action, f64) {
    let points = |distance| strength(distance, FULL_POINTS).unwrap_or(0.0);
    match rsi {
        Some(rsi) if rsi < OVERSOLD => (Action::Buy, points(OVERSOLD - rsi)),
        Some(rsi) if rsi > OVERBOUGHT => (Action::Sell, points(rsi - OVERBOUGHT)),
        _ => (Action::Neutral, 0.0),
    }
}

/// Fires when RSI 14 enters below 30 or above 70.
#[derive(Debug, Clone, Default)]
pub struct RsiRule {
    before: Option<Action>,
}

impl RsiRule {
    /// The signal of the next bar; `row` holds its indicators.
    pub fn next(&mut self, bar: &Bar, row: &IndicatorRow) -> Option<Signal> {
        let rsi = row.rsi14?;
        let (action, strength) = judge(Some(rsi));
        let before = self.before.replace(action)?;
        if action == before || action == Action::Neutral {
            return None;
        }
        let reason = match action {
            Action::Buy => format!("RSI 14 fell to {}, below 30", figure::apart(rsi, OVERSOLD, 1)),
            _ => format!("RSI 14 rose to {}, above 70", figure::apart(rsi, OVERBOUGHT, 1)),
        };
        let kind = SignalKind::Rsi;
        Some(Signal { time: bar.time, kind, action, strength: Some(strength), reason, bars_used: CLOSES })
    }
}
