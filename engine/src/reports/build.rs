//! Makes one report.

use super::Reports;
use crate::{
    Cx, Error, Result,
    analysis::blocking,
    jobs::{BuildReport, Order, Run, SendReport},
    objects::Key,
    pdf::pdf,
    store,
};
use bytes::Bytes;
use domain::{
    Event,
    event::ReportDone,
    report::{Made, Report, ReportId, State},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// What a run of the job leaves behind.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Built {
    report_id: ReportId,
    sha256: String,
    size_bytes: i64,
    object: String,
}

/// SHA-256 in hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    crate::hex::hex(&Sha256::digest(bytes))
}

impl Reports<'_> {
    /// Makes the report of a job, once: what is ready stays as it is. `None` where there is nothing to make.
    pub(crate) async fn build(&self, job: &BuildReport, run: &Run<'_>) -> Result<Option<Built>> {
        let Some(cx) = self.caller(job, run).await? else {
            tracing::warn!(job = %run.id(), "the reader of a report has left");
            return Ok(None);
        };
        let Some(id) = self.row_of(&cx, job, run).await? else { return Ok(None) };
        let built = self.build_one(&cx, id, job, run).await;
        if let Err(error) = &built
            && (!error.is_transient() || run.is_last_try())
        {
            self.give_up(&cx, id, error).await?;
        }
        built
    }

    /// Whose report it is, with what they are in the tenant by now.
    async fn caller(&self, job: &BuildReport, run: &Run<'_>) -> Result<Option<Cx>> {
        let role = store::reports::role(self.0.db(), job.tenant_id, job.user_id).await?;
        let request = format!("job {}", run.id());
        Ok(role.map(|role| Cx { tenant: job.tenant_id, user: job.user_id, role, request }))
    }

    /// The report's row; of a morning it is made here, for those who still want it.
    async fn row_of(&self, cx: &Cx, job: &BuildReport, run: &Run<'_>) -> Result<Option<ReportId>> {
        let Some(slot) = job.slot else { return Ok(job.report_id) };
        let wish = self.preferences(cx).await?;
        if !wish.mail {
            return Ok(None);
        }
        let portfolio = self.main_portfolio(cx).await?;
        let (id, at) = (ReportId(uuid::Uuid::now_v7()), self.0.clock().now());
        let mut tx = self.0.db().begin_for(cx).await?;
        let new =
            store::reports::New { id, portfolio, paper: wish.paper, slot: Some(slot), job: run.id(), at };
        store::reports::insert(&mut tx, cx, &new).await?;
        let id = store::reports::of_slot(&mut tx, cx, slot).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn build_one(
        &self,
        cx: &Cx,
        id: ReportId,
        job: &BuildReport,
        run: &Run<'_>,
    ) -> Result<Option<Built>> {
        let engine = self.0;
        let Some(row) = store::reports::one(engine.db(), cx, id).await? else {
            tracing::warn!(report = %id.0, "a report that was to be made is gone");
            return Ok(None);
        };
        if row.state == State::Ready {
            return Ok(None);
        }
        run.progress(10, "Collecting figures").await?;
        let facts = self.facts(cx, row.portfolio_id).await?;
        run.progress(50, "Writing pages").await?;
        let at = engine.clock().now();
        let (report, bytes) = blocking(move || {
            let report = Report::of(&facts);
            pdf(&report, row.paper, at).map(|bytes| (report, bytes))
        })
        .await??;
        run.progress(80, "Storing").await?;
        let key = Key::report(cx, id);
        let made = Made {
            sha256: hash(&bytes),
            size_bytes: bytes.len() as i64,
            at,
            lead: report.lead.clone(),
            facts: report.facts.clone(),
        };
        engine.objects().put(&key, Bytes::from(bytes)).await?;
        let built = Built {
            report_id: id,
            sha256: made.sha256.clone(),
            size_bytes: made.size_bytes,
            object: key.to_string(),
        };
        let mut tx = engine.db().begin_for(cx).await?;
        store::reports::ready(&mut tx, cx, id, &report.subject, &made).await?;
        if job.slot.is_some() && engine.mailer().is_some() {
            let send = SendReport { tenant_id: cx.tenant, user_id: cx.user, report_id: id };
            let order =
                Order::new(&send)?.tenant(cx.tenant).key(format!("send_report:{}:{}", cx.tenant.0, id.0));
            engine.jobs().enqueue_in(&mut tx, order).await?;
        }
        run.finish(&mut tx, &built).await?;
        tx.commit().await?;
        engine.jobs().wake();
        self.tell(cx, id, State::Ready, &report.subject);
        Ok(Some(built))
    }

    async fn give_up(&self, cx: &Cx, id: ReportId, error: &Error) -> Result<()> {
        let problem = match error {
            Error::Internal(_) => "Something went wrong on our side. You can have it made again.".to_string(),
            other => format!("It could not be made: {other}."),
        };
        let mut tx = self.0.db().begin_for(cx).await?;
        store::reports::fail(&mut tx, cx, id, &problem).await?;
        tx.commit().await?;
        self.tell(cx, id, State::Failed, "");
        Ok(())
    }

    fn tell(&self, cx: &Cx, id: ReportId, state: State, subject: &str) {
        let done = ReportDone { report_id: id, state, subject: subject.to_string() };
        self.0.bus().publish_tenant(cx.tenant, Event::Report(done));
    }
}
