//! The record of a run, from its beginning to its end.

use super::{Ingest, tally::Tally, tally::in_words};
use crate::{
    Error, Result,
    accounts::Operator,
    jobs::{Order, RunEtl, Ticket, URGENT},
    provider::Capability,
    store,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource, RunStatus},
};
use uuid::Uuid;

/// No run takes longer: what is older and did not end was broken off.
const LONGEST: Duration = Duration::hours(1);

impl Ingest<'_> {
    pub(super) async fn begin(&self, source: EtlSource) -> Result<EtlRun> {
        let (id, now) = (Uuid::now_v7(), self.0.clock().now());
        let mut tx = self.0.db().begin().await?;
        store::etl_runs::end_abandoned(&mut tx, source, now - LONGEST, now).await?;
        store::etl_runs::begin(&mut tx, id, source, now).await?;
        tx.commit().await?;
        Ok(EtlRun {
            id,
            source,
            started_at: now,
            ended_at: None,
            status: RunStatus::Running,
            read: 0,
            upserted: 0,
            unchanged: 0,
            rejected: 0,
            repaired: 0,
            error: None,
        })
    }

    /// Whether data of a source is collected here from outside.
    pub fn collects(&self, source: EtlSource) -> bool {
        self.0.market().is_live() && self.impediment(source).is_none()
    }

    /// Why a source can not be collected here at all; `None` when it can.
    pub(super) fn impediment(&self, source: EtlSource) -> Option<&'static str> {
        let capability = match source {
            EtlSource::Prices => Capability::Bars,
            EtlSource::Macro => Capability::Macros,
            EtlSource::Trends => Capability::Trends,
            EtlSource::News => Capability::News,
            EtlSource::Reference => Capability::Search,
        };
        match self.0.market().is_live() {
            true if self.0.providers().offers(capability) => None,
            true => Some("nobody can be asked for such data: no provider of it is set up"),
            false => match source {
                EtlSource::News => Some("the bundled headlines are samples and not collected"),
                EtlSource::Reference => Some("the bundled names and sectors stay as they were shipped"),
                EtlSource::Prices | EtlSource::Macro | EtlSource::Trends => None,
            },
        }
    }

    /// Writes how a run ended, with what it got done before an `error` ended it.
    pub(super) async fn end(&self, mut run: EtlRun, tally: &Tally, error: Option<&Error>) -> Result<EtlRun> {
        let now = self.0.clock().now();
        tally.report(&mut run);
        run.ended_at = Some(now);
        if let Some(error) = error {
            run.status = if run.read > 0 { RunStatus::Partial } else { RunStatus::Failed };
            run.error = Some(in_words(error));
        } else if let Some(why) = self.impediment(run.source) {
            run.status = RunStatus::Skipped;
            run.error = Some(why.to_string());
        }
        // Before others can see it: what was done here is not heard from the store again.
        self.0.memory().is_new_run(run.id);
        let mut tx = self.0.db().begin().await?;
        store::etl_runs::end(&mut tx, &run).await?;
        store::quality::insert(&mut tx, run.id, run.source, now, tally.scores()).await?;
        tx.commit().await?;
        Ok(run)
    }

    /// Queues a run; a person waits for it. The ticket of the one that waits or runs already, if there is one for
    /// the same.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty list of symbols, or one where symbols make no difference.
    pub async fn order(
        &self,
        _: &Operator,
        source: EtlSource,
        symbols: Option<Vec<Symbol>>,
    ) -> Result<Ticket> {
        let by_symbol = matches!(source, EtlSource::Prices | EtlSource::News | EtlSource::Reference);
        match &symbols {
            Some(symbols) if symbols.is_empty() => {
                return Err(Error::invalid("symbols", "name at least one, or leave it out"));
            }
            Some(_) if !by_symbol => {
                let why = "only prices, news and reference data are collected by symbol";
                return Err(Error::invalid("symbols", why));
            }
            _ => {}
        }
        let names = symbols.iter().flatten().map(Symbol::as_str).collect::<Vec<_>>().join(",");
        let key = format!("run_etl:{}:{names}", source.as_str());
        let job = RunEtl { source: Some(source), symbols, manual: true };
        self.0.jobs().enqueue(Order::new(&job)?.key(key).priority(URGENT)).await
    }

    /// The latest runs that began before a moment, newest first.
    pub async fn runs(&self, _: &Operator, before: Option<DateTime<Utc>>, limit: u32) -> Result<Vec<EtlRun>> {
        let before = before.unwrap_or(self.0.clock().now() + Duration::days(1));
        store::etl_runs::latest(self.0.db(), before, i64::from(limit)).await
    }
}
