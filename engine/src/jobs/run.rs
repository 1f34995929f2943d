//! One try at a job, as the job sees it.

use crate::{
    Engine, Error, Result,
    store::{
        self, Tx,
        jobs::{Leased, Outcome},
    },
};
use chrono::Duration;
use domain::{Event, TenantId, event::OnboardingProgress, job::JobState};
use serde::Serialize;
use serde_json::Value;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Progress within one step is written at most this often.
const WRITE_EVERY: std::time::Duration = std::time::Duration::from_millis(250);

/// One try at a job.
pub(crate) struct Run<'a> {
    engine: &'a Engine,
    job: &'a Leased,
    lease: Duration,
    told: CancellationToken,
    finished: AtomicBool,
    /// When which step was written.
    written: Mutex<Option<(Instant, String)>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(engine: &'a Engine, job: &'a Leased, lease: Duration) -> Run<'a> {
        let (told, finished, written) = (CancellationToken::new(), AtomicBool::new(false), Mutex::new(None));
        Run { engine, job, lease, told, finished, written }
    }

    /// The job's id.
    pub(crate) fn id(&self) -> Uuid {
        self.job.id
    }

    pub(super) fn payload(&self) -> &Value {
        &self.job.payload.0
    }

    /// Whether it is given up when this try fails.
    pub(crate) fn is_last_try(&self) -> bool {
        self.job.attempts >= self.job.max_attempts
    }

    /// Cancelled when the job should come to an end: its soft limit is over, somebody cancelled it, or the
    /// program stops. What it has done by then it may keep; with an `Ok` it counts as done.
    pub(crate) fn told_to_stop(&self) -> &CancellationToken {
        &self.told
    }

    /// Notes and pushes how far it is; keeps the lease.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the lease is lost: somebody else does the job by now.
    pub(crate) async fn progress(&self, percent: u8, step: &str) -> Result<()> {
        if !self.worth_writing(percent, step) {
            return Ok(());
        }
        let now = self.engine.clock().now();
        let said = (percent, step);
        if !store::jobs::progress(self.engine.db(), self.job, now + self.lease, said, now).await? {
            return Err(lease_lost());
        }
        self.engine.tell(self.job, JobState::Running, percent, step);
        Ok(())
    }

    /// As [`Run::progress`], also to the page that shows a new tenant its first minutes.
    pub(crate) async fn onboarding(&self, tenant: TenantId, percent: u8, step: &str) -> Result<()> {
        self.progress(percent, step).await?;
        let event = Event::Onboarding(OnboardingProgress { percent, step: step.to_string() });
        self.engine.bus().publish_tenant(tenant, event);
        Ok(())
    }

    /// Ends the job, well done, in the transaction of its effects: both last or neither does. To be committed
    /// at once; after it the job returns `Ok`, whose value is not kept.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the lease is lost: then the effects must not be committed.
    pub(crate) async fn finish(&self, tx: &mut Tx, output: &(impl Serialize + Sync)) -> Result<()> {
        let done = Outcome::Done(serde_json::to_value(output)?);
        let now = self.engine.clock().now();
        if !store::jobs::end(tx, self.job, &done, &self.job.errors.0, now).await? {
            return Err(lease_lost());
        }
        self.finished.store(true, Ordering::Release);
        Ok(())
    }

    /// Whether [`Run::finish`] was called and not refused.
    pub(super) fn finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    fn worth_writing(&self, percent: u8, step: &str) -> bool {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let soon = written.as_ref().is_some_and(|(at, last)| last == step && at.elapsed() < WRITE_EVERY);
        if soon && percent < 100 {
            return false;
        }
        *written = Some((Instant::now(), step.to_string()));
        true
    }
}

/// Somebody else holds the job by now.
pub(super) fn lease_lost() -> Error {
    Error::Unavailable("the lease of the job".into())
}
