//! Durable jobs, as those who queue them and those who do them see them.

use crate::{
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{
    TenantId,
    job::{Failure, JobState, Queue},
};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// A job to be done, written in the transaction that makes it necessary.
#[derive(Debug, Clone)]
pub(crate) struct NewJob {
    pub(crate) tenant: Option<TenantId>,
    pub(crate) queue: Queue,
    pub(crate) kind: &'static str,
    /// Ids only: the job reads the rest when it runs.
    pub(crate) payload: Value,
    /// At most one queued or running job has it.
    pub(crate) unique_key: Option<String>,
    pub(crate) max_attempts: i64,
    /// Higher goes first.
    pub(crate) priority: i64,
    pub(crate) run_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
}

const INSERT: &str = "
insert into jobs
  (tenant_id, id, queue, kind, payload, unique_key, state, max_attempts, priority, errors, run_at, created_at, changed_at)
values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9, $10, $11, $11)
on conflict do nothing";

const HOLDER: &str = "
select id
from jobs
where unique_key = $1 and state in ('queued', 'running')";

/// Enqueues a job; one with the same unique key that waits or runs already is enough. The id, and whether it is
/// the new one's.
pub(crate) async fn insert(tx: &mut Tx, job: &NewJob) -> Result<(Uuid, bool)> {
    loop {
        let id = Uuid::now_v7();
        let added = execute!(
            tx,
            INSERT,
            job.tenant.map(|tenant| tenant.0),
            id,
            job.queue.as_str(),
            job.kind,
            Json(&job.payload),
            &job.unique_key,
            job.max_attempts,
            job.priority,
            Json(Vec::<Failure>::new()),
            job.run_at,
            job.created_at
        )? == 1;
        if added {
            return Ok((id, true));
        }
        let holder = on_tx!(tx, |conn| {
            sqlx::query_scalar(HOLDER).bind(&job.unique_key).fetch_optional(conn).await
        })?;
        // The one in the way may have ended in between; then there is room for ours.
        if let Some(holder) = holder {
            return Ok((holder, false));
        }
    }
}

/// A job somebody holds the lease of.
#[derive(Debug, Clone, sqlx_macros::FromRow)]
pub(crate) struct Leased {
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) queue: String,
    pub(crate) kind: String,
    pub(crate) payload: Json<Value>,
    /// Counts this one.
    pub(crate) attempts: i64,
    pub(crate) max_attempts: i64,
    /// Proves the lease: the next one counts up.
    pub(crate) leases: i64,
    pub(crate) errors: Json<Vec<Failure>>,
}

const NEXT: &str = "
select id, state
from jobs
where queue = $1 and priority >= $3
  and ((state = 'queued' and run_at <= $2) or (state = 'running' and leased_until < $2))
order by priority desc, run_at, id
limit 1";

/// The condition of [`NEXT`] is said again: on PostgreSQL the second of two workers waits for the first one's row and
/// then looks at it anew.
const LEASE: &str = "
update jobs
set state = 'running', attempts = attempts + 1, leases = leases + 1, leased_until = $3, started_at = $2,
  changed_at = $2
where id = $1 and state = $4
  and ((state = 'queued' and run_at <= $2) or (state = 'running' and leased_until < $2))
returning id, tenant_id, queue, kind, payload, attempts, max_attempts, leases, errors";

const NOTE_ERRORS: &str = "
update jobs
set errors = $2
where id = $1";

/// Why a try failed that nobody ended.
const VANISHED: &str = "the worker vanished";

/// Takes the most urgent due job of a queue, or one whose worker vanished, if its priority is at least that; it
/// is ours until `until`. A try whose worker vanished is among its errors then.
pub(crate) async fn lease(
    db: &Db,
    queue: Queue,
    at_least: i64,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Leased>> {
    let mut tx = db.begin().await?;
    let next: Option<(Uuid, String)> = on_tx!(&mut tx, |conn| {
        sqlx::query_as(NEXT).bind(queue.as_str()).bind(now).bind(at_least).fetch_optional(conn).await
    })?;
    let Some((id, state)) = next else { return Ok(None) };
    let leased: Option<Leased> = on_tx!(&mut tx, |conn| {
        sqlx::query_as(LEASE).bind(id).bind(now).bind(until).bind(&state).fetch_optional(conn).await
    })?;
    let Some(mut job) = leased else { return Ok(None) };
    if state == JobState::Running.as_str() {
        let attempt = u32::try_from(job.attempts - 1).unwrap_or(u32::MAX);
        job.errors.0.push(Failure { attempt, at: now, reason: VANISHED.into() });
        execute!(&mut tx, NOTE_ERRORS, id, Json(&job.errors.0))?;
    }
    tx.commit().await?;
    Ok(Some(job))
}

const DUE: &str = "
select queue, count(*), count(case when priority >= $2 then 1 end)
from jobs
where ((state = 'queued' and run_at <= $1) or (state = 'running' and leased_until < $1))
  and queue not in (select name from queues where paused_at is not null)
group by queue
order by queue";

/// How many jobs wait for a worker in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) queue: Queue,
    pub(crate) count: i64,
    /// So many of them have at least the priority asked for.
    pub(crate) urgent: i64,
}

