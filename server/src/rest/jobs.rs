//! `/api/ops/jobs`, `/api/ops/queues` and `/api/ops/schedule`: durable work, for those who operate the installation.

use super::page::{self, Page};
use crate::{
    AppState,
    extract::{Path, Query, id},
    problem::Problem,
    router::{Access, Routes},
    session::Operating,
};
use axum::{
    Json,
    extract::State,
    http::{Method, StatusCode},
};
use domain::job::{JobInfo, JobState, Queue, QueueInfo, ScheduleLine};
use engine::jobs::JobFilter;
use serde::Deserialize;
use uuid::Uuid;

pub(super) fn add_to(routes: Routes) -> Routes {
    routes
        .add(Access::Operator, Method::GET, "/api/ops/jobs", list)
        .add(Access::Operator, Method::POST, "/api/ops/jobs/{id}/retry", retry)
        .add(Access::Operator, Method::POST, "/api/ops/jobs/{id}/discard", discard)
        .add(Access::Operator, Method::GET, "/api/ops/queues", queues)
        .add(Access::Operator, Method::POST, "/api/ops/queues/{queue}/pause", pause)
        .add(Access::Operator, Method::POST, "/api/ops/queues/{queue}/resume", resume)
        .add(Access::Operator, Method::GET, "/api/ops/schedule", schedule)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    queue: String,
    cursor: String,
    limit: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<JobInfo>>, Problem> {
    let limit = page::size(asked.limit)?;
    let filter = JobFilter {
        state: word(&asked.state, "state", JobState::parse, &JobState::ALL.map(JobState::as_str))?,
        queue: word(&asked.queue, "queue", Queue::parse, &Queue::ALL.map(Queue::as_str))?,
        before: word(
            &asked.cursor,
            "cursor",
            |text| Uuid::parse_str(text).ok(),
            &["the nextCursor of an answer"],
        )?,
        limit: limit + 1,
    };
    let found = state.engine.jobs().list(&operator, filter).await?;
    Ok(Json(Page::cut(found, limit, |job| job.id.to_string())))
}

/// What a word of the query means; nothing when it is not there.
fn word<T>(
    text: &str,
    field: &str,
    parse: impl Fn(&str) -> Option<T>,
    choices: &[&str],
) -> Result<Option<T>, Problem> {
    match text {
        "" => Ok(None),
        text => parse(text)
            .map(Some)
            .ok_or_else(|| Problem::invalid(field, format!("has to be one of: {}", choices.join(", ")))),
    }
}

async fn retry(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(job): Path<String>,
) -> Result<Json<JobInfo>, Problem> {
    Ok(Json(state.engine.jobs().retry(&operator, id(&job)?).await?))
}

async fn discard(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(job): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.jobs().discard(&operator, id(&job)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn queues(
    State(state): State<AppState>,
    Operating(operator): Operating,
) -> Result<Json<Page<QueueInfo>>, Problem> {
    Ok(Json(Page::whole(state.engine.jobs().queues(&operator).await?)))
}

async fn pause(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(queue): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.jobs().pause(&operator, known(&queue)?, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn resume(
    State(state): State<AppState>,
    Operating(operator): Operating,
    Path(queue): Path<String>,
) -> Result<StatusCode, Problem> {
    state.engine.jobs().pause(&operator, known(&queue)?, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn known(queue: &str) -> Result<Queue, Problem> {
    Queue::parse(queue).ok_or_else(|| Problem::not_found("the queue"))
}

async fn schedule(
    State(state): State<AppState>,
    Operating(operator): Operating,
) -> Result<Json<Page<ScheduleLine>>, Problem> {
    Ok(Json(Page::whole(state.engine.jobs().schedule(&operator).await?)))
}
