//! The quality of the data: what the browser of an operator may ask.

use crate::error::AppError;
use domain::{
    etl::{EtlRun, EtlSource, QualityReport},
    job::JobInfo,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of the jobs that collect a source.
pub const COLLECTS: &str = "run_etl";

/// Everything of the page "Data quality".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QualityPage {
    /// Scores, quarantine, repairs, age, holes.
    pub report: QualityReport,
    /// The latest runs, newest first.
    pub runs: Vec<EtlRun>,
    /// The jobs that collect now or wait for it.
    pub under_way: Vec<JobInfo>,
}

/// Scores, quarantine, repairs, age, holes and runs.
#[server(prefix = "/api", endpoint = "quality/page", input = server_fn::codec::GetUrl)]
pub async fn read_quality() -> Result<QualityPage, AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    let report = engine.ingest().quality(&operator).await.map_err(crate::backend::show)?;
    let runs = engine.ingest().runs(&operator, None, 25).await.map_err(crate::backend::show)?;
    let mut under_way = Vec::new();
    for state in [domain::job::JobState::Running, domain::job::JobState::Queued] {
        let queue = Some(domain::job::Queue::MarketData);
        let filter = engine::jobs::JobFilter { state: Some(state), queue, before: None, limit: 200 };
        under_way.extend(engine.jobs().list(&operator, filter).await.map_err(crate::backend::show)?);
    }
    under_way.retain(|job| job.kind == COLLECTS);
    Ok(QualityPage { report, runs, under_way })
}

/// Queues a run over one source.
#[server(prefix = "/api", endpoint = "quality/collect")]
pub async fn collect(source: EtlSource) -> Result<(), AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.ingest().order(&operator, source, None).await.map(drop).map_err(crate::backend::show)
}

/// Decides about a record kept out.
#[server(prefix = "/api", endpoint = "quality/decide")]
pub async fn decide(id: Uuid, accept: bool) -> Result<(), AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.ingest().decide(&operator, id, accept).await.map(drop).map_err(crate::backend::show)
}
