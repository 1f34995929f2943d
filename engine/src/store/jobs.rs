//! Durable jobs.

use crate::{
    error::Result,
    store::{Db, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::TenantId;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// A job to be done, written in the transaction that makes it necessary.
#[derive(Debug, Clone)]
pub(crate) struct NewJob {
    pub(crate) tenant: Option<TenantId>,
    pub(crate) queue: &'static str,
    pub(crate) kind: &'static str,
    /// Ids only: the job reads the rest when it runs.
    pub(crate) payload: Value,
    /// At most one queued or running job has it.
    pub(crate) unique_key: Option<String>,
    pub(crate) max_attempts: i64,
    pub(crate) run_at: DateTime<Utc>,
}

const INSERT: &str = "
insert into jobs (tenant_id, id, queue, kind, payload, unique_key, state, max_attempts, errors, run_at, created_at)
values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9, $9)
on conflict do nothing";

/// Enqueues a job; one with the same unique key that waits or runs already is enough.
pub(crate) async fn insert(tx: &mut crate::store::Tx, job: &NewJob) -> Result<()> {
    on_tx!(tx, |conn| {
        sqlx::query(INSERT)
            .bind(job.tenant.map(|tenant| tenant.0))
            .bind(Uuid::now_v7())
            .bind(job.queue)
            .bind(job.kind)
            .bind(Json(&job.payload))
            .bind(&job.unique_key)
            .bind(job.max_attempts)
            .bind(Json(Vec::<String>::new()))
            .bind(job.run_at)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

/// A job somebody holds the lease of.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Leased {
    pub(crate) id: Uuid,
    pub(crate) tenant_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) payload: Json<Value>,
    /// Counts this one; also proves the lease, since another lease counts up again.
    pub(crate) attempts: i64,
    pub(crate) max_attempts: i64,
    pub(crate) errors: Json<Vec<String>>,
}

/// The condition is said twice: on PostgreSQL the second of two workers waits for the first one's row and then
/// looks at the outer condition again.
const LEASE: &str = "
update jobs
set state = 'running', attempts = attempts + 1, leased_until = $2
where id = (
  select id
  from jobs
  where (state = 'queued' and run_at <= $1) or (state = 'running' and leased_until < $1)
  order by run_at, id
  limit 1
) and ((state = 'queued' and run_at <= $1) or (state = 'running' and leased_until < $1))
returning id, tenant_id, kind, payload, attempts, max_attempts, errors";

/// Takes the oldest due job, or one whose worker vanished; it is ours until `until`.
pub(crate) async fn lease(db: &Db, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Leased>> {
    let mut tx = db.begin().await?;
    let found =
        on_tx!(&mut tx, |conn| sqlx::query_as(LEASE).bind(now).bind(until).fetch_optional(conn).await)?;
    tx.commit().await?;
    Ok(found)
}

const DUE: &str = "
select count(*)
from jobs
where (state = 'queued' and run_at <= $1) or (state = 'running' and leased_until < $1)";

/// How many jobs wait for a worker; asked before [`lease`], so that an idle runner never takes the writer.
pub(crate) async fn due(db: &Db, now: DateTime<Utc>) -> Result<i64> {
    Ok(on_read!(db, |pool| sqlx::query_scalar(DUE).bind(now).fetch_one(pool).await)?)
}

const PROGRESS: &str = "
update jobs
set leased_until = $3, percent = coalesce($4, percent), step = coalesce($5, step)
where id = $1 and state = 'running' and attempts = $2";

/// Renews the lease, and says how far it is where that is known; false when the lease is lost.
pub(crate) async fn renew(
    db: &Db,
    job: &Leased,
    until: DateTime<Utc>,
    progress: Option<(u8, &str)>,
) -> Result<bool> {
    let mut tx = db.begin().await?;
    let changed = on_tx!(&mut tx, |conn| {
        sqlx::query(PROGRESS)
            .bind(job.id)
            .bind(job.attempts)
            .bind(until)
            .bind(progress.map(|(percent, _)| i64::from(percent)))
            .bind(progress.map(|(_, step)| step))
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    tx.commit().await?;
    Ok(changed == 1)
}

/// How a run of a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is done.
    Done,
    /// It waits for another try.
    Again(DateTime<Utc>),
    /// It will not be tried again.
    Dead,
}

const END: &str = "
update jobs
set state = $3, errors = $4, run_at = coalesce($5, run_at), finished_at = $6, leased_until = null,
  percent = case when $3 = 'done' then 100 else percent end
where id = $1 and state = 'running' and attempts = $2";

/// Ends a run with all errors so far; false when the lease is lost.
pub(crate) async fn end(
    db: &Db,
    job: &Leased,
    outcome: Outcome,
    errors: &[String],
    now: DateTime<Utc>,
) -> Result<bool> {
    let (state, run_at, finished_at) = match outcome {
        Outcome::Done => ("done", None, Some(now)),
        Outcome::Again(at) => ("queued", Some(at), None),
        Outcome::Dead => ("dead", None, Some(now)),
    };
    let mut tx = db.begin().await?;
    let changed = on_tx!(&mut tx, |conn| {
        sqlx::query(END)
            .bind(job.id)
            .bind(job.attempts)
            .bind(state)
            .bind(Json(errors))
            .bind(run_at)
            .bind(finished_at)
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    tx.commit().await?;
    Ok(changed == 1)
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

const DEAD: &str = "
select kind, errors
from jobs
where state = 'dead'
order by finished_at desc, id
limit $1";

/// The dead letters, newest first, with every error.
pub(crate) async fn dead(db: &Db, limit: i64) -> Result<Vec<(String, Vec<String>)>> {
    let found: Vec<(String, Json<Vec<String>>)> =
        on_read!(db, |pool| sqlx::query_as(DEAD).bind(limit).fetch_all(pool).await)?;
    Ok(found.into_iter().map(|(kind, errors)| (kind, errors.0)).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("LEASE", LEASE),
    ("DUE", DUE),
    ("PROGRESS", PROGRESS),
    ("END", END),
    ("STATES", STATES),
    ("DEAD", DEAD),
];
