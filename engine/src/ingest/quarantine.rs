//! What was found about records, as it is stored, and what somebody decides about those kept out.

use super::{Ingest, refusals::HISTORY};
use crate::{
    Error, Result,
    accounts::Operator,
    store::{self, quarantine::Finding},
};
use chrono::{DateTime, Utc};
use domain::{
    Bar, Interval, Symbol,
    bar::Dividend,
    etl::{EtlSource, Quarantined},
    macros::{Observation, SearchInterest},
    quality::{Judged, Rule, Verdict},
    source::Source,
};
use serde::Serialize;
use store::quarantine::Entry;
use uuid::Uuid;

/// What is to be written of judged records.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) held: Vec<Finding>,
    pub(super) repaired: Vec<Finding>,
}

/// The rejected and the repaired among `records`; `at` is the time a record is about.
pub(super) fn findings<T: Serialize>(
    records: &[Judged<T>],
    at: impl Fn(&T) -> DateTime<Utc>,
) -> Result<Findings> {
    let mut found = Findings::default();
    let finding = |record: &Judged<T>, rule: Rule, reason: &str, value| {
        // What nobody told has no raw record.
        let told = rule != Rule::MissingDividend;
        let raw = if told { serde_json::to_value(&record.raw)? } else { serde_json::Value::Null };
        Ok::<_, Error>(Finding { at: at(&record.raw), rule, reason: reason.to_string(), raw, value })
    };
    for record in records {
        match &record.verdict {
            Verdict::Accept => {}
            Verdict::Reject(rule, why) => found.held.push(finding(record, *rule, why, None)?),
            Verdict::Repair(all) => {
                for (rule, why) in all {
                    let value = Some(serde_json::to_value(&record.value)?);
                    found.repaired.push(finding(record, *rule, why, value)?);
                }
            }
        }
    }
    // One entry per time and rule: both tables have room for no more.
    found.held.sort_by_key(|each| (each.at, each.rule));
    found.held.dedup_by_key(|each| (each.at, each.rule));
    found.repaired.dedup_by_key(|each| (each.at, each.rule));
    Ok(found)
}

impl Ingest<'_> {
    /// Decides about a record kept out: an accepted one is stored as it came and not asked about again.
    /// Accepted, the beginning of a shorter history lets it take the place of the stored one at the next run.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is nothing to decide about, [`Error::Conflict`] when the record can not be
    /// stored at all, as a bar without a close.
    pub async fn decide(&self, operator: &Operator, id: Uuid, accept: bool) -> Result<Quarantined> {
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin().await?;
        let entry = store::quarantine::decide(&mut tx, id, accept, now, operator.user)
            .await?
            .ok_or(Error::NotFound("the record"))?;
        if accept {
            store_as_it_came(&mut tx, &entry).await?;
        }
        let (action, subject) =
            (if accept { "quarantine.accept" } else { "quarantine.reject" }, id.to_string());
        let what = serde_json::json!({ "subject": entry.shown.symbol, "rule": entry.shown.rule });
        store::audit::insert(&mut tx, operator, now, action, &subject, what).await?;
        tx.commit().await?;
        self.0.memory().forget();
        Ok(entry.shown)
    }
}

async fn store_as_it_came(tx: &mut store::Tx, entry: &Entry) -> Result<()> {
    let Entry { shown, span } = entry;
    let unfit = |_| Error::Conflict("this record can not be stored as it came".to_string());
    let source = Source::parse(&shown.provider).ok_or_else(|| Error::Internal(shown.provider.clone()))?;
    let raw = shown.raw.clone();
    match (shown.source, span.as_str()) {
        (EtlSource::Prices, "dividend") => {
            let dividend: Dividend = serde_json::from_value(raw).map_err(unfit)?;
            store::dividends::upsert(tx, source, &[dividend]).await?;
        }
        // The next run brings the history that may now begin there.
        (EtlSource::Prices, HISTORY) => {}
        (EtlSource::Prices, interval) => {
            let bar: Bar = serde_json::from_value(raw).map_err(unfit)?;
            if !(bar.close.is_finite() && bar.close > 0.0) || shown.rule == Rule::Currency {
                return Err(unfit(serde::de::Error::custom("no close")));
            }
            let interval = Interval::parse(interval).unwrap_or(Interval::Day1);
            let symbol = Symbol::parse(&shown.symbol).ok_or(Error::NotFound("the symbol"))?;
            store::bars::upsert(tx, &symbol, interval, source, &[bar]).await?;
        }
        (EtlSource::Macro, _) => {
            let one: Observation = serde_json::from_value(raw).map_err(unfit)?;
            store::macros::correct(tx, &shown.symbol, one).await?;
        }
        (EtlSource::Trends, _) => {
            let one: Observation = serde_json::from_value(raw).map_err(unfit)?;
            let interest = SearchInterest { keyword: shown.symbol.clone(), observations: vec![one] };
            store::trends::upsert(tx, source, &interest).await?;
        }
        (EtlSource::News | EtlSource::Reference, _) => {
            return Err(unfit(serde::de::Error::custom("no figure")));
        }
    }
    Ok(())
}
