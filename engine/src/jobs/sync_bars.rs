//! Brings the newest daily bars of everything that is followed, and queues what they make necessary.

use super::{ComputeSignals, Job, Limit, Order, Run, RunScanner};
use crate::{Engine, Result, ingest::Ask, provider::Urgency};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource},
    job::Queue,
    scanner::Timeframe,
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
        let of_all = self.symbols.is_none();
        let ask = Ask {
            source: EtlSource::Prices,
            symbols: self.symbols,
            intraday: false,
            urgency: Urgency::Scheduled,
        };
        let ended = engine.ingest().run(&ask, run).await?;
        if of_all {
            queue_what_is_due(engine).await?;
        }
        Ok(Some(ended))
    }
}

/// Signals of a session are told, and its scans kept, as soon as its bars are there. What is due is asked of the store and
/// not of this run: what another run brought, or what came too late for a job that ran already, is seen to by the next one.
async fn queue_what_is_due(engine: &Engine) -> Result<()> {
    if engine.signals().is_due().await? {
        engine.jobs().enqueue(Order::new(&ComputeSignals {})?.key("compute_signals")).await?;
    }
    for timeframe in Timeframe::ALL {
        if !engine.scanner().due(timeframe).await?.is_empty() {
            let key = format!("run_scanner:{}", timeframe.as_str());
            engine.jobs().enqueue(Order::new(&RunScanner { timeframe })?.key(key)).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