/// What waits in each queue that is not paused; asked before [`lease`], so that an idle runner never takes the
/// writer. Queues of a newer version are left to it.
pub(crate) async fn due(db: &Db, now: DateTime<Utc>, urgent: i64) -> Result<Vec<Due>> {
    let rows: Vec<(String, i64, i64)> =
        on_read!(db, |pool| sqlx::query_as(DUE).bind(now).bind(urgent).fetch_all(pool).await)?;
    let due = |(queue, count, urgent): (String, i64, i64)| {
        Some(Due { queue: Queue::parse(&queue)?, count, urgent })
    };
    Ok(rows.into_iter().filter_map(due).collect())
}

const RENEW: &str = "
update jobs
set leased_until = $3
where id = $1 and state = 'running' and leases = $2";

/// Renews the lease; false when it is lost.
pub(crate) async fn renew(db: &Db, job: &Leased, until: DateTime<Utc>) -> Result<bool> {
    let mut tx = db.begin().await?;
    let changed = execute!(&mut tx, RENEW, job.id, job.leases, until)?;
    tx.commit().await?;
    Ok(changed == 1)
}

const PROGRESS: &str = "
update jobs
set leased_until = $3, percent = $4, step = $5, changed_at = $6
where id = $1 and state = 'running' and leases = $2";

/// Says how far the job is, and renews the lease; false when it is lost.
pub(crate) async fn progress(
    db: &Db,
    job: &Leased,
    until: DateTime<Utc>,
    (percent, step): (u8, &str),
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut tx = db.begin().await?;
    let changed = execute!(&mut tx, PROGRESS, job.id, job.leases, until, i64::from(percent), step, now)?;
    tx.commit().await?;
    Ok(changed == 1)
}

const ASKED_TO_STOP: &str = "
select id
from jobs
where state = 'running' and cancel_asked_at is not null";

/// Running jobs that somebody wants to end.
pub(crate) async fn asked_to_stop(db: &Db) -> Result<Vec<Uuid>> {
    Ok(on_read!(db, |pool| sqlx::query_scalar(ASKED_TO_STOP).fetch_all(pool).await)?)
}

/// How a run of a job ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// It is done, with this to show for it.
    Done(Value),
    /// It waits for another try.
    Again(DateTime<Utc>),
    /// It was interrupted by the end of its worker: another one starts over, and this try does not count.
    Released,
    /// It will not be tried again.
    Dead,
    /// Somebody took it back.
    Cancelled,
}

impl Outcome {
    /// The state it leads to.
    pub(crate) fn state(&self) -> JobState {
        match self {
            Outcome::Done(_) => JobState::Done,
            Outcome::Again(_) | Outcome::Released => JobState::Queued,
            Outcome::Dead => JobState::Dead,
            Outcome::Cancelled => JobState::Cancelled,
        }
    }
}

const END: &str = "
update jobs
set state = $3, errors = $4, run_at = coalesce($5, run_at), finished_at = $6, result = $7, changed_at = $8,
  attempts = attempts - $9, leased_until = null, cancel_asked_at = null,
  percent = case when $3 = 'done' then 100 when $3 = 'queued' then 0 else percent end
where id = $1 and state = 'running' and leases = $2";

/// Ends a run with all errors so far, in the transaction of its effects; false when the lease is lost, and then
/// the effects must not last either.
pub(crate) async fn end(
    tx: &mut Tx,
    job: &Leased,
    outcome: &Outcome,
    errors: &[Failure],
    now: DateTime<Utc>,
) -> Result<bool> {
    let (run_at, finished_at, result) = match outcome {
        Outcome::Done(result) => (None, Some(now), Some(result).filter(|result| !result.is_null()).map(Json)),
        Outcome::Again(at) => (Some(*at), None, None),
        Outcome::Released => (Some(now), None, None),
        Outcome::Dead | Outcome::Cancelled => (None, Some(now), None),
    };
    let uncounted = i64::from(*outcome == Outcome::Released);
    Ok(execute!(
        tx,
        END,
        job.id,
        job.leases,
        outcome.state().as_str(),
        Json(errors),
        run_at,
        finished_at,
        result,
        now,
        uncounted
    )? == 1)
}

const CANCEL_QUEUED: &str = "
update jobs
set state = 'cancelled', finished_at = $2, changed_at = $2
where id = $1 and state = 'queued'";

const CANCEL_RUNNING: &str = "
update jobs
set cancel_asked_at = $2
where id = $1 and state = 'running'";

/// Takes a job back: a waiting one is cancelled at once, a running one is told; `None` when it is neither.
pub(crate) async fn cancel(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<Option<JobState>> {
    for (sql, state) in [(CANCEL_QUEUED, JobState::Cancelled), (CANCEL_RUNNING, JobState::Running)] {
        let changed = execute!(tx, sql, id, now)?;
        if changed == 1 {
            return Ok(Some(state));
        }
    }
    Ok(None)
}

const STATES: &str = "
select state, count(*)
from jobs
group by state
order by state";

/// How many jobs are in which state.
pub(crate) async fn states(db: &Db) -> Result<Vec<(String, i64)>> {
    Ok(on_read!(db, |pool| sqlx::query_as(STATES).fetch_all(pool).await)?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("HOLDER", HOLDER),
    ("NEXT", NEXT),
    ("LEASE", LEASE),
    ("NOTE_ERRORS", NOTE_ERRORS),
    ("DUE", DUE),
    ("RENEW", RENEW),
    ("PROGRESS", PROGRESS),
    ("ASKED_TO_STOP", ASKED_TO_STOP),
    ("END", END),
    ("CANCEL_QUEUED", CANCEL_QUEUED),
    ("CANCEL_RUNNING", CANCEL_RUNNING),
    ("STATES", STATES),
];
