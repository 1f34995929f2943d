//! `candlewick jobs`: what the jobs page shows and does, for whoever holds the machine.

use crate::{
    Config,
    serve::{StartError, open_engine},
};
use domain::job::{JobInfo, JobState, Queue};
use engine::{Engine, Error, jobs::JobFilter};
use uuid::Uuid;

/// Prints jobs, newest first, with the last error of each.
///
/// # Errors
/// When a word is no state or queue, or the database does not answer.
pub async fn list_jobs(
    config: Config,
    state: Option<&str>,
    queue: Option<&str>,
    limit: u32,
) -> Result<(), StartError> {
    let known = |field, reason: String| Error::invalid(field, reason);
    let state = match state {
        Some(word) => Some(JobState::parse(word).ok_or_else(|| known("state", format!("`{word}` is none")))?),
        None => None,
    };
    let queue = match queue {
        Some(word) => Some(Queue::parse(word).ok_or_else(|| known("queue", format!("`{word}` is none")))?),
        None => None,
    };
    let filter = JobFilter { state, queue, before: None, limit: limit.min(200) };
    with_engine(&config, async |engine| {
        let jobs = engine.jobs().list_any(filter).await?;
        jobs.iter().for_each(|job| println!("{}", line(job)));
        if jobs.is_empty() {
            println!("No such jobs.");
        }
        Ok(())
    })
    .await
}

/// Queues a dead or cancelled job again.
///
/// # Errors
/// When there is no such job, or it can not be tried again now.
pub async fn retry_job(config: Config, id: Uuid) -> Result<(), StartError> {
    with_engine(&config, async |engine| {
        let job = engine.jobs().retry_any(id).await?;
        println!("{} waits for a worker.", job.kind);
        Ok(())
    })
    .await
}

/// Removes a job that ended, or takes back one that did not.
///
/// # Errors
/// When there is no such job.
pub async fn discard_job(config: Config, id: Uuid) -> Result<(), StartError> {
    with_engine(&config, async |engine| {
        engine.jobs().discard_any(id).await?;
        println!("Done.");
        Ok(())
    })
    .await
}

async fn with_engine(
    config: &Config,
    act: impl AsyncFnOnce(&Engine) -> engine::Result<()>,
) -> Result<(), StartError> {
    let engine = open_engine(config).await?;
    let done = act(&engine).await;
    engine.close().await;
    Ok(done?)
}

fn line(job: &JobInfo) -> String {
    let error = job.errors.last().map(|failure| format!("  {}", failure.reason)).unwrap_or_default();
    format!(
        "{}  {:9}  {:11}  {}  try {} of {}  {}{error}",
        job.id,
        job.state.as_str(),
        job.queue,
        job.created_at.format("%Y-%m-%d %H:%M:%S"),
        job.attempts,
        job.max_attempts,
        job.kind
    )
}
