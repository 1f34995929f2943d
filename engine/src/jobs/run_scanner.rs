//! Keeps what the scans say of each session, and how the signals did up to it.

use super::{Job, Limit, Run};
use crate::{Engine, Result};
use chrono::NaiveDate;
use domain::{job::Queue, scanner::Timeframe};
use serde::{Deserialize, Serialize};

/// Over days or weeks.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunScanner {
    pub(crate) timeframe: Timeframe,
}

/// What was done.
#[derive(Debug, Serialize)]
pub(crate) struct Scanned {
    /// Sessions that are kept now and were not before.
    days: Vec<NaiveDate>,
    /// Histories in the scorecard; absent of a weekly run.
    scored: Option<u32>,
}

impl Job for RunScanner {
    const KIND: &'static str = "run_scanner";
    const QUEUE: Queue = Queue::MarketData;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 3;
    type Output = Scanned;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Scanned> {
        let days = engine.scanner().keep(self.timeframe, run).await?;
        let scored = match self.timeframe {
            Timeframe::Weekly => None,
            Timeframe::Daily => {
                run.progress(80, "how the signals did").await?;
                engine.signals().score().await?.map(|card| card.symbols)
            }
        };
        Ok(Scanned { days, scored })
    }
}
