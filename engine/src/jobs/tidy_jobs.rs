//! Forgets jobs that ended well, or were taken back, a week ago. The dead stay until somebody looks at them.

use super::{Job, Run};
use crate::{Engine, Result, store};
use chrono::Duration;
use serde::{Deserialize, Serialize};

/// How long finished jobs are kept.
const KEPT: Duration = Duration::days(7);

/// For all queues.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TidyJobs {}

/// What was done.
#[derive(Debug, Serialize)]
pub(crate) struct Tidied {
    forgotten: u64,
}

impl Job for TidyJobs {
    const KIND: &'static str = "tidy_jobs";
    type Output = Tidied;

    async fn run(self, engine: &Engine, _: &Run<'_>) -> Result<Tidied> {
        let mut tx = engine.db().begin().await?;
        let forgotten = store::job_desk::forget(&mut tx, engine.clock().now() - KEPT).await?;
        tx.commit().await?;
        Ok(Tidied { forgotten })
    }
}
