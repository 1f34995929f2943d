//! Durable work: queued in the transaction that makes it necessary, done by whoever runs [`Engine::run_jobs`].
//!
//! A job is a serde struct of ids with a `KIND` and a `run`. It must be safe to run twice: a worker that
//! vanished loses its lease after 30 seconds and another one starts over. Only what [`Error::is_transient`] is
//! tried again, later and later; everything else, and what failed too often, is kept dead with all its errors.
//! What a job is about may be gone when it runs: that is a warning and no error.

mod onboard_user;
mod runner;

pub(crate) use onboard_user::OnboardUser;

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    Event, TenantId,
    event::{JobProgress, OnboardingProgress},
};
use serde::de::DeserializeOwned;
use std::{future::Future, time::Duration};
use store::jobs::Leased;

/// A kind of work.
pub(crate) trait Job: DeserializeOwned + Send {
    /// Its name in the store; never changed once released.
    const KIND: &'static str;

    /// Does it.
    fn run(self, engine: &Engine, run: &Run<'_>) -> impl Future<Output = Result<()>> + Send;
}

/// One try at a job, as the job sees it.
pub(crate) struct Run<'a> {
    engine: &'a Engine,
    job: &'a Leased,
}

impl Run<'_> {
    /// Notes and pushes how far it is; keeps the lease.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the lease is lost: somebody else does the job by now.
    pub(crate) async fn progress(&self, percent: u8, step: &str) -> Result<()> {
        let until = self.engine.clock().now() + runner::LEASE;
        if !store::jobs::renew(self.engine.db(), self.job, until, Some((percent, step))).await? {
            return Err(Error::Unavailable("the lease of the job".into()));
        }
        self.engine.tell(self.job, "running", percent);
        Ok(())
    }

    /// As [`Run::progress`], also to the page that shows a new tenant its first minutes.
    pub(crate) async fn onboarding(&self, tenant: TenantId, percent: u8, step: &str) -> Result<()> {
        self.progress(percent, step).await?;
        let event = Event::Onboarding(OnboardingProgress { percent, step: step.to_string() });
        self.engine.bus().publish_tenant(tenant, event);
        Ok(())
    }
}

/// The jobs of an [`Engine`].
pub struct Jobs<'a>(&'a Engine);

impl Engine {
    /// Durable work.
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs(self)
    }

    fn tell(&self, job: &Leased, state: &str, percent: u8) {
        if let Some(tenant) = job.tenant_id {
            let progress =
                JobProgress { id: job.id, kind: job.kind.clone(), state: state.to_string(), percent };
            self.bus().publish_tenant(TenantId(tenant), Event::Job(progress));
        }
    }
}

impl Jobs<'_> {
    /// Wakes the runner of this process; to be called once the transaction that queued a job is committed.
    /// Without it the job starts at the runner's next look, within half a second.
    pub fn wake(&self) {
        self.0.memory().jobs.notify_one();
    }

    /// Waits until the caller's tenant has its first list, at most `patience`; false when it has none by then.
    /// A page shown right after a registration is then not empty.
    pub async fn onboarded(&self, cx: &Cx, patience: Duration) -> Result<bool> {
        const LOOK_EVERY: Duration = Duration::from_millis(15);
        let started = tokio::time::Instant::now();
        loop {
            if !self.0.watchlists().list(cx).await?.is_empty() {
                return Ok(true);
            }
            if started.elapsed() >= patience {
                return Ok(false);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// How many jobs are in which state: `queued`, `running`, `done`, `dead`.
    pub async fn states(&self) -> Result<Vec<(String, i64)>> {
        store::jobs::states(self.0.db()).await
    }

    /// The latest dead jobs, newest first: kind and every error.
    pub async fn dead(&self, limit: u32) -> Result<Vec<(String, Vec<String>)>> {
        store::jobs::dead(self.0.db(), i64::from(limit)).await
    }
}

/// Runs a leased job by its kind: the one table of all kinds.
async fn run(engine: &Engine, job: &Leased) -> Result<()> {
    match job.kind.as_str() {
        OnboardUser::KIND => as_kind::<OnboardUser>(engine, job).await,
        #[cfg(test)]
        tests::Rehearsal::KIND => as_kind::<tests::Rehearsal>(engine, job).await,
        other => Err(Error::Internal(format!("nobody knows jobs of kind {other}"))),
    }
}

async fn as_kind<J: Job>(engine: &Engine, job: &Leased) -> Result<()> {
    let work: J = serde_json::from_value(job.payload.0.clone())?;
    work.run(engine, &Run { engine, job }).await
}

#[cfg(test)]
mod tests;
