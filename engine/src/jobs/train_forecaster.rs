//! Trains the forecaster anew and judges it on every history at hand.

use super::{Job, Limit, Run};
use crate::{Engine, Result, forecasts::Trained};
use domain::job::Queue;
use serde::{Deserialize, Serialize};

/// On everything up to now.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TrainForecaster {}

impl Job for TrainForecaster {
    const KIND: &'static str = "train_forecaster";
    const QUEUE: Queue = Queue::Predictions;
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Trained;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Trained> {
        run.progress(1, "Learning").await?;
        engine.forecasts().train(run.told_to_stop()).await
    }
}
