//! Jobs as those see and steer them who operate the installation.

use super::{Jobs, schedule::LINES};
use crate::{Error, Result, accounts::Operator, store};
use chrono::Duration;
use domain::job::{JobBoard, JobInfo, JobState, Queue, QueueInfo, ScheduleLine};
use uuid::Uuid;

/// Jobs of one answer at most: a page of 200, and the one after it that tells whether there is another page.
const MOST: u32 = 201;

/// Which jobs to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct JobFilter {
    /// Only of this state.
    pub state: Option<JobState>,
    /// Only of this queue.
    pub queue: Option<Queue>,
    /// Only those queued before the job with this id.
    pub before: Option<Uuid>,
    /// At most so many, 201 if more are asked for.
    pub limit: u32,
}

impl Jobs<'_> {
    /// Jobs, newest first.
    pub async fn list(&self, _: &Operator, filter: JobFilter) -> Result<Vec<JobInfo>> {
        let JobFilter { state, queue, before, limit } = filter;
        store::job_desk::list(self.0.db(), state, queue, before, limit.min(MOST)).await
    }

    /// Every queue with what waits, what runs and what became of the last hour.
    pub async fn queues(&self, _: &Operator) -> Result<Vec<QueueInfo>> {
        self.queue_figures().await
    }

    /// [`Jobs::queues`] for the program's own figures.
    pub async fn queue_figures(&self) -> Result<Vec<QueueInfo>> {
        let (db, now) = (self.0.db(), self.0.clock().now());
        let depths = store::job_desk::depths(db, now).await?;
        let ended = store::job_desk::ended(db, now - Duration::hours(1)).await?;
        let paused = store::job_desk::paused(db).await?;
        let figures = Queue::ALL.map(|queue| {
            let depth = |state: JobState| {
                let is =
                    |row: &&(String, String, i64, i64)| row.0 == queue.as_str() && row.1 == state.as_str();
                depths.iter().find(is).map_or((0, 0), |row| (count(row.2), count(row.3)))
            };
            let of_queue = || ended.iter().filter(|row| row.queue == queue.as_str());
            let of_state = |state: JobState| {
                of_queue().filter(|row| row.state == state.as_str()).count().try_into().unwrap_or(u32::MAX)
            };
            let mut took: Vec<f64> =
                of_queue().map(|row| (row.finished_at - row.started_at).as_seconds_f64()).collect();
            took.sort_by(f64::total_cmp);
            let (queued, delayed) = depth(JobState::Queued);
            QueueInfo {
                queue,
                paused_at: paused.iter().find(|row| row.0 == queue.as_str()).map(|row| row.1),
                waiting: queued - delayed,
                delayed,
                running: depth(JobState::Running).0,
                dead: depth(JobState::Dead).0,
                done: of_state(JobState::Done),
                failed: of_state(JobState::Dead),
                p50_s: percentile(&took, 50),
                p95_s: percentile(&took, 95),
            }
        });
        Ok(figures.into())
    }

    /// Every line of the schedule with its last and next run.
    pub async fn schedule(&self, _: &Operator) -> Result<Vec<ScheduleLine>> {
        self.schedule_lines(LINES).await
    }

    /// [`Jobs::schedule`] for the program's own figures.
    pub async fn schedule_figures(&self) -> Result<Vec<ScheduleLine>> {
        self.schedule_lines(LINES).await
    }

    /// Everything at one look; the latest jobs are those of one state, where one is named.
    pub async fn board(&self, operator: &Operator, state: Option<JobState>) -> Result<JobBoard> {
        const SHOWN: u32 = 50;
        let of = |state| JobFilter { state, limit: SHOWN, ..JobFilter::default() };
        Ok(JobBoard {
            at: self.0.clock().now(),
            queues: self.queues(operator).await?,
            running: self.list(operator, of(Some(JobState::Running))).await?,
            dead: self.list(operator, of(Some(JobState::Dead))).await?,
            latest: self.list(operator, of(state)).await?,
            schedule: self.schedule(operator).await?,
        })
    }

    /// Queues a dead or cancelled job again, with all its tries before it; its errors are kept.
    ///
    /// # Errors
    /// [`Error::NotFound`] without it, [`Error::Conflict`] when it is neither dead nor cancelled, or when another
    /// one does the same work already.
    pub async fn retry(&self, _: &Operator, id: Uuid) -> Result<JobInfo> {
        self.retry_any(id).await
    }

    /// Removes a job that has ended, with its errors; takes back one that has not.
    ///
    /// # Errors
    /// [`Error::NotFound`] without it.
    pub async fn discard(&self, _: &Operator, id: Uuid) -> Result<()> {
        self.discard_any(id).await
    }

    /// Starts nothing of a queue any more, or goes on with it. What runs is not touched.
    pub async fn pause(&self, _: &Operator, queue: Queue, paused: bool) -> Result<()> {
        let mut tx = self.0.db().begin().await?;
        store::job_desk::pause(&mut tx, queue, paused.then(|| self.0.clock().now())).await?;
        tx.commit().await?;
        tracing::info!(%queue, paused, "a queue was paused or let go on");
        self.wake();
        Ok(())
    }

    /// [`Jobs::list`] for whoever holds the machine: the command line.
    pub async fn list_any(&self, filter: JobFilter) -> Result<Vec<JobInfo>> {
        let JobFilter { state, queue, before, limit } = filter;
        store::job_desk::list(self.0.db(), state, queue, before, limit.min(MOST)).await
    }

    /// [`Jobs::retry`] for whoever holds the machine.
    pub async fn retry_any(&self, id: Uuid) -> Result<JobInfo> {
        let job = self.known(id).await?;
        let mut tx = self.0.db().begin().await?;
        let queued = store::job_desk::retry(&mut tx, id, self.0.clock().now()).await?;
        if !queued {
            let why = match job.state {
                JobState::Dead | JobState::Cancelled => "another job does the same already".to_string(),
                state => format!("the job is {state}; only dead and cancelled ones can be tried again"),
            };
            return Err(Error::Conflict(why));
        }
        tx.commit().await?;
        tracing::info!(job = %id, kind = job.kind, "a job is tried again by hand");
        self.wake();
        self.known(id).await
    }

    /// [`Jobs::discard`] for whoever holds the machine.
    pub async fn discard_any(&self, id: Uuid) -> Result<()> {
        let job = self.known(id).await?;
        let mut tx = self.0.db().begin().await?;
        let removed = store::job_desk::discard(&mut tx, id).await?;
        tx.commit().await?;
        if removed {
            tracing::info!(job = %id, kind = job.kind, "a job was discarded");
            return Ok(());
        }
        self.cancel_any(id).await
    }

    async fn known(&self, id: Uuid) -> Result<JobInfo> {
        store::job_desk::one(self.0.db(), id).await?.ok_or(Error::NotFound("the job"))
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The smallest of the sorted values that so many of a hundred do not exceed (nearest rank); `None` of none.
fn percentile(sorted: &[f64], of_hundred: usize) -> Option<f64> {
    let rank = (sorted.len() * of_hundred).div_ceil(100);
    sorted.get(rank.max(1) - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        // The example of "Percentile" in the English Wikipedia: ordered list 15, 20, 35, 40, 50.
        let values = [15.0, 20.0, 35.0, 40.0, 50.0];
        let expected = [(5, 15.0), (30, 20.0), (40, 20.0), (50, 35.0), (100, 50.0)];
        for (of_hundred, value) in expected {
            assert_eq!(percentile(&values, of_hundred), Some(value), "{of_hundred}");
        }
        assert_eq!(percentile(&[], 50), None);
    }
}
