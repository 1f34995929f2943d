//! Forecasts the most watched symbols that have a new close.

use super::{Job, Limit, Run};
use crate::{Engine, Result, store};
use domain::job::Queue;
use serde::{Deserialize, Serialize};

/// Watched symbols that are forecast.
const MOST: i64 = 50;

/// For all that is watched.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Predict {}

/// What became of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Predicted {
    /// New forecasts.
    pub(crate) made: usize,
    /// Symbols that were forecast since their last close already, or have too little history.
    pub(crate) left: usize,
}

impl Job for Predict {
    const KIND: &'static str = "predict";
    const QUEUE: Queue = Queue::Predictions;
    const LIMIT: Limit = Limit::SHORT;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Predicted;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Predicted> {
        let watched = store::watchlists::watched(engine.db(), MOST).await?;
        let mut done = Predicted { made: 0, left: 0 };
        // A few at a time: what is made stays made when the time is over.
        for (at, some) in watched.chunks(5).enumerate() {
            if run.told_to_stop().is_cancelled() {
                break;
            }
            let percent = (at * 5 * 100 / watched.len().max(1)) as u8;
            run.progress(percent, "Forecasting").await?;
            let made = engine.forecasts().predict(some).await?;
            done.made += made;
            done.left += some.len() - made;
        }
        Ok(done)
    }
}
