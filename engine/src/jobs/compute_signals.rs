//! Looks for signals in what changed, keeps them and tells them.

use super::{Job, Limit, Run};
use crate::{Engine, Result, signals::Computed};
use domain::job::Queue;
use serde::{Deserialize, Serialize};

/// For every history that changed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ComputeSignals {}

impl Job for ComputeSignals {
    const KIND: &'static str = "compute_signals";
    const QUEUE: Queue = Queue::MarketData;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Computed;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Computed> {
        engine.signals().compute(run).await
    }
}
