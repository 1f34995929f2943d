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

mod atr;
mod bollinger;
mod ema;
mod input;
mod macd;
mod obv;
mod rsi;
mod set;
mod sma;
mod window;

pub use atr::{Atr, atr};
pub use bollinger::{Bands, Bollinger, bollinger};
pub use ema::{Ema, ema};
pub use input::usable;
pub use macd::{Macd, MacdLines, macd};
pub use obv::{Obv, obv};
pub use rsi::{Rsi, rsi};
pub use set::{IndicatorRow, IndicatorSet, rows};
pub use sma::{Sma, sma};
pub use ta::{Next, Period, Reset};
