//! Work in the background: what the browser of an operator may ask.

use crate::error::AppError;
use domain::job::{JobBoard, Queue};
use leptos::prelude::*;
use uuid::Uuid;

/// Everything the jobs page shows; the latest jobs are those of a state, where one is named.
#[server(prefix = "/api", endpoint = "jobs/board", input = server_fn::codec::GetUrl)]
pub async fn board(state: String) -> Result<JobBoard, AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    let state = domain::job::JobState::parse(&state);
    engine.jobs().board(&operator, state).await.map_err(crate::backend::show)
}

/// Queues a dead or cancelled job again.
#[server(prefix = "/api", endpoint = "jobs/retry")]
pub async fn retry(id: Uuid) -> Result<(), AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.jobs().retry(&operator, id).await.map(drop).map_err(crate::backend::show)
}

/// Removes a job that has ended; takes back one that has not.
#[server(prefix = "/api", endpoint = "jobs/discard")]
pub async fn discard(id: Uuid) -> Result<(), AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.jobs().discard(&operator, id).await.map_err(crate::backend::show)
}

/// Starts nothing of a queue any more, or goes on with it.
#[server(prefix = "/api", endpoint = "jobs/pause")]
pub async fn pause(queue: Queue, paused: bool) -> Result<(), AppError> {
    let (engine, operator) = crate::backend::enter_operator().await?;
    engine.jobs().pause(&operator, queue, paused).await.map_err(crate::backend::show)
}
