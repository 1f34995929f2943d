//! Technical indicators, one per file, each as streaming state and as batch.
//!
//! The streaming states carry the traits of crate `ta`; the batch functions run the same states over a slice,
//! so both give the same bits. Values equal TA-Lib's from the first defined bar on (relative 1e-9).
//!
//! Three rules hold for all of them:
//! - Undefined is `None`: too few bars, a bar without what the indicator needs, a zero denominator.
//! - An input that is not finite, or beyond ±1e100, counts as absent: its bar answers `None` and the state
//!   stays as it was, so later bars go on as if it had not been there.
//! - A bar never looks at later bars.
//!
//! Why not the indicators of `ta` itself: its RSI and ATR smooth with a plain EMA, its EMA starts from the
//! first value instead of a mean, and nothing waits until it is defined.

mod adx;
mod aroon;
mod atr;
mod bollinger;
mod cci;
mod donchian;
mod ema;
mod extremes;
mod ichimoku;
mod input;
mod keltner;
mod macd;
mod mfi;
mod obv;
mod roc;
mod rsi;
mod sar;
mod set;
mod sma;
mod state;
mod stoch_rsi;
mod stochastic;
mod study;
mod vwap;
mod wilder;
mod williams;
mod window;

pub use adx::{Adx, AdxLines, adx};
pub use aroon::{Aroon, AroonLines, aroon};
pub use atr::{Atr, atr};
pub use bollinger::{Bands, Bollinger, bollinger};
pub use cci::{Cci, cci};
pub use donchian::{Donchian, donchian};
pub use ema::{Ema, ema};
pub use ichimoku::{Ichimoku, IchimokuLines, ichimoku};
pub use input::usable;
pub use keltner::{Keltner, keltner};
pub use macd::{Macd, MacdLines, macd};
pub use mfi::{Mfi, mfi};
pub use obv::{Obv, obv};
pub use roc::{Roc, roc};
pub use rsi::{Rsi, rsi};
pub use sar::{Sar, sar};
pub use set::{IndicatorRow, IndicatorSet, rows};
pub use sma::{Sma, sma};
pub use stoch_rsi::{StochRsi, stoch_rsi};
pub use stochastic::{Stochastic, StochasticLines, stochastic};
pub use study::{Indicator, Input, NoStudy, Study, Values, Worked};
pub use ta::{Next, Period, Reset};
pub use vwap::{Vwap, vwap};
pub use williams::{Williams, williams};
