//! Who asks: the first argument of every call that touches a tenant's data.

use crate::error::{Error, Result};
use domain::{Permission, Role, TenantId, UserId, may};

/// A caller within one tenant. Made only by `engine::accounts` from a session, a token or a key, or by a job
/// for the tenant it works for.
#[derive(Debug, Clone)]
pub struct Cx {
    /// Whose data is touched.
    pub tenant: TenantId,
    /// Who touches it.
    pub user: UserId,
    /// What the user is within the tenant.
    pub role: Role,
    /// Names the request in logs, audit lines and error pages.
    pub request: String,
}

impl Cx {
    /// `Err(Forbidden)` unless the caller's role includes `permission`; `what` completes "you may not ...".
    pub fn require(&self, permission: Permission, what: &'static str) -> Result<()> {
        if may(self.role, permission) { Ok(()) } else { Err(Error::Forbidden(what)) }
    }
}
