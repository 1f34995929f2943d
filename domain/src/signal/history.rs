//! Every firing of every rule over a history.

use super::{BollingerRule, BreakoutRule, Composite, CrossRule, MacdRule, RsiRule, Signal};
use crate::{
    Bar,
    indicator::{IndicatorRow, IndicatorSet, usable},
};

/// Watches bars go by and says which rules fire.
#[derive(Debug, Clone, Default)]
pub struct SignalWatch {
    indicators: IndicatorSet,
    rsi: RsiRule,
    macd: MacdRule,
    bollinger: BollingerRule,
    cross: CrossRule,
    breakout: BreakoutRule,
    latest: Option<(Bar, IndicatorRow)>,
}

impl SignalWatch {
    /// Nothing seen yet.
    pub fn new() -> SignalWatch {
        SignalWatch::default()
    }

    /// The signals that fire at the next bar: none, or one of each kind at most.
    pub fn next(&mut self, bar: &Bar) -> Vec<Signal> {
        self.next_with_row(bar).1
    }

    /// [`SignalWatch::next`] together with the indicators it came from.
    pub fn next_with_row(&mut self, bar: &Bar) -> (IndicatorRow, Vec<Signal>) {
        let row = self.indicators.next(bar);
        let fired = [
            self.rsi.next(bar, &row),
            self.macd.next(bar, &row),
            self.bollinger.next(bar, &row),
            self.cross.next(bar, &row),
            self.breakout.next(bar, &row),
        ];
        if usable(bar.close).is_some() {
            self.latest = Some((*bar, row));
        }
        (row, fired.into_iter().flatten().collect())
    }

    /// The composite after the bars seen so far; `mood` is the score of the headlines by then, -1 to 1. `None` while
    /// nothing can be said.
    pub fn composite(&self, mood: Option<f64>) -> Option<Composite> {
        let (bar, row) = self.latest.as_ref()?;
        Composite::of(bar, row, self.breakout.standing(), mood)
    }
}

/// All signals of a history, oldest first; so are the bars.
pub fn signals(bars: &[Bar]) -> Vec<Signal> {
    let mut watch = SignalWatch::new();
    bars.iter().flat_map(|bar| watch.next(bar)).collect()
}
