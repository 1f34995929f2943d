//! A copy of the database: whole, or what changed since the one before.

use super::{Job, Limit, Run};
use crate::{Engine, Result, backup::Backup};
use serde::{Deserialize, Serialize};

/// For the whole installation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BackUp {
    pub(crate) whole: bool,
}

impl Job for BackUp {
    const KIND: &'static str = "back_up";
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 3;
    /// Nothing where nothing changed, or nobody wants copies.
    type Output = Option<Backup>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Option<Backup>> {
        if !engine.keeps_backups() {
            return Ok(None);
        }
        run.progress(10, "Copying the database").await?;
        engine.backups().make(self.whole).await
    }
}
