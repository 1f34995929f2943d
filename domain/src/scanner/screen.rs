//! A filter with a name that somebody kept.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most screens one user keeps.
pub const MAX_SCREENS: usize = 50;

/// A saved filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Screen {
    /// Identifies it within its tenant.
    pub id: Uuid,
    /// Unique among its owner's; see [`crate::watchlist::clean_name`].
    pub name: String,
    /// In the filter language.
    pub filter: String,
    /// Over days or weeks.
    pub timeframe: super::Timeframe,
    /// Seen by the whole tenant, not by its owner alone.
    pub shared: bool,
    /// Made by whoever asks: only they may change it.
    pub mine: bool,
    /// Full name of its owner.
    pub owner: String,
}
