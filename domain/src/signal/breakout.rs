//! The breakout rule: the close leaves the range of 20 days on unusual volume.

use super::{Action, Signal, SignalKind, fired::strength_in_atr};
use crate::{
    Bar, figure,
    indicator::{Bands, Donchian, IndicatorRow, Next, Sma, usable},
};

/// Bars of the range and of the mean volume, both before the bar itself.
const PERIOD: usize = 20;
/// So many times the mean volume at least.
const VOLUME: f64 = 1.5;
/// For so many bars after it fired a breakout stands in the composite.
const STANDS: u32 = 5;

/// Fires when a close above the highest high (below the lowest low) of the 20 bars before comes with at least 1.5
/// times their mean volume, and the bar before it did not fire the same way.
#[derive(Debug, Clone)]
pub struct BreakoutRule {
    range: Donchian,
    volume: Sma,
    /// Of the bars before the next one.
    before: Option<(Bands, f64)>,
    held: Option<Action>,
    fired: Option<(Action, u32)>,
}

impl Default for BreakoutRule {
    fn default() -> BreakoutRule {
        BreakoutRule {
            range: Donchian::new(PERIOD),
            volume: Sma::new(PERIOD),
            before: None,
            held: None,
            fired: None,
        }
    }
}

impl BreakoutRule {
    /// The signal of the next bar; `row` holds its indicators. A bar without high, low or volume takes no part.
    pub fn next(&mut self, bar: &Bar, row: &IndicatorRow) -> Option<Signal> {
        let (close, volume) = (usable(bar.close)?, usable(bar.volume?)?);
        let (_, _) = (usable(bar.high?)?, usable(bar.low?)?);
        if let Some((_, since)) = &mut self.fired {
            *since += 1;
        }
        let before = self.before;
        self.before = self.range.next(bar).zip(self.volume.next(volume));
        let (range, mean) = before?;
        let is_loud = mean > 0.0 && volume >= VOLUME * mean;
        let (action, line, words) = match () {
            () if is_loud && close > range.upper => (Action::Buy, range.upper, "above the highest price"),
            () if is_loud && close < range.lower => (Action::Sell, range.lower, "below the lowest price"),
            () => {
                self.held = None;
                return None;
            }
        };
        if self.held.replace(action) == Some(action) {
            return None;
        }
        self.fired = Some((action, 0));
        Some(Signal {
            time: bar.time,
            kind: SignalKind::Breakout,
            action,
            strength: strength_in_atr((close - line).abs(), row.atr14),
            reason: format!(
                "Close {} is {words} of 20 days, {}, on {} times their mean volume",
                figure::apart(close, line, figure::decimals(close)),
                figure::apart(line, close, figure::decimals(line)),
                figure::grouped(volume / mean, 1),
            ),
            bars_used: PERIOD as u32 + 1,
        })
    }

    /// What the latest breakout says now: 1 up, -1 down, for the bar it fired at and five more; 0 after that. `None`
    /// while there is too little history to break out of.
    pub fn standing(&self) -> Option<f64> {
        self.before?;
        Some(match self.fired {
            Some((Action::Buy, since)) if since <= STANDS => 1.0,
            Some((Action::Sell, since)) if since <= STANDS => -1.0,
            _ => 0.0,
        })
    }
}
