//! Reports: who may have them made and read them, what is kept of each, who gets them by mail.
//!
//! A report is a row, a job that makes it, and a PDF in the object store under ids alone. What it says is written by
//! `domain::report`, how it looks is `pdf`. Whoever reads one is asked for their permission again, each time.

mod build;
mod gather;
mod held;
mod post;
mod unsubscribe;

pub(crate) use build::Built;
pub use unsubscribe::Leaving;

use crate::{
    Cx, Engine, Error, Result,
    jobs::{BuildReport, Order, URGENT},
    objects::Key,
    store,
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{
    Permission, Role,
    portfolio::PortfolioId,
    report::{Paper, Preferences, ReportId, ReportInfo, State},
};
use serde_json::json;
use uuid::Uuid;

/// The newest of them are shown.
const SHOWN: i64 = 100;

const GONE: Error = Error::NotFound("the report");

/// The reports of an [`Engine`].
pub struct Reports<'a>(&'a Engine);

impl Engine {
    /// The reports of a tenant.
    pub fn reports(&self) -> Reports<'_> {
        Reports(self)
    }
}

/// A report that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ordered {
    /// Which.
    pub report_id: ReportId,
    /// The job that makes it.
    pub job_id: Uuid,
}

impl Reports<'_> {
    /// The newest reports of the caller's tenant, at most a hundred.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<ReportInfo>> {
        cx.require(Permission::Read, "see reports")?;
        store::reports::list(self.0.db(), cx, SHOWN).await
    }

    /// One report.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for a report of another tenant, here and in every call below.
    pub async fn get(&self, cx: &Cx, id: ReportId) -> Result<ReportInfo> {
        cx.require(Permission::Read, "see reports")?;
        store::reports::one(self.0.db(), cx, id).await?.ok_or(GONE)
    }

    /// The PDF of a report, held against the hash that was kept when it was made.
    ///
    /// # Errors
    /// [`Error::Conflict`] while it is not made, [`Error::Internal`] when the store gives back something else.
    pub async fn pdf(&self, cx: &Cx, id: ReportId) -> Result<(ReportInfo, Bytes)> {
        let report = self.get(cx, id).await?;
        let Some(made) = &report.made else {
            return Err(Error::Conflict(match report.state {
                State::Failed => "this report could not be made".into(),
                State::Building | State::Ready => "this report is still being made".into(),
            }));
        };
        let bytes = self.0.objects().get(&Key::report(cx, id)).await?.ok_or(GONE)?;
        if build::hash(&bytes) != made.sha256 {
            return Err(Error::Internal(format!("the PDF of report {} is not the one that was made", id.0)));
        }
        Ok((report, bytes))
    }

    /// Has a report made: of a portfolio, or of the market and the watchlist. One that is on its way already is
    /// the answer to a second wish for it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a portfolio of another tenant.
    pub async fn make(
        &self,
        cx: &Cx,
        portfolio: Option<PortfolioId>,
        paper: Option<Paper>,
    ) -> Result<Ordered> {
        cx.require(Permission::Edit, "have reports made")?;
        self.check_portfolio(cx, portfolio).await?;
        let paper = match paper {
            Some(paper) => paper,
            None => self.preferences(cx).await?.paper,
        };
        let (engine, id) = (self.0, ReportId(Uuid::now_v7()));
        let now = engine.clock().now();
        let job = BuildReport::on_demand(cx, id);
        let about = portfolio.map_or("market".to_string(), |portfolio| portfolio.to_string());
        let key = format!("build_report:{}:{}:{about}:{}", cx.tenant.0, cx.user.0, paper.as_str());
        let order = Order::new(&job)?.tenant(cx.tenant).key(key).priority(URGENT);
        let mut tx = engine.db().begin_for(cx).await?;
        let ticket = engine.jobs().enqueue_in(&mut tx, order).await?;
        if !ticket.new
            && let Some(known) = store::reports::of_job(&mut tx, cx, ticket.id).await?
        {
            return Ok(Ordered { report_id: known, job_id: ticket.id });
        }
        let new = store::reports::New { id, portfolio, paper, slot: None, job: ticket.id, at: now };
        store::reports::insert(&mut tx, cx, &new).await?;
        let detail = json!({ "portfolio": portfolio, "paper": paper });
        store::audit::insert(&mut tx, cx, now, "report.make", &id.0.to_string(), detail).await?;
        tx.commit().await?;
        engine.jobs().wake();
        Ok(Ordered { report_id: id, job_id: ticket.id })
    }

    /// Removes a report and its PDF.
    pub async fn delete(&self, cx: &Cx, id: ReportId) -> Result<()> {
        cx.require(Permission::Edit, "remove reports")?;
        self.get(cx, id).await?;
        // The file first: a row without a file says so, a file without a row would stay for ever.
        self.0.objects().delete(&Key::report(cx, id)).await?;
        let mut tx = self.0.db().begin_for(cx).await?;
        store::reports::delete(&mut tx, cx, id).await?;
        let (now, subject) = (self.0.clock().now(), id.0.to_string());
        store::audit::insert(&mut tx, cx, now, "report.delete", &subject, json!({})).await?;
        tx.commit().await
    }

    /// What the caller wants of reports.
    pub async fn preferences(&self, cx: &Cx) -> Result<Preferences> {
        cx.require(Permission::Read, "see reports")?;
        store::reports::preferences(self.0.db(), cx).await
    }

    /// What the caller wants from now on. It is about their own mail, so whoever may read may say it.
    pub async fn prefer(&self, cx: &Cx, wish: Preferences) -> Result<Preferences> {
        cx.require(Permission::Read, "see reports")?;
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        store::reports::prefer(&mut tx, cx, wish, now).await?;
        let subject = cx.user.0.to_string();
        store::audit::insert(&mut tx, cx, now, "report.prefer", &subject, json!(wish)).await?;
        tx.commit().await?;
        Ok(wish)
    }

    /// Removes reports that are older, of every tenant, or with `dry_run` only counts them.
    pub(crate) async fn retire(&self, before: DateTime<Utc>, dry_run: bool) -> Result<u64> {
        const AT_ONCE: i64 = 200;
        const MOST: i64 = 100_000;
        if dry_run {
            return Ok(store::reports::old(self.0.db(), before, MOST).await?.len() as u64);
        }
        let mut removed = 0;
        loop {
            let old = store::reports::old(self.0.db(), before, AT_ONCE).await?;
            if old.is_empty() {
                return Ok(removed);
            }
            for (tenant, user, id) in old {
                let cx = Cx { tenant, user, role: Role::Owner, request: "retention".into() };
                self.0.objects().delete(&Key::report(&cx, id)).await?;
                let mut tx = self.0.db().begin_for(&cx).await?;
                store::reports::delete(&mut tx, &cx, id).await?;
                tx.commit().await?;
                removed += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
