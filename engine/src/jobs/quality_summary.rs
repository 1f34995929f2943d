//! Says once a day how good the data of the day was, in the log and in its result.

use super::{Job, Run};
use crate::{Engine, Result, store};
use chrono::Duration;
use domain::{etl::EtlSource, quality::Dimension};
use serde::{Deserialize, Serialize};

/// For the day that ends.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct QualitySummary {}

/// The mean score of a source in a dimension over the day's runs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    source: EtlSource,
    dimension: Dimension,
    score: f64,
    runs: usize,
}

/// What is said.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    scores: Vec<Line>,
    quarantined: usize,
}

impl Job for QualitySummary {
    const KIND: &'static str = "quality_summary";
    type Output = Summary;

    async fn run(self, engine: &Engine, _: &Run<'_>) -> Result<Summary> {
        let (db, since) = (engine.db(), engine.clock().now() - Duration::days(1));
        let all = store::quality::scores(db, since, i64::MAX).await?;
        let quarantined = store::quarantine::open(db, i64::MAX).await?.len();
        let mut scores = Vec::new();
        for source in EtlSource::ALL {
            for dimension in Dimension::ALL {
                let of = all.iter().filter(|each| each.source == source && each.dimension == dimension);
                let values: Vec<f64> = of.map(|each| each.score).collect();
                if !values.is_empty() {
                    let score = values.iter().sum::<f64>() / values.len() as f64;
                    tracing::info!(
                        source = source.as_str(),
                        dimension = dimension.as_str(),
                        score,
                        "quality of the day"
                    );
                    scores.push(Line { source, dimension, score, runs: values.len() });
                }
            }
        }
        tracing::info!(quarantined, "records wait for a decision");
        Ok(Summary { scores, quarantined })
    }
}
