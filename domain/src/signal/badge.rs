//! The badge beside a price: what RSI 14 says at the last bar.

use super::{Action, rsi};
use crate::{
    Bar,
    indicator::{Next, Rsi, usable},
};
use serde::{Deserialize, Serialize};

/// The badge beside a price: the RSI signal of the last bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Badge {
    /// What it suggests.
    pub action: Action,
    /// `BUY (Oversold)`, `SELL (Overbought)`, `NEUTRAL` or `NO DATA`.
    pub text: String,
    /// RSI 14; `None` with fewer than 15 closes or flat prices.
    pub rsi: Option<f64>,
    /// 0 to 100.
    pub strength: f64,
}

/// The badge of an RSI 14 worked out from `closes` closes; fewer than 15 are no data.
///
/// ```
/// use domain::signal::badge;
/// let oversold = badge(Some(25.0), 100);
/// assert_eq!((oversold.text.as_str(), oversold.strength), ("BUY (Oversold)", 25.0));
/// assert_eq!(badge(Some(70.0), 100).text, "NEUTRAL");
/// assert_eq!(badge(None, 14).text, "NO DATA");
/// ```
pub fn badge(rsi: Option<f64>, closes: usize) -> Badge {
    if closes < rsi::CLOSES as usize {
        return Badge { action: Action::NoData, text: "NO DATA".into(), rsi: None, strength: 0.0 };
    }
    let (action, strength) = rsi::judge(rsi);
    let text = match action {
        Action::Buy => "BUY (Oversold)",
        Action::Sell => "SELL (Overbought)",
        _ => "NEUTRAL",
    };
    Badge { action, text: text.into(), rsi, strength }
}

/// The badge at the last bar that has a usable close; bars are oldest first.
pub fn latest_badge(bars: &[Bar]) -> Badge {
    let mut state = Rsi::new(14);
    let mut closes = 0;
    let mut latest = None;
    for close in bars.iter().filter_map(|bar| usable(bar.close)) {
        latest = state.next(close);
        closes += 1;
    }
    badge(latest, closes)
}
