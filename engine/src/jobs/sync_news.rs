//! Brings the newest headlines of the market and the most watched symbols, scored, and has their moods told.

use super::{Job, Limit, Order, Run, ScoreNews};
use crate::{Engine, Result, ingest::Ask, provider::Urgency};
use domain::{
    etl::{EtlRun, EtlSource},
    job::Queue,
};
use serde::{Deserialize, Serialize};

/// For all that is watched.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SyncNews {}

impl Job for SyncNews {
    const KIND: &'static str = "sync_news";
    const QUEUE: Queue = Queue::Sentiment;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Option<EtlRun>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Option<EtlRun>> {
        if !engine.ingest().collects(EtlSource::News) {
            return Ok(None);
        }
        let ask =
            Ask { source: EtlSource::News, symbols: None, intraday: false, urgency: Urgency::Scheduled };
        let done = engine.ingest().run(&ask, run).await?;
        // Also where nothing new came: what could not be judged or told the last time can be now.
        engine.jobs().enqueue(Order::new(&ScoreNews { symbols: None })?).await?;
        Ok(Some(done))
    }
}
