//! All indicators of a bar at once.

use super::{Adx, Atr, Bollinger, Cci, Ema, Macd, Mfi, Obv, Roc, Rsi, Sma, Stochastic, Vwap, Williams};
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
    pub stoch_k: Option<f64>,
    pub stoch_d: Option<f64>,
    pub adx14: Option<f64>,
    pub cci20: Option<f64>,
    pub mfi14: Option<f64>,
    pub willr14: Option<f64>,
    pub roc10: Option<f64>,
    pub vwap: Option<f64>,
}

impl IndicatorRow {
    /// Every value with its name on the wire, in the order of the fields.
    pub fn named(&self) -> [(&'static str, Option<f64>); 22] {
        [
            ("sma20", self.sma20),
            ("sma50", self.sma50),
            ("sma200", self.sma200),
            ("ema12", self.ema12),
            ("ema26", self.ema26),
            ("rsi14", self.rsi14),
            ("macd", self.macd),
            ("macdSignal", self.macd_signal),
            ("macdHistogram", self.macd_histogram),
            ("bbUpper", self.bb_upper),
            ("bbMiddle", self.bb_middle),
            ("bbLower", self.bb_lower),
            ("atr14", self.atr14),
            ("obv", self.obv),
            ("stochK", self.stoch_k),
            ("stochD", self.stoch_d),
            ("adx14", self.adx14),
            ("cci20", self.cci20),
            ("mfi14", self.mfi14),
            ("willr14", self.willr14),
            ("roc10", self.roc10),
            ("vwap", self.vwap),
        ]
    }
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
    stochastic: Stochastic,
    adx14: Adx,
    cci20: Cci,
    mfi14: Mfi,
    willr14: Williams,
    roc10: Roc,
    vwap: Vwap,
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
            stochastic: Stochastic::new(14, 3, 3),
            adx14: Adx::new(14),
            cci20: Cci::new(20),
            mfi14: Mfi::new(14),
            willr14: Williams::new(14),
            roc10: Roc::new(10),
            vwap: Vwap::new(),
        }
    }

    /// The row of the next bar.
    pub fn next(&mut self, bar: &Bar) -> IndicatorRow {
        let macd = self.macd.next(bar.close);
        let bands = self.bollinger.next(bar.close);
        let stochastic = self.stochastic.next(bar);
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
            stoch_k: stochastic.map(|lines| lines.k),
            stoch_d: stochastic.map(|lines| lines.d),
            adx14: self.adx14.next(bar).map(|lines| lines.adx),
            cci20: self.cci20.next(bar),
            mfi14: self.mfi14.next(bar),
            willr14: self.willr14.next(bar),
            roc10: self.roc10.next(bar.close),
            vwap: self.vwap.next(bar),
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
