//! Shared pages of a portfolio: read by whoever has the link.

use crate::portfolio::PortfolioId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most links of one tenant that are not revoked.
pub const MAX_SHARES: usize = 50;

/// Identifies a share within its tenant; says nothing of its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShareId(pub Uuid);

/// A link that was given out, without its token, which nobody keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// Which.
    pub id: ShareId,
    /// What it shows.
    pub portfolio_id: PortfolioId,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself; `None` is never.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether a password is asked for.
    pub protected: bool,
    /// Whether amounts of money and quantities are left out: per cent only.
    pub hide_amounts: bool,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// How often the page was shown.
    pub views: i64,
    /// When it was shown last.
    pub viewed_at: Option<DateTime<Utc>>,
}

impl Share {
    /// Whether its link works at `now`.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}
