//! Takes due jobs, keeps their leases, and decides what becomes of failures.

use super::{
    URGENT,
    kind::{self, Limit},
    run::{Run, lease_lost},
    settings::Settings,
};
use crate::{Engine, Error, Result, store};
use chrono::Duration;
use domain::job::{Failure, JobState, Queue};
use futures::FutureExt;
use serde_json::Value;
use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc};
use store::jobs::{Leased, Outcome};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Histogram of tries by queue, kind and outcome.
pub const JOB_SECONDS: &str = "candlewick_job_seconds";

/// First pause after a failure; each one after is twice as long, up to [`LONGEST`].
const FIRST_PAUSE: Duration = Duration::seconds(2);

/// Longest pause between two tries.
const LONGEST: Duration = Duration::minutes(15);

const ANY_PRIORITY: i64 = i64::MIN;

/// How often another process may snatch a job before the rest waits for the next look.
const SNATCHED: usize = 3;

impl Engine {
    /// Does jobs until cancelled. Jobs in hand are told then; what is not finished within the grace is given
    /// back, for another worker or the next start.
    pub async fn run_jobs(&self, settings: &Settings, cancel: CancellationToken) {
        let mut hands = Hands {
            engine: self,
            settings: Arc::new(settings.clone()),
            stopping: cancel.clone(),
            working: JoinSet::new(),
            held: HashMap::new(),
        };
        while !cancel.is_cancelled() {
            if let Err(error) = hands.take().await {
                tracing::warn!(%error, "could not look for jobs");
            }
            tokio::select! {
                () = cancel.cancelled() => {}
                () = self.memory().jobs.notified() => {}
                () = sleep(settings.look) => {}
                Some(ended) = hands.working.join_next() => hands.let_go(ended),
            }
        }
        while hands.working.join_next().await.is_some() {}
    }

    /// Does what is due, one after another, and returns; for tests and for the command line.
    pub async fn run_due_jobs(&self) -> Result<u32> {
        let settings = Settings::default();
        let mut done = 0;
        loop {
            let now = self.clock().now();
            let mut found = None;
            for due in store::jobs::due(self.db(), now, URGENT).await? {
                let until = now + lease(&settings);
                found = store::jobs::lease(self.db(), due.queue, ANY_PRIORITY, now, until).await?;
                if found.is_some() {
                    break;
                }
            }
            let Some(job) = found else { return Ok(done) };
            self.work(job, &settings, &CancellationToken::new(), &CancellationToken::new()).await;
            done += 1;
        }
    }

    /// One try, from the lease to its end.
    async fn work(
        &self,
        job: Leased,
        settings: &Settings,
        cancel: &CancellationToken,
        stopping: &CancellationToken,
    ) {
        let started = Instant::now();
        self.tell(&job, JobState::Running, 0, "");
        let run = Run::new(self, &job, lease(settings));
        let ended = if job.attempts > job.max_attempts {
            Ended::GivenUp
        } else if let Some(kind) = kind::by_name(&job.kind) {
            let work = AssertUnwindSafe((kind.run)(self, &run)).catch_unwind();
            tokio::select! {
                // A panic is the job's own failure; the runner goes on.
                result = work => Ended::of(result, run.finished(), cancel, stopping),
                ended = patience(&run, kind.limit, settings, cancel, stopping) => ended,
                () = self.keep(&job, settings) => Ended::Lost,
            }
        } else {
            Ended::Failed(format!("nobody knows jobs of kind {}", job.kind))
        };
        let word = ended.word();
        let labels = [("queue", job.queue.clone()), ("kind", job.kind.clone()), ("outcome", word.into())];
        metrics::histogram!(JOB_SECONDS, &labels).record(started.elapsed().as_secs_f64());
        if let Err(error) = self.end(&job, ended).await {
            tracing::error!(%error, job = %job.id, kind = job.kind, "could not note how a job ended");
        }
        self.alerts().watch_providers().await;
        self.alerts().watch_prices().await;
    }

