//! Who belongs to a tenant, who is invited to it, and the tenants of one person. People call a tenant a workspace.
//!
//! Who may do what within one is `access`.

use crate::{Role, TenantId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An invitation ends so many days after it was made.
pub const INVITATION_DAYS: i64 = 7;

/// Most invitations that one tenant makes within 24 hours.
pub const MAX_INVITATIONS_A_DAY: usize = 20;

/// Identifies an invitation within its tenant; says nothing of its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvitationId(pub Uuid);

/// Somebody who belongs to a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Who.
    pub user_id: UserId,
    /// The address they log in with.
    pub email: String,
    /// What they call themselves.
    pub full_name: String,
    /// What they are here.
    pub role: Role,
    /// Since when they belong.
    pub since: DateTime<Utc>,
}

/// Somebody who may join until it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// The only address it is for, cleaned.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
}

/// What a link tells whoever has it, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The name of the tenant.
    pub workspace: String,
    /// What the invited person will be.
    pub role: Role,
}

/// An invitation that was just made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    /// Its link, which is shown this once.
    pub link: String,
    /// Whether it was mailed too.
    pub mailed: bool,
}

/// A tenant as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Which.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// What the person is there.
    pub role: Role,
    /// Whether the person is in it now.
    pub current: bool,
}
