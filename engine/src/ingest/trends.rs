//! Search interest, keyword by keyword.

use super::{Ingest, quarantine::findings, tally::Outcome};
use crate::{
    Result,
    provider::{Fetched, TrendAsk, Urgency},
    store::{self, quarantine::Origin},
};
use chrono::Duration;
use domain::{
    Bar,
    etl::EtlSource,
    macros::SearchInterest,
    quality::{
        Judged,
        observations::{Expectation, judge},
    },
};

/// What people look for that is followed: the mood of the market, and the starter companies.
pub const KEYWORDS: [&str; 11] = [
    "stock market",
    "recession",
    "inflation",
    "interest rates",
    "layoffs",
    "Apple",
    "Microsoft",
    "Google",
    "Amazon",
    "Tesla",
    "Nvidia",
];

/// The window asked for each time: scores of some sources are relative to the highest in it, so that parts of
/// different windows could not be put together.
const WINDOW: Duration = Duration::days(365);

impl Ingest<'_> {
    /// provider -> quality -> store, for one keyword.
    pub(super) async fn interest(&self, keyword: &str, urgency: Urgency) -> Result<Outcome> {
        let today = self.0.market().now().date_naive();
        let ask = TrendAsk { keyword: keyword.to_string(), from: today - WINDOW, to: today };
        let fetched = self.0.providers().trends(ask, urgency).await?;
        match fetched.stands_in {
            Some(error) => Err(error.into()),
            None => self.store_interest(keyword, fetched).await,
        }
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
