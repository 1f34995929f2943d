//! Learning from every history at hand.

use super::Forecasts;
use crate::{Result, analysis::blocking, store};
use chrono::{Duration, NaiveDate};
use domain::{Symbol, forecast::History};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use store::forecasts::Origin;
use tokio_util::sync::CancellationToken;

/// Histories that are learnt from at most: what is followed first.
const MOST: usize = 80;
/// Closes a history needs to teach anything: a year to see, and the longest horizon.
const FEWEST: usize = 342;
/// A training is worth its time when the newest close is so much newer than the last one's.
const AGED: Duration = Duration::days(6);

/// What became of a training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trained {
    /// Names the training; `None` where there was nothing new to learn from, too little, or no time.
    pub version: Option<String>,
    /// The last day learnt from.
    pub through: Option<NaiveDate>,
    /// Histories learnt from.
    pub histories: usize,
}

impl Forecasts<'_> {
    /// Trains on everything known, unless that is what the newest training knew.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn train(&self, stop: &CancellationToken) -> Result<Trained> {
        let (engine, db) = (self.0, self.0.db());
        let forecaster = engine.forecaster().clone();
        let model = forecaster.model();
        let histories = self.pool().await?;
        let mut trained = Trained { version: None, through: None, histories: histories.len() };
        let Some(through) = histories.iter().filter_map(|history| history.dates.last()).max().copied() else {
            return Ok(trained);
        };
        let newest = store::forecasts::newest_model(db, model).await?;
        if newest.is_some_and(|kept| kept.trained_through + AGED > through) {
            return Ok(trained);
        }
        let told = stop.clone();
        let training = blocking(move || forecaster.train(&histories, &|| told.is_cancelled())).await?;
        let Some(training) = training else { return Ok(trained) };
        let now = engine.clock().now();
        let mut tx = db.begin().await?;
        store::forecasts::insert_model(&mut tx, Origin::Made, model, &training, now).await?;
        store::forecasts::insert(&mut tx, Origin::Rolled, &training.past, now).await?;
        store::forecasts::set_skill(&mut tx, &training.records).await?;
        tx.commit().await?;
        tracing::info!(version = training.version, "a forecaster was trained");
        (trained.version, trained.through) = (Some(training.version), Some(training.through));
        Ok(trained)
    }

    /// The histories that are long enough: those of followed symbols first, each once.
    async fn pool(&self) -> Result<Vec<History>> {
        let engine = self.0;
        let mut symbols: Vec<Symbol> = engine.ingest().followed().await?;
        let mut others: Vec<Symbol> = engine.recent().await?.symbols().cloned().collect();
        others.sort();
        symbols.extend(others);
        let mut seen = HashSet::new();
        symbols.retain(|symbol| seen.insert(symbol.clone()));
        let mut pool = Vec::new();
        for some in symbols.chunks(20) {
            let found = store::bars::daily(engine.db(), some).await?;
            let histories = found.iter().map(|each| History::of_bars(&each.symbol, &each.bars));
            pool.extend(histories.filter(|history| history.len() >= FEWEST));
            if pool.len() >= MOST {
                break;
            }
        }
        pool.truncate(MOST);
        pool.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        Ok(pool)
    }
}
