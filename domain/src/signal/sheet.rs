//! Everything the signals say about a symbol, in one answer.

use super::{Badge, Part, Score, Signal};
use serde::{Deserialize, Serialize};

/// What the signals say about a symbol after its last bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignalSheet {
    /// Of the last bar.
    #[serde(flatten)]
    pub badge: Badge,
    /// See [`super::Composite::score`]; `None` while nothing can be said.
    pub composite: Option<f64>,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Every firing, oldest first.
    pub history: Vec<Signal>,
    /// How past firings did, by rule and horizon.
    pub scorecard: Vec<Score>,
}
