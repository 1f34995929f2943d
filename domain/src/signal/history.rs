//! Every firing of every rule over a history.

use super::{BollingerRule, MacdRule, RsiRule, Signal};
use crate::{
    Bar,
    indicator::{IndicatorRow, IndicatorSet},
};

/// Watches bars go by and says which rules fire.
#[derive(Debug, Clone, Default)]
pub struct SignalWatch {
    indicators: IndicatorSet,
    rsi: RsiRule,
    macd: MacdRule,
    bollinger: BollingerRule,
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
        let fired = [self.rsi.next(bar, &row), self.macd.next(bar, &row), self.bollinger.next(bar, &row)];
        (row, fired.into_iter().flatten().collect())
    }
}

/// All signals of a history, oldest first; so are the bars.
pub fn signals(bars: &[Bar]) -> Vec<Signal> {
    let mut watch = SignalWatch::new();
    bars.iter().flat_map(|bar| watch.next(bar)).collect()
}
