//! Signals: what an indicator says one might do, and why.
//!
//! A signal fires at the bar where a rule begins to hold, once, and only if the rule could already be asked at
//! an earlier bar: the first value of an indicator is no crossing. Nothing looks at later bars.

mod badge;
mod bollinger;
mod breakout;
mod composite;
mod cross;
mod fired;
mod history;
mod look_ahead;
mod macd;
mod rsi;
mod scorecard;
mod sheet;

pub use badge::{Badge, badge, latest_badge};
pub use bollinger::BollingerRule;
pub use breakout::BreakoutRule;
pub use composite::{Composite, Part, PartKind};
pub use cross::CrossRule;
pub use fired::{Action, Signal, SignalKind};
pub use history::{SignalWatch, signals};
pub use look_ahead::{CHECKED, Checked, Cuts, LookAhead, first_difference, look_ahead};
pub use macd::MacdRule;
pub use rsi::RsiRule;
pub use scorecard::{HORIZONS, Score, ScorePool, UniverseScores, scorecard};
pub use sheet::SignalSheet;
