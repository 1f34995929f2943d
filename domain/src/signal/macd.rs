//! The MACD rule: the line crosses its signal line.

use super::{Action, Signal, SignalKind, fired::strength_in_atr};
use crate::{Bar, figure, indicator::IndicatorRow};

/// Bars the first value of MACD 12/26/9 needs.
const BARS: u32 = 34;
/// Share of the close below which the lines count as touching: prices that stopped moving leave rounding
/// noise, and noise is no crossing.
const TOUCHING: f64 = 1e-12;

/// Fires when the MACD line goes from one side of its signal line to the other; a touch is no side.
#[derive(Debug, Clone, Default)]
pub struct MacdRule {
    above: Option<bool>,
}

impl MacdRule {
    /// The signal of the next bar; `row` holds its indicators.
    pub fn next(&mut self, bar: &Bar, row: &IndicatorRow) -> Option<Signal> {
        let (macd, line, histogram) = (row.macd?, row.macd_signal?, row.macd_histogram?);
        if histogram.abs() <= TOUCHING * bar.close.abs() {
            return None;
        }
        let above = histogram > 0.0;
        let before = self.above.replace(above)?;
        if above == before {
            return None;
        }
        let (action, side) = if above { (Action::Buy, "above") } else { (Action::Sell, "below") };
        Some(Signal {
            time: bar.time,
            kind: SignalKind::Macd,
            action,
            strength: strength_in_atr(histogram.abs(), row.atr14),
            reason: format!(
                "MACD crossed {side} its signal line, {} against {}",
                figure::apart(macd, line, figure::decimals(macd)),
                figure::apart(line, macd, figure::decimals(macd)),
            ),
            bars_used: BARS,
        })
    }
}
