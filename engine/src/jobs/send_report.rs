//! Mails one report to its reader.

use super::{Job, Run};
use crate::{Engine, Result};
use domain::{TenantId, UserId, job::Queue, report::ReportId};
use serde::{Deserialize, Serialize};

/// Which report, to whom.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SendReport {
    pub(crate) tenant_id: TenantId,
    pub(crate) user_id: UserId,
    pub(crate) report_id: ReportId,
}

impl Job for SendReport {
    const KIND: &'static str = "send_report";
    const QUEUE: Queue = Queue::Reports;
    const MAX_ATTEMPTS: u32 = 6;
    type Output = ();

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<()> {
        engine.reports().send(&self, run).await
    }
}
