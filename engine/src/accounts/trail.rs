//! The audit trail: who did what to the tenant's data, for its owner's eyes.

use super::Accounts;
use crate::{Cx, error::Result, store, store::audit::AuditLine};
use domain::Permission;

/// Most lines given at once.
const MOST: i64 = 500;

impl Accounts<'_> {
    /// The latest changes to the caller's tenant, newest first.
    ///
    /// # Errors
    /// [`crate::Error::Forbidden`] for everyone but owners.
    pub async fn trail(&self, cx: &Cx, limit: i64) -> Result<Vec<AuditLine>> {
        cx.require(Permission::Manage, "read the audit trail")?;
        store::audit::latest(self.0.db(), cx, limit.clamp(1, MOST)).await
    }
}
