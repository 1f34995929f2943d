//! Makes one report: one that somebody asked for, or somebody's morning.

use super::{Job, Member, Run};
use crate::{Cx, Engine, Result, reports::Built};
use chrono::{DateTime, Utc};
use domain::{TenantId, UserId, job::Queue, report::ReportId};
use serde::{Deserialize, Serialize};

/// Which report.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BuildReport {
    pub(crate) tenant_id: TenantId,
    pub(crate) user_id: UserId,
    /// The row that waits for it, of a report on demand.
    pub(crate) report_id: Option<ReportId>,
    /// The slot of a morning; mailed when it is made.
    pub(crate) slot: Option<DateTime<Utc>>,
}

impl BuildReport {
    /// One that the caller asked for.
    pub(crate) fn on_demand(cx: &Cx, id: ReportId) -> BuildReport {
        BuildReport { tenant_id: cx.tenant, user_id: cx.user, report_id: Some(id), slot: None }
    }

    /// A reader's morning.
    pub(crate) fn of_morning(member: Member, slot: DateTime<Utc>) -> BuildReport {
        BuildReport { tenant_id: member.tenant, user_id: member.user, report_id: None, slot: Some(slot) }
    }
}

impl Job for BuildReport {
    const KIND: &'static str = "build_report";
    const QUEUE: Queue = Queue::Reports;
    type Output = Option<Built>;

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<Option<Built>> {
        engine.reports().build(&self, run).await
    }
}
