//! Search interest, keyword by keyword.

use super::{Ingest, quarantine::findings, tally::Outcome};
use crate::{
    Result,
    provider::{Fetched, ProviderError, TrendAsk, Urgency},
    store::{self, quarantine::Origin},
};
use chrono::Duration;
use domain::{
    Bar,
    etl::EtlSource,
    keyword::{KEYWORDS, is_default},
    macros::SearchInterest,
    quality::{
        Judged, Scores,
        observations::{Expectation, judge},
    },
};

/// Keywords of tenants collected at most.
const MOST_WANTED: i64 = 500;

/// The window asked for each time: scores of some sources are relative to the highest in it, so that parts of
/// different windows could not be put together.
const WINDOW: Duration = Duration::days(365);

impl Ingest<'_> {
    /// What is collected for everybody, then what tenants want beside it; each once.
    pub(super) async fn keywords(&self) -> Result<Vec<String>> {
        let mut all: Vec<String> = KEYWORDS.iter().map(ToString::to_string).collect();
        let wanted = store::keywords::wanted(self.0.db(), MOST_WANTED).await?;
        all.extend(wanted.into_iter().filter(|keyword| !is_default(keyword)));
        Ok(all)
    }

    /// provider -> quality -> store, for one keyword.
    pub(super) async fn interest(&self, keyword: &str, urgency: Urgency) -> Result<Outcome> {
        let today = self.0.market().now().date_naive();
        let ask = TrendAsk { keyword: keyword.to_string(), from: today - WINDOW, to: today };
        let is_wanted = !is_default(keyword);
        let fetched = match self.0.providers().trends(ask, urgency).await {
            // Tenants may want any word: that nobody knows it is no fault of the run.
            Err(ProviderError::NotFound | ProviderError::Refused(_)) if is_wanted => {
                return Ok(Outcome::default());
            }
            fetched => fetched?,
        };
        if let Some(error) = fetched.stands_in {
            return Err(error.into());
        }
        if !is_wanted {
            return self.store_interest(keyword, fetched).await;
        }
        // Before the first point: none of them is ever the market's.
        let mut tx = self.0.db().begin().await?;
        store::keywords::mark(&mut tx, keyword).await?;
        tx.commit().await?;
        let outcome = self.store_interest(keyword, fetched).await?;
        // How well known a tenant's word is says nothing of the source.
        Ok(Outcome { scores: Scores::default(), ..outcome })
    }

    /// quality -> store.
    pub(super) async fn store_interest(
        &self,
        keyword: &str,
        fetched: Fetched<SearchInterest>,
    ) -> Result<Outcome> {
        let (db, now) = (self.0.db(), self.0.clock().now());
        let today = self.0.market().now().date_naive();
        let report = judge(&fetched.value.observations, &Expectation::of_interest(today));
        let mut outcome = Outcome { scores: report.scores, ..Outcome::default() };
        outcome.count(&report.observations);
        let observations = report.observations.iter().filter_map(Judged::accepted).copied().collect();
        let interest = SearchInterest { keyword: keyword.to_string(), observations };
        let of = Origin {
            source: EtlSource::Trends,
            provider: fetched.source.as_str(),
            subject: keyword,
            span: "observation",
        };
        let found = findings(&report.observations, |each| Bar::label(each.date))?;
        let mut tx = db.begin().await?;
        if !interest.observations.is_empty() {
            store::trends::forget_left_behind(&mut tx, keyword, fetched.source).await?;
        }
        outcome.upserted = store::trends::upsert(&mut tx, fetched.source, &interest).await?;
        let (from, to) = (Bar::label(today - WINDOW), Bar::label(today));
        store::quarantine::release(&mut tx, of, from, to, now).await?;
        store::quarantine::hold(&mut tx, of, &found.held, now).await?;
        store::quality::set_subject(&mut tx, EtlSource::Trends, keyword, now, &report.scores).await?;
        tx.commit().await?;
        Ok(outcome)
    }
}
