//! Durable work: queued in the transaction that makes it necessary, done by whoever runs [`Engine::run_jobs`].
//!
//! A job is a serde struct of ids that implements [`Job`] and has a line in [`kind::KINDS`]. It must be safe to
//! run twice: a worker that vanished loses its lease after 25 seconds and another one starts over. Only what
//! [`Error::is_transient`] and what took too long is tried again, later and later; everything else, and what
//! failed too often, is kept dead with all its errors. What a job is about may be gone when it runs: that is a
//! warning and no error.
//!
//! To queue one: `engine.jobs().enqueue_in(&mut tx, Order::new(&job)?.tenant(id).key("..."))` in the transaction
//! of the data, then [`Jobs::wake`] once it is committed; or `engine.jobs().enqueue(order)` by itself.

mod back_up;
mod build_report;
mod compute_signals;
mod deep_clean;
mod desk;
mod kind;
mod onboard_user;
mod order;
mod predict;
mod quality_summary;
mod retention_cleanup;
mod run;
mod run_etl;
mod run_scanner;
mod runner;
mod schedule;
mod score_news;
mod send_alert;
mod send_letter;
mod send_report;
mod settings;
mod slots;
mod sync_bars;
mod sync_intraday;
mod sync_news;
mod sync_quotes;
mod tidy_jobs;
mod timekeeper;
mod train_forecaster;

pub(crate) use back_up::BackUp;
pub(crate) use build_report::BuildReport;
pub(crate) use compute_signals::ComputeSignals;
use deep_clean::DeepClean;
pub use desk::JobFilter;
pub(crate) use kind::Job;
pub(crate) use kind::Limit;
pub(crate) use onboard_user::OnboardUser;
pub use order::Ticket;
pub(crate) use order::{Order, URGENT};
pub(crate) use predict::Predict;
use quality_summary::QualitySummary;
use retention_cleanup::RetentionCleanup;
pub(crate) use run::Run;
pub(crate) use run_etl::RunEtl;
pub(crate) use run_scanner::RunScanner;
pub use runner::JOB_SECONDS;
pub(crate) use schedule::Member;
pub(crate) use score_news::ScoreNews;
pub(crate) use send_alert::SendAlert;
pub(crate) use send_letter::SendLetter;
pub(crate) use send_report::SendReport;
pub use settings::Settings;
pub(crate) use sync_bars::SyncBars;
pub(crate) use sync_intraday::SyncIntraday;
pub(crate) use sync_news::SyncNews;
use sync_quotes::SyncQuotes;
use tidy_jobs::TidyJobs;
use train_forecaster::TrainForecaster;

use crate::{Cx, Engine, Error, Result, memory::Said, store};
use domain::{Event, Permission, TenantId, event::JobProgress, job::JobState};
use std::time::Duration;
use store::jobs::Leased;
use uuid::Uuid;

/// The jobs of an [`Engine`].
pub struct Jobs<'a>(&'a Engine);

impl Engine {
    /// Durable work.
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs(self)
    }

    /// Tells the operators, and the tenant whose job it is.
    fn tell(&self, job: &Leased, state: JobState, percent: u8, step: &str) {
        let progress = JobProgress {
            id: job.id,
            queue: job.queue.clone(),
            kind: job.kind.clone(),
            state,
            percent,
            step: step.to_string(),
        };
        let said = Said { state, percent, step: step.to_string() };
        self.memory().is_news(job.id, said);
        self.bus().publish_operators(job.tenant_id.map(TenantId), Event::Job(progress));
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

    /// Takes back a job of the caller's tenant: a waiting one at once, a running one is told to stop.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another tenant's, [`Error::Conflict`] when it has ended already.
    pub async fn cancel(&self, cx: &Cx, id: Uuid) -> Result<()> {
        cx.require(Permission::Edit, "cancel jobs")?;
        let tenant = store::job_desk::tenant_of(self.0.db(), id).await?;
        if tenant != Some(cx.tenant) {
            return Err(Error::NotFound("the job"));
        }
        self.cancel_any(id).await
    }

    pub(crate) async fn cancel_any(&self, id: Uuid) -> Result<()> {
        let mut tx = self.0.db().begin().await?;
        let found = store::jobs::cancel(&mut tx, id, self.0.clock().now()).await?;
        tx.commit().await?;
        self.wake();
        found.map(|_| ()).ok_or_else(|| Error::Conflict("the job has ended already".into()))
    }

    /// How many jobs are in which state: `queued`, `running`, `done`, `dead`, `cancelled`.
    pub async fn states(&self) -> Result<Vec<(String, i64)>> {
        store::jobs::states(self.0.db()).await
    }
}

#[cfg(test)]
mod tests;
