//! Queueing work.

use super::{Job, Jobs};
use crate::{
    Result,
    store::{self, Tx, jobs::NewJob},
};
use chrono::{DateTime, Utc};
use domain::{TenantId, job::Queue};
use serde_json::Value;
use uuid::Uuid;

/// A job to be queued: at once, once and for nobody in particular, unless said otherwise.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    kind: &'static str,
    queue: Queue,
    payload: Value,
    max_attempts: u32,
    tenant: Option<TenantId>,
    unique_key: Option<String>,
    priority: i64,
    run_at: Option<DateTime<Utc>>,
}

/// The priority of what a person waits for right now: it starts although all workers of its queue are busy.
pub(crate) const URGENT: i64 = 100;

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// The job that will do it.
    pub id: Uuid,
    /// False when one with the same unique key waited or ran already.
    pub new: bool,
}

impl Order {
    /// An order for this work.
    ///
    /// # Errors
    /// When it can not be written as JSON.
    pub(crate) fn new<J: Job>(job: &J) -> Result<Order> {
        Ok(Order {
            kind: J::KIND,
            queue: J::QUEUE,
            payload: serde_json::to_value(job)?,
            max_attempts: J::MAX_ATTEMPTS,
            tenant: None,
            unique_key: None,
            priority: 0,
            run_at: None,
        })
    }

    /// The kind of the job.
    #[cfg(test)]
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whose work it is: their progress events, and gone with the tenant.
    pub(crate) fn tenant(self, tenant: TenantId) -> Order {
        Order { tenant: Some(tenant), ..self }
    }

    /// At most one waiting or running job has this key. The dead and the done do not count. Keys are shared by
    /// all kinds and tenants, so begin with the kind, and name the tenant where there is one.
    pub(crate) fn key(self, key: impl Into<String>) -> Order {
        Order { unique_key: Some(key.into()), ..self }
    }

    /// [`Order::key`], where none was given.
    pub(super) fn key_if_none(self, key: impl FnOnce() -> String) -> Order {
        Order { unique_key: Some(self.unique_key.unwrap_or_else(key)), ..self }
    }

    /// Higher goes first; 0 otherwise. See [`URGENT`].
    pub(crate) fn priority(self, priority: i64) -> Order {
        Order { priority, ..self }
    }

    /// Not before this.
    #[allow(dead_code)] // for the kinds to come
    pub(crate) fn at(self, run_at: DateTime<Utc>) -> Order {
        Order { run_at: Some(run_at), ..self }
    }

    fn written_at(self, now: DateTime<Utc>) -> NewJob {
        NewJob {
            tenant: self.tenant,
            queue: self.queue,
            kind: self.kind,
            payload: self.payload,
            unique_key: self.unique_key,
            max_attempts: i64::from(self.max_attempts),
            priority: self.priority,
            run_at: self.run_at.unwrap_or(now),
            created_at: now,
        }
    }
}

impl Jobs<'_> {
    /// Queues a job in the transaction that makes it necessary: it exists exactly when the data does.
    /// [`Jobs::wake`] after the commit starts it at once.
    pub(crate) async fn enqueue_in(&self, tx: &mut Tx, order: Order) -> Result<Ticket> {
        let (id, new) = store::jobs::insert(tx, &order.written_at(self.0.clock().now())).await?;
        Ok(Ticket { id, new })
    }

    /// Queues a job by itself and wakes the runner of this process.
    pub(crate) async fn enqueue(&self, order: Order) -> Result<Ticket> {
        let mut tx = self.0.db().begin().await?;
        let ticket = self.enqueue_in(&mut tx, order).await?;
        tx.commit().await?;
        self.wake();
        Ok(ticket)
    }
}
