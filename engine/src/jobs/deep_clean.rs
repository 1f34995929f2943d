//! Once a week: what is too old once more, and then the database's own upkeep.

use super::{Job, Limit, Run};
use crate::{Engine, Result, retention::Removed, store};
use serde::{Deserialize, Serialize};

/// For the whole installation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DeepClean {}

impl Job for DeepClean {
    const KIND: &'static str = "deep_clean";
    const LIMIT: Limit = Limit::LONG;
    const MAX_ATTEMPTS: u32 = 2;
    type Output = Vec<Removed>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Vec<Removed>> {
        run.progress(10, "Removing what is too old").await?;
        let removed = engine.retention().clean_up(false).await?;
        run.progress(50, "Tidying the database").await?;
        store::upkeep::tidy(engine.db()).await?;
        Ok(removed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        jobs::Order,
        testing::{for_each_engine, now},
    };
    use domain::{
        job::JobState,
        ops_alert::{Level, Notice},
    };

    #[tokio::test]
    async fn once_a_week_old_alerts_that_were_seen_go_and_the_database_tidies_itself() {
        for_each_engine(|engine| async move {
            for key in ["over", "open"] {
                engine.alerts().raise(Notice::new(Level::Warning, key, "Something", "is wrong")).await;
            }
            engine.alerts().over("over").await.unwrap();
            engine.jobs().enqueue(Order::new(&DeepClean {}).unwrap()).await.unwrap();
            assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
            let filter = crate::jobs::JobFilter { limit: 5, ..Default::default() };
            assert_eq!(engine.jobs().list_any(filter).await.unwrap()[0].state, JobState::Done);
            let retire = async |before| {
                let mut tx = engine.db().begin().await.unwrap();
                let gone = store::ops_alerts::retire(&mut tx, before, false).await.unwrap();
                tx.commit().await.unwrap();
                gone
            };
            assert_eq!(retire(now()).await, 0, "seen just now");
            assert_eq!(retire(now() + chrono::Duration::seconds(1)).await, 1, "the open one stays");
        })
        .await;
    }
}
