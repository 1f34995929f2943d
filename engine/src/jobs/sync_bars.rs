//! Brings the newest daily bars of everything that is followed.

use super::{Job, Limit, Run};
use crate::{Engine, Result, ingest::Ask, provider::Urgency};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource},
    job::Queue,
};
use serde::{Deserialize, Serialize};

/// For these symbols, or without them for all that are followed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SyncBars {
    pub(crate) symbols: Option<Vec<Symbol>>,
}

impl Job for SyncBars {
    const KIND: &'static str = "sync_bars";
    const QUEUE: Queue = Queue::MarketData;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Option<EtlRun>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Option<EtlRun>> {
        if !engine.ingest().collects(EtlSource::Prices) {
            return Ok(None);
        }
        let ask = Ask {
            source: EtlSource::Prices,
            symbols: self.symbols,
            intraday: false,
            urgency: Urgency::Scheduled,
        };
        engine.ingest().run(&ask, run).await.map(Some)
    }
}
