//! Who may do what: tenants, users, roles and permissions.
//!
//! Deliberately knows nothing of sessions, cookies or tokens; those are `engine::accounts`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Identifies a tenant: the unit of privacy. Time-ordered (UUID version 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantId(pub Uuid);

/// Identifies a person who can log in; a user may belong to several tenants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub Uuid);

/// What a member is within one tenant, weakest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, members included.
    Owner,
    /// Edits data, does not manage members.
    Analyst,
    /// Reads only.
    Viewer,
}

impl Role {
    /// The word stored and shown for this role.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Analyst => "analyst",
            Role::Viewer => "viewer",
        }
    }

    /// Reads back [`Role::as_str`]; `None` for any other word.
    pub fn parse(word: &str) -> Option<Role> {
        [Role::Owner, Role::Analyst, Role::Viewer].into_iter().find(|role| role.as_str() == word)
    }
}

/// A kind of action on a tenant's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// See the tenant's data.
    Read,
    /// Change the tenant's data.
    Edit,
    /// Invite, remove and re-role members.
    Manage,
}

/// Whether `role` includes `permission`.
///
/// ```
/// use domain::{may, Permission, Role};
/// assert!(may(Role::Analyst, Permission::Edit));
/// assert!(!may(Role::Viewer, Permission::Edit));
/// assert!(!may(Role::Analyst, Permission::Manage));
/// ```
pub fn may(role: Role, permission: Permission) -> bool {
    match permission {
        Permission::Read => true,
        Permission::Edit => matches!(role, Role::Owner | Role::Analyst),
        Permission::Manage => role == Role::Owner,
    }
}
