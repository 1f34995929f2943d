//! Durable jobs.

use crate::{error::Result, store::on_tx};
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

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("INSERT", INSERT)];
