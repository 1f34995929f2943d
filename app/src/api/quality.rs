//! The quality of the data: what the browser of an operator may ask.

use crate::error::AppError;
use domain::etl::{EtlRun, EtlSource, QualityReport};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everything of the page "Data quality".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QualityPage {
    /// Scores, quarantine, repairs, age, holes.
    pub report: QualityReport,
    /// The latest runs, newest first.
    pub runs: Vec<EtlRun>,
}

/// Scores, quarantine, repairs, age, holes and runs.
#[server(prefix = "/api", endpoint = "quality/page", input = server_fn::codec::GetUrl)]
pub async fn read_quality() -> Result<QualityPage, AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    let report = engine.ingest().quality(&operator).await.map_err(crate::backend::show)?;
    let runs = engine.ingest().runs(&operator, None, 25).await.map_err(crate::backend::show)?;
    Ok(QualityPage { report, runs })
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
