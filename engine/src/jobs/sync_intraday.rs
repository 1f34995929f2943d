//! Brings the newest hourly and minute bars of the most watched symbols.

use super::{Job, Limit, Run};
use crate::{Engine, Result, ingest::Ask, provider::Urgency};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource},
    job::Queue,
};
use serde::{Deserialize, Serialize};

/// For these symbols, or without them for the most watched.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SyncIntraday {
    pub(crate) symbols: Option<Vec<Symbol>>,
}

impl Job for SyncIntraday {
    const KIND: &'static str = "sync_intraday";
    const QUEUE: Queue = Queue::MarketData;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Option<EtlRun>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Option<EtlRun>> {
        // The shipped data has no such bars to be held against.
        if !engine.ingest().collects(EtlSource::Prices) {
            return Ok(None);
        }
        let (source, symbols, urgency) = (EtlSource::Prices, self.symbols, Urgency::Scheduled);
        let ask = Ask { source, symbols, intraday: true, urgency };
        engine.ingest().run(&ask, run).await.map(Some)
    }
}
