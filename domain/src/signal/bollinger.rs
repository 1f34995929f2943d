//! The Bollinger rule: the close leaves the bands.

use super::{Action, Signal, SignalKind, fired::strength_in_atr};
use crate::{Bar, figure, indicator::IndicatorRow};

/// Bars the bands look at.
const BARS: u32 = 20;

/// Where a close stands against the bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Above,
    Inside,
    Below,
}

/// Fires when a close is outside the bands and the one before was not, or was outside on the other side.
#[derive(Debug, Clone, Default)]
pub struct BollingerRule {
    before: Option<Place>,
}

impl BollingerRule {
    /// The signal of the next bar; `row` holds its indicators.
    pub fn next(&mut self, bar: &Bar, row: &IndicatorRow) -> Option<Signal> {
        let (upper, lower) = (row.bb_upper?, row.bb_lower?);
        let place = if bar.close > upper {
            Place::Above
        } else if bar.close < lower {
            Place::Below
        } else {
            Place::Inside
        };
        let before = self.before.replace(place)?;
        if place == before {
            return None;
        }
        let (action, line, words) = match place {
            Place::Above => (Action::Sell, upper, "rose above the upper"),
            Place::Below => (Action::Buy, lower, "fell below the lower"),
            Place::Inside => return None,
        };
        Some(Signal {
            time: bar.time,
            kind: SignalKind::Bollinger,
            action,
            strength: strength_in_atr((bar.close - line).abs(), row.atr14),
            reason: format!(
                "Close {} {words} Bollinger band at {}",
                figure::apart(bar.close, line, figure::decimals(bar.close)),
                figure::apart(line, bar.close, figure::decimals(bar.close)),
            ),
            bars_used: BARS,
        })
    }
}
