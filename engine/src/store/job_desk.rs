//! Durable jobs, as an operator sees them.

use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use domain::{
    TenantId,
    event::JobProgress,
    job::{Failure, JobInfo, JobState, Queue},
};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// From the index on `changed_at`.
const MOVED: &str = "
select id, tenant_id, queue, kind, state, percent, step
from jobs
where changed_at > $1
order by changed_at desc
limit $2";

#[derive(sqlx_macros::FromRow)]
struct MovedRow {
    id: Uuid,
    tenant_id: Option<Uuid>,
    queue: String,
    kind: String,
    state: String,
    percent: i64,
    step: String,
}

/// What became of jobs since a moment, oldest first, with whose they are. Those that only wait are left out.
pub(crate) async fn moved(
    db: &Db,
    since: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(Option<Uuid>, JobProgress)>> {
    let found: Vec<MovedRow> =
        on_read!(db, |pool| sqlx::query_as(MOVED).bind(since).bind(limit).fetch_all(pool).await)?;
    let told = |row: MovedRow| {
        let state = JobState::parse(&row.state).filter(|state| *state != JobState::Queued)?;
        let percent = match state {
            JobState::Done => 100,
            JobState::Running => u8::try_from(row.percent).unwrap_or(100),
            _ => 0,
        };
        let step = if state == JobState::Running { row.step } else { String::new() };
        let MovedRow { id, queue, kind, .. } = row;
        Some((row.tenant_id, JobProgress { id, queue, kind, state, percent, step }))
    };
    Ok(found.into_iter().rev().filter_map(told).collect())
}

const TENANT_OF: &str = "
select tenant_id
from jobs
where id = $1";

/// Whose job it is; `None` for nobody's, and for one that does not exist.
pub(crate) async fn tenant_of(db: &Db, id: Uuid) -> Result<Option<TenantId>> {
    let found: Option<Option<Uuid>> =
        on_read!(db, |pool| sqlx::query_scalar(TENANT_OF).bind(id).fetch_optional(pool).await)?;
    Ok(found.flatten().map(TenantId))
}

/// A job with everything an operator may see.
#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    queue: String,
    kind: String,
    state: String,
    tenant_id: Option<Uuid>,
    percent: i64,
    step: String,
    attempts: i64,
    max_attempts: i64,
    priority: i64,
    errors: Json<Vec<Failure>>,
    payload: Json<Value>,
    result: Option<Json<Value>>,
    run_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
}

impl Row {
    fn job(self) -> Result<JobInfo> {
        let state = JobState::parse(&self.state);
        let whole = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(JobInfo {
            id: self.id,
            queue: self.queue,
            kind: self.kind,
            state: state.ok_or_else(|| Error::Internal("jobs.state holds an unknown word".into()))?,
            tenant_id: self.tenant_id.map(TenantId),
            percent: u8::try_from(self.percent).unwrap_or(100),
            step: self.step,
            attempts: whole(self.attempts),
            max_attempts: whole(self.max_attempts),
            priority: i32::try_from(self.priority).unwrap_or(i32::MAX),
            errors: self.errors.0,
            payload: self.payload.0,
            result: self.result.map(|result| result.0),
            run_at: self.run_at,
            created_at: self.created_at,
            started_at: self.started_at,
            finished_at: self.finished_at,
        })
    }
}

/// Newest first; ids grow with time. Every filter stands aside when it is empty.
const LIST: &str = "
select id, queue, kind, state, tenant_id, percent, step, attempts, max_attempts, priority, errors, payload,
  result, run_at, created_at, started_at, finished_at
from jobs
where ($1 = '' or state = $1)
  and ($2 = '' or queue = $2)
  and ($3 = 0 or id < $4)
order by id desc
limit $5";