    /// Renews the lease for as long as it is polled; returns when it is lost.
    async fn keep(&self, job: &Leased, settings: &Settings) {
        loop {
            sleep(settings.renew).await;
            match store::jobs::renew(self.db(), job, self.clock().now() + lease(settings)).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, job = %job.id, "could not renew a lease"),
            }
        }
    }

    async fn end(&self, job: &Leased, ended: Ended) -> Result<()> {
        let now = self.clock().now();
        let mut errors = job.errors.0.clone();
        let last = job.attempts >= job.max_attempts;
        let mut failed = |reason: String, again: Option<Duration>| {
            let attempt = u32::try_from(job.attempts).unwrap_or(u32::MAX);
            errors.push(Failure { attempt, at: now, reason });
            again.filter(|_| !last).map_or(Outcome::Dead, |pause| Outcome::Again(now + pause))
        };
        let outcome = match ended {
            Ended::Well(output) => Outcome::Done(output),
            Ended::Noted => {
                self.tell(job, JobState::Done, 100, "");
                return Ok(());
            }
            Ended::Failed(reason) => failed(reason, None),
            Ended::GivenUp => Outcome::Dead,
            Ended::Hindered(error) => failed(error.to_string(), Some(pause(job.attempts, &error))),
            Ended::OutOfTime(limit) => {
                let error = Error::Unavailable(String::new());
                failed(
                    format!("took longer than {} s", limit.hard.as_secs_f64()),
                    Some(pause(job.attempts, &error)),
                )
            }
            Ended::Cancelled => Outcome::Cancelled,
            Ended::Interrupted => Outcome::Released,
            Ended::Lost => {
                tracing::warn!(job = %job.id, kind = job.kind, "a job's lease was lost; another worker has it");
                return Ok(());
            }
        };
        let mut tx = self.db().begin().await?;
        let ours = store::jobs::end(&mut tx, job, &outcome, &errors, now).await?;
        tx.commit().await?;
        if !ours {
            return Err(lease_lost());
        }
        let error = errors.last().map(|failure| failure.reason.as_str()).unwrap_or_default();
        match &outcome {
            Outcome::Again(at) => {
                tracing::warn!(job = %job.id, kind = job.kind, error, %at, "a job is tried again later");
            }
            Outcome::Dead => {
                tracing::error!(job = %job.id, kind = job.kind, error, "a job is dead");
                let tries = job.attempts.min(job.max_attempts);
                self.alerts().job_died(&job.kind, job.id, tries, error).await;
            }
            Outcome::Done(_) | Outcome::Released | Outcome::Cancelled => {}
        }
        self.tell(job, outcome.state(), if outcome.state() == JobState::Done { 100 } else { 0 }, "");
        Ok(())
    }
}

/// The jobs that this process has in hand.
struct Hands<'a> {
    engine: &'a Engine,
    settings: Arc<Settings>,
    stopping: CancellationToken,
    working: JoinSet<Uuid>,
    held: HashMap<Uuid, Hand>,
}

/// One of them.
struct Hand {
    queue: Queue,
    /// Beyond the workers of its queue.
    extra: bool,
    /// Tells it to stop.
    cancel: CancellationToken,
}

impl Hands<'_> {
    fn let_go(&mut self, ended: std::result::Result<Uuid, tokio::task::JoinError>) {
        match ended {
            Ok(job) => drop(self.held.remove(&job)),
            // The work itself is caught, so this is our own mistake; the job's lease will run out.
            Err(error) => tracing::error!(%error, "a worker broke"),
        }
    }

    async fn take(&mut self) -> Result<()> {
        while let Some(ended) = self.working.try_join_next() {
            self.let_go(ended);
        }
        if !self.held.is_empty() {
            for id in store::jobs::asked_to_stop(self.engine.db()).await? {
                if let Some(hand) = self.held.get(&id) {
                    hand.cancel.cancel();
                }
            }
        }
        let count = |waiting: i64| usize::try_from(waiting).unwrap_or(usize::MAX);
        for due in store::jobs::due(self.engine.db(), self.engine.clock().now(), URGENT).await? {
            let workers = self.settings.workers.get(&due.queue).copied().unwrap_or(0);
            let free = workers.saturating_sub(self.busy(|hand| hand.queue == due.queue && !hand.extra));
            self.take_from(due.queue, free.min(count(due.count)), false).await?;
            if workers > 0 {
                // What a person waits for right now does not queue behind an hour of work.
                let free = self.settings.urgent.saturating_sub(self.busy(|hand| hand.extra));
                self.take_from(due.queue, free.min(count(due.urgent)), true).await?;
            }
        }
        Ok(())
    }

    fn busy(&self, counts: impl Fn(&Hand) -> bool) -> usize {
        self.held.values().filter(|hand| counts(hand)).count()
    }

    async fn take_from(&mut self, queue: Queue, most: usize, extra: bool) -> Result<()> {
        let at_least = if extra { URGENT } else { ANY_PRIORITY };
        let (mut taken, mut snatched) = (0, 0);
        while taken < most && snatched < SNATCHED {
            let now = self.engine.clock().now();
            let until = now + lease(&self.settings);
            match store::jobs::lease(self.engine.db(), queue, at_least, now, until).await? {
                Some(job) => {
                    taken += 1;
                    self.start(queue, job, extra);
                }
                None => snatched += 1,
            }
        }
        Ok(())
    }

    fn start(&mut self, queue: Queue, job: Leased, extra: bool) {
        let (engine, settings, stopping) =
            (self.engine.clone(), self.settings.clone(), self.stopping.clone());
        let (id, cancel) = (job.id, CancellationToken::new());
        self.held.insert(id, Hand { queue, extra, cancel: cancel.clone() });
        self.working.spawn(async move {
            engine.work(job, &settings, &cancel, &stopping).await;
            id
        });
    }
}

