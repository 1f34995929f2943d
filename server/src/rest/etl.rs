//! `/api/ops/etl`, `/api/ops/etl-runs` and `/api/ops/quality`: collecting data and how good it is, for those who
//! operate the installation.

use super::page::{self, Page};
use crate::{
    AppState,
    extract::{Path, Query, Raw, id},
    problem::Problem,
    router::{Access, Routes},
    session::Operating,
};
use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode},
};
use chrono::{DateTime, Utc};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource, QualityReport, Quarantined},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Operator, Method::POST, "/api/ops/etl/{source}", run)
        .add(Access::Operator, Method::GET, "/api/ops/etl-runs", runs)
        .add(Access::Operator, Method::GET, "/api/ops/quality", quality)
        .add(Access::Operator, Method::POST, "/api/ops/quarantine/{id}/accept", accept)
        .add(Access::Operator, Method::POST, "/api/ops/quarantine/{id}/reject", reject)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    symbols: Option<Vec<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Queued {
    job_id: Uuid,
}

/// Queues a run; the body may be empty.
async fn run(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(source): Path<String>,
    Raw(body): Raw,
) -> Result<(StatusCode, Json<Queued>), Problem> {
    let source = EtlSource::parse(&source).ok_or_else(|| Problem::not_found("the source"))?;
    let wanted: Wanted = if body.is_empty() {
        Wanted::default()
    } else {
        serde_json::from_slice(&body)
            .map_err(|_| Problem::invalid("body", "has to be {\"symbols\": [\"AAPL\"]} or empty"))?
    };
    let parse = |text: String| {
        Symbol::parse(&text).ok_or_else(|| Problem::invalid("symbols", format!("`{text}` is no symbol")))
    };
    let symbols =
        wanted.symbols.map(|all| all.into_iter().map(parse).collect::<Result<_, _>>()).transpose()?;
    let ticket = state.engine.ingest().order(&operator, source, symbols).await?;
    Ok((StatusCode::ACCEPTED, Json(Queued { job_id: ticket.id })))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    cursor: Option<DateTime<Utc>>,
    limit: Option<u32>,
}

/// Newest first; the cursor is the beginning of the last run of the page before.
async fn runs(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<EtlRun>>, Problem> {
    let limit = page::size(asked.limit)?;
    let found = state.engine.ingest().runs(&operator, asked.cursor, limit + 1).await?;
    Ok(Json(Page::cut(found, limit, |run| run.started_at.to_rfc3339())))
}

async fn quality(
    State(state): State<AppState>,
    Operating(operator): Operating,
) -> Result<Json<QualityReport>, Problem> {
    Ok(Json(state.engine.ingest().quality(&operator).await?))
}

async fn accept(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(record): Path<String>,
) -> Result<Json<Quarantined>, Problem> {
    Ok(Json(state.engine.ingest().decide(&operator, id(&record)?, true).await?))
}

async fn reject(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(record): Path<String>,
) -> Result<Json<Quarantined>, Problem> {
    Ok(Json(state.engine.ingest().decide(&operator, id(&record)?, false).await?))
}
