//! Brings the bundled data into the store: all of it or nothing, once per version of the data.

use crate::{Engine, Result, analysis::blocking, provider::bundled, store};
use domain::{market_core, source::Source};
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    time::{Duration, Instant},
};
use store::forecasts::Origin;

/// Name of the bundled data among the data sets.
const DATASET: &str = "bundled";

/// What [`Engine::load_bundled`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadReport {
    /// Identifies the content of the data.
    pub version: String,
    /// False when this version was there already.
    pub loaded: bool,
    /// Instruments written.
    pub instruments: usize,
    /// Bars written.
    pub bars: usize,
    /// Observations of economic series and of search interest written.
    pub observations: usize,
    /// Headlines written.
    pub articles: usize,
    /// How long it took.
    pub took: Duration,
}

impl Engine {
    /// Loads the bundled data unless this very version is there; rows of an earlier version that are gone now are
    /// removed. A history has one time base: symbols with bars that were collected from outside keep those, and the
    /// market is live then.
    pub async fn load_bundled(&self) -> Result<LoadReport> {
        let start = Instant::now();
        let version = blocking(version).await?;
        let mut report = LoadReport {
            version,
            loaded: false,
            instruments: 0,
            bars: 0,
            observations: 0,
            articles: 0,
            took: Duration::ZERO,
        };
        // The transaction first: of two processes that start at once, the second finds the work done.
        let mut tx = self.db().begin().await?;
        if store::datasets::version(&mut tx, DATASET).await?.as_deref() != Some(&report.version) {
            let live = store::bars::collected(&mut tx).await?;
            let (mut instruments, series) = blocking(|| (bundled::instruments(), bundled::bars())).await?;
            let listed: HashSet<_> = instruments.iter().map(|each| each.symbol.clone()).collect();
            // Also where the data has no prices of them: a provider may.
            instruments
                .extend(market_core::instruments().into_iter().filter(|each| !listed.contains(&each.symbol)));
            store::bars::forget(&mut tx, Source::Bundled).await?;
            store::instruments::upsert(&mut tx, &instruments).await?;
            report.instruments = instruments.len();
            for each in series.iter().filter(|each| !live.contains(&each.symbol)) {
                store::bars::upsert(&mut tx, &each.symbol, each.interval, Source::Bundled, &each.bars)
                    .await?;
                report.bars += each.bars.len();
            }
            store::bars::analyze(&mut tx).await?;
            self.load_others(&mut tx, &mut report).await?;
            self.load_forecasts(&mut tx).await?;
            store::datasets::set(&mut tx, DATASET, &report.version, self.clock().now()).await?;
            tx.commit().await?;
            report.loaded = true;
            self.memory().forget();
        }
        report.took = start.elapsed();
        Ok(report)
    }

    /// What the shipped training said and how it did; a training of our own that knows more keeps its records.
    async fn load_forecasts(&self, tx: &mut store::Tx) -> Result<()> {
        let bundled::Forecasts { model, training, now } = blocking(bundled::forecasts).await?;
        let ours = store::forecasts::newest_model(self.db(), model).await?;
        store::forecasts::forget_bundled(tx).await?;
        let at = self.clock().now();
        store::forecasts::insert_model(tx, Origin::Bundled, model, &training, at).await?;
        store::forecasts::insert(tx, Origin::Bundled, &training.past, at).await?;
        store::forecasts::insert(tx, Origin::Bundled, &now, at).await?;
        if ours.is_none_or(|ours| ours.trained_through <= training.through) {
            store::forecasts::set_skill(tx, &training.records).await?;
        }
        Ok(())
    }

    async fn load_others(&self, tx: &mut store::Tx, report: &mut LoadReport) -> Result<()> {
        let (macros, trends, splits, articles) =
            blocking(|| (bundled::macros(), bundled::trends(), bundled::splits(), bundled::headlines()))
                .await?;
        store::splits::upsert(tx, Source::Bundled, &splits).await?;
        for series in &macros {
            store::macros::upsert(tx, Source::Bundled, series).await?;
            report.observations += series.observations.len();
        }
        for interest in &trends {
            store::trends::upsert(tx, Source::Bundled, interest).await?;
            report.observations += interest.observations.len();
        }
        store::articles::forget(tx, Source::Sample).await?;
        store::articles::upsert(tx, &articles).await?;
        report.articles = articles.len();
        Ok(())
    }
}

/// The hash of everything that is loaded, and of the date it stands at.
fn version() -> String {
    let mut hash = Sha256::new();
    hash.update(bundled::MARKET_DATE.to_string());
    for core in market_core::CORE {
        hash.update(core.symbol);
        hash.update(core.name);
    }
    for file in bundled::provenance() {
        hash.update(file.path);
        hash.update(file.sha256);
    }
    bundled::FORECAST_FILES.iter().for_each(|path| hash.update(bundled::bytes(path)));
    crate::hex::hex(&hash.finalize()[..8])
}
