//! The badge beside a price.

use super::Action;
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
