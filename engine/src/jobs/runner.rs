//! Takes due jobs, keeps their leases, and decides what becomes of failures.

use super::run;
use crate::{Engine, Error, Result, store};
use chrono::Duration;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use store::jobs::{Leased, Outcome};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a job is safe from others without a sign of life.
pub(super) const LEASE: Duration = Duration::seconds(30);

/// Jobs at once in this process.
const WORKERS: usize = 4;

/// Time between two looks when nobody calls.
const LOOK: std::time::Duration = std::time::Duration::from_millis(500);

/// Time between two signs of life.
const RENEW: std::time::Duration = std::time::Duration::from_secs(10);

/// First pause after a failure; each one after is twice as long, up to [`LONGEST`].
const FIRST_PAUSE: Duration = Duration::seconds(2);

/// Longest pause between two tries.
const LONGEST: Duration = Duration::minutes(15);

impl Engine {
    /// Does jobs until cancelled; jobs in hand are finished then.
    pub async fn run_jobs(&self, cancel: CancellationToken) {
        let mut working: JoinSet<()> = JoinSet::new();
        while !cancel.is_cancelled() {
            while working.try_join_next().is_some() {}
            match if working.len() < WORKERS { self.next_job().await } else { Ok(None) } {
                Ok(Some(job)) => {
                    let engine = self.clone();
                    working.spawn(async move { engine.work(job).await });
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "could not look for jobs"),
            }
            tokio::select! {
                () = cancel.cancelled() => {}
                () = self.memory().jobs.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
                Some(_) = working.join_next() => {}
            }
        }
        while working.join_next().await.is_some() {}
    }

    /// Does what is due, one after another, and returns; for tests and for the command line.
    pub async fn run_due_jobs(&self) -> Result<u32> {
        let mut done = 0;
        while let Some(job) = self.next_job().await? {
            self.work(job).await;
            done += 1;
        }
        Ok(done)
    }

    async fn next_job(&self) -> Result<Option<Leased>> {
        let now = self.clock().now();
        if store::jobs::due(self.db(), now).await? == 0 {
            return Ok(None);
        }
        store::jobs::lease(self.db(), now, now + LEASE).await
    }

    async fn work(&self, job: Leased) {
        let vanished = job.attempts > job.max_attempts;
        let result = if vanished {
            Err(Error::Internal("the worker vanished".into()))
        } else {
            self.tell(&job, "running", 0);
            tokio::select! {
                // A panic is the job's own failure; the runner goes on.
                result = AssertUnwindSafe(run(self, &job)).catch_unwind() =>
                    result.unwrap_or_else(|_| Err(Error::Internal("the job panicked".into()))),
                error = self.keep(&job) => Err(error),
            }
        };
        if let Err(error) = self.end(&job, result).await {
            tracing::error!(%error, job = %job.id, kind = job.kind, "could not note how a job ended");
        }
    }

    /// Renews the lease for as long as it is polled; returns when that fails.
    async fn keep(&self, job: &Leased) -> Error {
        loop {
            tokio::time::sleep(RENEW).await;
            match store::jobs::renew(self.db(), job, self.clock().now() + LEASE, None).await {
                Ok(true) => {}
                Ok(false) => return Error::Unavailable("the lease of the job".into()),
                Err(error) => tracing::warn!(%error, job = %job.id, "could not renew a lease"),
            }
        }
    }

    async fn end(&self, job: &Leased, result: Result<()>) -> Result<()> {
        let now = self.clock().now();
        let mut errors = job.errors.0.clone();
        let outcome = match result {
            Ok(()) => Outcome::Done,
            Err(error) => {
                errors.push(format!("try {}: {error}", job.attempts));
                match error.is_transient() && job.attempts < job.max_attempts {
                    true => Outcome::Again(now + pause(job.attempts)),
                    false => Outcome::Dead,
                }
            }
        };
        if !store::jobs::end(self.db(), job, outcome, &errors, now).await? {
            tracing::warn!(job = %job.id, kind = job.kind, "a job ended after its lease was lost");
            return Ok(());
        }
        match outcome {
            Outcome::Done => self.tell(job, "done", 100),
            Outcome::Again(at) => {
                let error = errors.last().map(String::as_str).unwrap_or_default();
                tracing::warn!(job = %job.id, kind = job.kind, error, %at, "a job is tried again later");
                self.tell(job, "queued", 0);
            }
            Outcome::Dead => {
                let error = errors.last().map(String::as_str).unwrap_or_default();
                tracing::error!(job = %job.id, kind = job.kind, error, "a job is dead");
                self.tell(job, "dead", 0);
            }
        }
        Ok(())
    }
}

/// Twice as long after each failure, give or take a quarter, so that many do not come back at once.
fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or(0);
    let pause = (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST);
    let milliseconds = pause.num_milliseconds() as f64 * rand::random_range(0.75..1.25);
    Duration::milliseconds(milliseconds as i64)
}
