//! Removes what is too old.

use super::{Job, Limit, Run};
use crate::{Engine, Result, retention::Removed};
use serde::{Deserialize, Serialize};

/// For all tables.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RetentionCleanup {
    /// Only count.
    pub(crate) dry_run: bool,
}

impl Job for RetentionCleanup {
    const KIND: &'static str = "retention_cleanup";
    const LIMIT: Limit = Limit::LONG;
    type Output = Vec<Removed>;

    async fn run(self, engine: &Engine, _: &Run<'_>) -> Result<Vec<Removed>> {
        let removed = engine.retention().clean_up(self.dry_run).await?;
        for each in &removed {
            tracing::info!(table = each.table, rows = each.rows, dry_run = self.dry_run, "too old");
        }
        Ok(removed)
    }
}
