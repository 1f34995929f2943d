//! Jobs whose worker was killed in the middle of a try.

use super::*;

#[tokio::test]
async fn a_try_whose_worker_vanished_is_an_error_and_the_last_one_ends_the_job() {
    for_each_engine(|engine| async move {
        let now = engine.clock().now();
        let mut tx = engine.db().begin().await.unwrap();
        for max_attempts in [1, 2] {
            let job = NewJob {
                tenant: None,
                queue: Queue::Default,
                kind: Rehearsal::KIND,
                payload: json!({ "ends": "well" }),
                unique_key: None,
                max_attempts,
                priority: 0,
                run_at: now,
                created_at: now,
            };
            store::jobs::insert(&mut tx, &job).await.unwrap();
        }
        tx.commit().await.unwrap();
        vanish(&engine, Queue::Default).await;
        vanish(&engine, Queue::Default).await;
        engine.clock().advance(Duration::seconds(26));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 2);
        for job in all(&engine).await {
            let said: Vec<_> = job.errors.iter().map(|each| (each.attempt, each.reason.as_str())).collect();
            assert_eq!(said, [(1, "the worker vanished")], "{job:?}");
            let ended = if job.max_attempts == 1 { JobState::Dead } else { JobState::Done };
            assert_eq!(job.state, ended);
        }
    })
    .await;
}

#[tokio::test]
async fn quotes_whose_worker_was_killed_are_brought_by_the_next_one() {
    for_each_engine(|engine| async move {
        engine.jobs().enqueue(Order::new(&crate::jobs::SyncQuotes {}).unwrap()).await.unwrap();
        vanish(&engine, Queue::MarketData).await;
        engine.clock().advance(Duration::seconds(26));
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        assert_eq!(states(&engine).await, state("done", 1));
    })
    .await;
}

/// Somebody takes the next job of a queue and is never heard of again.
async fn vanish(engine: &Engine, queue: Queue) {
    let now = engine.clock().now();
    let until = now + Duration::seconds(25);
    store::jobs::lease(engine.db(), queue, i64::MIN, now, until).await.unwrap().unwrap();
}