/// Jobs of a state and a queue, of all when they are `None`, newest first, before an id.
pub(crate) async fn list(
    db: &Db,
    state: Option<JobState>,
    queue: Option<Queue>,
    before: Option<Uuid>,
    limit: u32,
) -> Result<Vec<JobInfo>> {
    let rows: Vec<Row> = on_read!(db, |pool| {
        sqlx::query_as(LIST)
            .bind(state.map_or("", JobState::as_str))
            .bind(queue.map_or("", Queue::as_str))
            .bind(i64::from(before.is_some()))
            .bind(before.unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(Row::job).collect()
}

const ONE: &str = "
select id, queue, kind, state, tenant_id, percent, step, attempts, max_attempts, priority, errors, payload,
  result, run_at, created_at, started_at, finished_at
from jobs
where id = $1";

/// One job.
pub(crate) async fn one(db: &Db, id: Uuid) -> Result<Option<JobInfo>> {
    let row: Option<Row> = on_read!(db, |pool| sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)?;
    row.map(Row::job).transpose()
}

const RETRY: &str = "
update jobs
set state = 'queued', attempts = 0, run_at = $2, finished_at = null, changed_at = $2, percent = 0, step = ''
where id = $1 and state in ('dead', 'cancelled')
  and not exists (
    select 1
    from jobs other
    where other.unique_key = jobs.unique_key and other.state in ('queued', 'running'))";

/// Queues a job that ended badly again, its errors kept; false when it did not, or when another one has its key.
pub(crate) async fn retry(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    match execute!(tx, RETRY, id, now) {
        // Another one took the key in this very moment.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(false),
        done => Ok(done? == 1),
    }
}

const DISCARD: &str = "
delete from jobs
where id = $1 and state in ('dead', 'cancelled', 'done')";

/// Removes a job that has ended, with its errors; false when it has not.
pub(crate) async fn discard(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(execute!(tx, DISCARD, id)? == 1)
}

const FORGET: &str = "
delete from jobs
where state in ('done', 'cancelled') and finished_at < $1";

/// Removes what ended well, or was taken back, before a moment; how many.
pub(crate) async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    Ok(execute!(tx, FORGET, before)?)
}

const PAUSE: &str = "
insert into queues (name, paused_at)
values ($1, $2)
on conflict (name) do update set paused_at = excluded.paused_at";

/// Pauses a queue since a moment, or lets it go on.
pub(crate) async fn pause(tx: &mut Tx, queue: Queue, since: Option<DateTime<Utc>>) -> Result<()> {
    execute!(tx, PAUSE, queue.as_str(), since)?;
    Ok(())
}

const PAUSED: &str = "
select name, paused_at
from queues
where paused_at is not null";

/// Paused queues, each since when.
pub(crate) async fn paused(db: &Db) -> Result<Vec<(String, DateTime<Utc>)>> {
    Ok(on_read!(db, |pool| sqlx::query_as(PAUSED).fetch_all(pool).await)?)
}

const DEPTHS: &str = "
select queue, state, count(*), count(case when run_at > $1 then 1 end)
from jobs
where state in ('queued', 'running', 'dead')
group by queue, state";

/// How many jobs of a queue are in a state that lasts, and how many of them wait for their time.
pub(crate) async fn depths(db: &Db, now: DateTime<Utc>) -> Result<Vec<(String, String, i64, i64)>> {
    Ok(on_read!(db, |pool| sqlx::query_as(DEPTHS).bind(now).fetch_all(pool).await)?)
}

const ENDED: &str = "
select queue, state, started_at, finished_at
from jobs
where finished_at >= $1 and started_at is not null
order by finished_at desc
limit 20000";

/// A job that ended.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct EndedRow {
    pub(crate) queue: String,
    pub(crate) state: String,
    pub(crate) started_at: DateTime<Utc>,
    pub(crate) finished_at: DateTime<Utc>,
}

/// What ended since a moment, newest first, the latest 20,000.
pub(crate) async fn ended(db: &Db, since: DateTime<Utc>) -> Result<Vec<EndedRow>> {
    Ok(on_read!(db, |pool| sqlx::query_as(ENDED).bind(since).fetch_all(pool).await)?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("MOVED", MOVED),
    ("TENANT_OF", TENANT_OF),
    ("LIST", LIST),
    ("ONE", ONE),
    ("RETRY", RETRY),
    ("DISCARD", DISCARD),
    ("FORGET", FORGET),
    ("PAUSE", PAUSE),
    ("PAUSED", PAUSED),
    ("DEPTHS", DEPTHS),
    ("ENDED", ENDED),
];
