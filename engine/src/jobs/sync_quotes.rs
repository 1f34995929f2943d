//! Brings the latest prices of everything that is followed.

use super::{Job, Run};
use crate::{Engine, Result, provider::Urgency};
use domain::job::Queue;
use serde::{Deserialize, Serialize};

/// For all that is followed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SyncQuotes {}

/// What was done.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Synced {
    published: u32,
    refused: u32,
}

impl Job for SyncQuotes {
    const KIND: &'static str = "sync_quotes";
    const QUEUE: Queue = Queue::MarketData;
    /// A second one for the worker that is killed; the next minute brings newer prices anyway.
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Synced;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Synced> {
        let (published, refused) = engine.ingest().quotes(Urgency::Scheduled, run.told_to_stop()).await?;
        Ok(Synced { published, refused })
    }
}
