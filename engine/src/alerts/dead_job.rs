//! What operators are told when a job fails for good.

use super::Alerts;
use crate::jobs::{BackUp, Job, SendAlert};
use domain::ops_alert::{Level, Notice};
use uuid::Uuid;

impl Alerts<'_> {
    /// A job of this kind is dead; without backups that is critical. Of an alert that could not go out only the
    /// dashboard tells, or it would go on for ever.
    pub(crate) async fn job_died(&self, kind: &str, id: Uuid, attempts: i64, error: &str) {
        if kind == SendAlert::KIND {
            return;
        }
        let subject = format!("A job failed for good: {kind}");
        let text = format!(
            "Tries: {attempts}.\nLast error: {error}\nJob: {id}\n\
             It is kept with all its errors and can be retried or discarded on the jobs page."
        );
        let level = if kind == BackUp::KIND { Level::Critical } else { Level::Warning };
        self.raise(Notice::new(level, format!("job_dead:{kind}"), subject, text)).await;
    }
}
