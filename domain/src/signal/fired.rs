//! A signal that fired: which rule, what it suggests, how strongly, and why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a signal suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum Action {
    Buy,
    Sell,
    Neutral,
    /// Too little history to say anything.
    NoData,
}

/// Which rule spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum SignalKind {
    Rsi,
    Macd,
    Bollinger,
    /// SMA 50 and SMA 200: golden and death cross.
    Cross,
    Breakout,
}

impl SignalKind {
    /// All rules.
    pub const ALL: [SignalKind; 5] =
        [SignalKind::Rsi, SignalKind::Macd, SignalKind::Bollinger, SignalKind::Cross, SignalKind::Breakout];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            SignalKind::Rsi => "rsi",
            SignalKind::Macd => "macd",
            SignalKind::Bollinger => "bollinger",
            SignalKind::Cross => "cross",
            SignalKind::Breakout => "breakout",
        }
    }
}

/// A signal that fired at one bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signal {
    /// Time of the bar at whose close it fired; see [`crate::Bar::time`].
    pub time: DateTime<Utc>,
    /// Which rule spoke.
    pub kind: SignalKind,
    /// What it suggests.
    pub action: Action,
    /// 0 to 100; `None` where it is measured in ATR and the series has no high and low.
    pub strength: Option<f64>,
    /// In plain words, as `RSI 14 fell to 28.4, below 30`.
    pub reason: String,
    /// How many of the latest bars the rule looked at.
    pub bars_used: u32,
}

/// Strength of a signal `distance` beyond its line, where `full` and more is 100. `None` where `full` is not
/// positive: nothing to measure by.
pub(super) fn strength(distance: f64, full: f64) -> Option<f64> {
    (full > 0.0).then(|| (distance / full * 100.0).clamp(0.0, 100.0))
}

/// Strength of a signal `distance` beyond its line measured in ATR 14: two of them are 100.
pub(super) fn strength_in_atr(distance: f64, atr14: Option<f64>) -> Option<f64> {
    atr14.and_then(|atr| strength(distance, 2.0 * atr))
}
