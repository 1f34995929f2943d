//! All indicators of a bar at once.

use super::{Atr, Bollinger, Ema, Macd, Obv, Rsi, Sma};
use crate::Bar;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ta::{Next, Reset};

/// The indicators at one bar, over its close; `None` where undefined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct IndicatorRow {
    /// Time of the bar; see [`Bar::time`].
    pub time: DateTime<Utc>,
    pub sma20: Option<f64>,
    pub sma50: Option<f64>,
    pub sma200: Option<f64>,
    pub ema12: Option<f64>,
    pub ema26: Option<f64>,
    pub rsi14: Option<f64>,
    pub macd: Option<f64>,
    pub macd_signal: Option<f64>,
    pub macd_histogram: Option<f64>,
    pub bb_upper: Option<f64>,
    pub bb_middle: Option<f64>,
    pub bb_lower: Option<f64>,
    pub atr14: Option<f64>,
    pub obv: Option<f64>,
}

/// The states behind an [`IndicatorRow`].
#[derive(Debug, Clone)]
pub struct IndicatorSet {
    sma20: Sma,
    sma50: Sma,
    sma200: Sma,
    ema12: Ema,
    ema26: Ema,
    rsi14: Rsi,
    macd: Macd,
    bollinger: Bollinger,
    atr14: Atr,
    obv: Obv,
}

impl IndicatorSet {
    /// Nothing seen yet.
    pub fn new() -> IndicatorSet {
        IndicatorSet {
            sma20: Sma::new(20),
            sma50: Sma::new(50),
            sma200: Sma::new(200),
            ema12: Ema::new(12),
            ema26: Ema::new(26),
            rsi14: Rsi::new(14),
            macd: Macd::new(12, 26, 9),
            bollinger: Bollinger::new(20, 2.0),
            atr14: Atr::new(14),
            obv: Obv::new(),
        }
    }

    /// The row of the next bar.
    pub fn next(&mut self, bar: &Bar) -> IndicatorRow {
        let macd = self.macd.next(bar.close);
        let bands = self.bollinger.next(bar.close);
        IndicatorRow {
            time: bar.time,
            sma20: self.sma20.next(bar.close),
            sma50: self.sma50.next(bar.close),
            sma200: self.sma200.next(bar.close),
            ema12: self.ema12.next(bar.close),
            ema26: self.ema26.next(bar.close),
            rsi14: self.rsi14.next(bar.close),
            macd: macd.map(|lines| lines.macd),
            macd_signal: macd.map(|lines| lines.signal),
            macd_histogram: macd.map(|lines| lines.histogram),
            bb_upper: bands.map(|bands| bands.upper),
            bb_middle: bands.map(|bands| bands.middle),
            bb_lower: bands.map(|bands| bands.lower),
            atr14: self.atr14.next(bar),
            obv: self.obv.next(bar),
        }
    }
}

impl Default for IndicatorSet {
    fn default() -> IndicatorSet {
        IndicatorSet::new()
    }
}

impl Reset for IndicatorSet {
    fn reset(&mut self) {
        *self = IndicatorSet::new();
    }
}

/// The rows of all bars, oldest first.
pub fn rows(bars: &[Bar]) -> Vec<IndicatorRow> {
    let mut set = IndicatorSet::new();
    bars.iter().map(|bar| set.next(bar)).collect()
}