/// How a try came to its end.
enum Ended {
    /// With this output, to be noted.
    Well(Value),
    /// The job noted it itself.
    Noted,
    /// For good.
    Failed(String),
    /// Its worker vanished at the last of its tries; its errors say so already.
    GivenUp,
    /// By something that may pass.
    Hindered(Error),
    OutOfTime(Limit),
    Cancelled,
    Interrupted,
    /// Somebody else has it.
    Lost,
}

impl Ended {
    /// As it is counted.
    fn word(&self) -> &'static str {
        match self {
            Ended::Well(_) | Ended::Noted => "done",
            Ended::Failed(_) | Ended::GivenUp => "failed",
            Ended::Hindered(_) => "hindered",
            Ended::OutOfTime(_) => "out_of_time",
            Ended::Cancelled => "cancelled",
            Ended::Interrupted => "interrupted",
            Ended::Lost => "lost",
        }
    }

    fn of(
        result: std::result::Result<Result<Value>, Box<dyn std::any::Any + Send>>,
        finished: bool,
        cancel: &CancellationToken,
        stopping: &CancellationToken,
    ) -> Ended {
        match result {
            Err(_) => Ended::Failed("the job panicked".into()),
            Ok(Ok(_)) if finished => Ended::Noted,
            Ok(Ok(output)) => Ended::Well(output),
            Ok(Err(_)) if cancel.is_cancelled() => Ended::Cancelled,
            Ok(Err(_)) if stopping.is_cancelled() => Ended::Interrupted,
            Ok(Err(error)) if error.is_transient() => Ended::Hindered(error),
            Ok(Err(error)) => Ended::Failed(error.to_string()),
        }
    }
}

/// Tells the job when it should end, and returns when it has to.
async fn patience(
    run: &Run<'_>,
    limit: Limit,
    settings: &Settings,
    cancel: &CancellationToken,
    stopping: &CancellationToken,
) -> Ended {
    let told = |reason: Ended| async move {
        run.told_to_stop().cancel();
        sleep(settings.grace).await;
        reason
    };
    let soft = async {
        sleep(limit.soft).await;
        run.told_to_stop().cancel();
        std::future::pending().await
    };
    tokio::select! {
        () = sleep(limit.hard) => Ended::OutOfTime(limit),
        ended = soft => ended,
        ended = async { cancel.cancelled().await; told(Ended::Cancelled).await } => ended,
        ended = async { stopping.cancelled().await; told(Ended::Interrupted).await } => ended,
    }
}

fn lease(settings: &Settings) -> Duration {
    Duration::from_std(settings.lease).unwrap_or(Duration::seconds(25))
}

/// Twice as long after each failure, give or take a quarter, so that many do not come back at once; and never
/// sooner than whoever refused has asked for.
fn pause(attempts: i64, error: &Error) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or(0);
    let pause = (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST);
    let milliseconds = pause.num_milliseconds() as f64 * rand::random_range(0.75..1.25);
    let pause = Duration::milliseconds(milliseconds as i64);
    match error {
        Error::Limited { retry_after_s } => {
            pause.max(Duration::seconds(i64::try_from(*retry_after_s).unwrap_or(i64::MAX / 1000)))
        }
        _ => pause,
    }
}
