//! Jobs that leave a trace each time they are done, for tests that kill whoever does them.

use crate::{
    Engine, Result,
    jobs::{Job, Order, Run},
    store::{Db, scratch},
};
use domain::job::Queue;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A job that takes a while, then notes its number and its own end in one transaction.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LeaveTrace {
    number: i64,
    takes_ms: u64,
}

impl Job for LeaveTrace {
    const KIND: &'static str = "leave_trace";
    const QUEUE: Queue = Queue::MarketData;
    const MAX_ATTEMPTS: u32 = 10_000;
    type Output = ();

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<()> {
        let half = Duration::from_millis(self.takes_ms / 2);
        tokio::time::sleep(half).await;
        run.progress(50, "half way").await?;
        tokio::time::sleep(half).await;
        let mut tx = engine.db().begin().await?;
        scratch::leave_trace(&mut tx, self.number).await?;
        run.finish(&mut tx, &()).await?;
        tx.commit().await
    }
}

/// Queues jobs numbered from 0 that take so long each, on a database that keeps traces from now on.
pub async fn queue_traces(engine: &Engine, count: i64, takes: Duration) {
    scratch::keep_traces(engine.db()).await.expect("makes the table");
    let takes_ms = u64::try_from(takes.as_millis()).expect("is short");
    let mut tx = engine.db().begin().await.expect("begins");
    for number in 0..count {
        let order = Order::new(&LeaveTrace { number, takes_ms }).expect("is an order");
        engine.jobs().enqueue_in(&mut tx, order).await.expect("queues");
    }
    tx.commit().await.expect("commits");
}

/// Every trace that was left, sorted; a number stands there as often as its job had effects.
pub async fn traces(db: &Db) -> Vec<i64> {
    scratch::traces(db).await.expect("reads")
}
