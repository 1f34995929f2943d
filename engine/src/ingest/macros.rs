//! Economic series.

use super::{Ingest, quarantine::findings, tally::Outcome};
use crate::{
    Result,
    provider::{Fetched, MacroAsk, Urgency},
    store::{self, quarantine::Origin},
};
use chrono::Duration;
use domain::{
    Bar,
    etl::EtlSource,
    macros::MacroSeries,
    quality::{
        Judged,
        observations::{Expectation, judge},
    },
    source::Source,
};

/// A series that is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// The publisher's identifier.
    pub id: &'static str,
    /// The name people know it by.
    pub name: &'static str,
    /// `daily`, `monthly` or `quarterly`.
    pub frequency: &'static str,
    /// What one is.
    pub units: &'static str,
}

const fn followed(
    id: &'static str,
    name: &'static str,
    frequency: &'static str,
    units: &'static str,
) -> Followed {
    Followed { id, name, frequency, units }
}

/// The economic series that are collected, with frequency and units as their publishers state them.
pub const FOLLOWED: [Followed; 13] = [
    followed("CPIAUCSL", "Consumer prices", "monthly", "index 1982-1984=100"),
    followed("CPILFESL", "Consumer prices without food and energy", "monthly", "index 1982-1984=100"),
    followed("UNRATE", "Unemployment", "monthly", "percent"),
    followed("FEDFUNDS", "Federal funds rate", "monthly", "percent"),
    followed("GDP", "Gross domestic product", "quarterly", "billions of dollars"),
    followed("GDPC1", "Real gross domestic product", "quarterly", "billions of chained 2017 dollars"),
    followed("DGS3MO", "Treasury yield, 3 months", "daily", "percent"),
    followed("DGS2", "Treasury yield, 2 years", "daily", "percent"),
    followed("DGS5", "Treasury yield, 5 years", "daily", "percent"),
    followed("DGS10", "Treasury yield, 10 years", "daily", "percent"),
    followed("DGS30", "Treasury yield, 30 years", "daily", "percent"),
    followed("T10Y2Y", "Treasury yield, 10 years less 2 years", "daily", "percentage points"),
    followed("VIXCLS", "Volatility index VIX", "daily", "index"),
];

/// A series without its observations: in our own words where it is followed, else in those of its source.
fn described(id: &str, told: &MacroSeries) -> MacroSeries {
    let known = FOLLOWED.iter().find(|each| each.id == id);
    let word = |of: fn(&Followed) -> &'static str, told: &str| known.map_or(told, of).to_string();
    MacroSeries {
        id: id.to_string(),
        name: word(|each| each.name, &told.name),
        frequency: word(|each| each.frequency, &told.frequency),
        units: word(|each| each.units, &told.units),
        observations: Vec::new(),
    }
}

/// Published values are revised: so many days are asked for again.
const REVISED: Duration = Duration::days(400);

impl Ingest<'_> {
    /// provider -> quality -> store, for one series.
    pub(super) async fn series(&self, id: &str, urgency: Urgency) -> Result<Outcome> {
        let db = self.0.db();
        let last =
            store::macros::find(db, id, 1).await?.and_then(|series| series.observations.first().copied());
        let ask = MacroAsk { series: id.to_string(), from: last.map(|last| last.date - REVISED) };
        let fetched = self.0.providers().macros(ask, urgency).await?;
        match fetched.stands_in {
            Some(error) => Err(error.into()),
            None => self.store_series(id, fetched).await,
        }
    }

    /// quality -> store.
    pub(super) async fn store_series(&self, id: &str, fetched: Fetched<MacroSeries>) -> Result<Outcome> {
        let (db, now) = (self.0.db(), self.0.clock().now());
        let series = match fetched.source {
            Source::Bundled => MacroSeries { observations: Vec::new(), ..fetched.value.clone() },
            _ => described(id, &fetched.value),
        };
        let today = self.0.market().now().date_naive();
        let report = judge(&fetched.value.observations, &Expectation::of_macro(&series.frequency, today));
        let mut outcome = Outcome { scores: report.scores, ..Outcome::default() };
        outcome.count(&report.observations);
        let accepted = report.observations.iter().filter_map(Judged::accepted).copied().collect();
        let series = MacroSeries { observations: accepted, ..series };
        let of = Origin {
            source: EtlSource::Macro,
            provider: fetched.source.as_str(),
            subject: id,
            span: "observation",
        };
        let found = findings(&report.observations, |each| Bar::label(each.date))?;
        let mut tx = db.begin().await?;
        outcome.upserted = store::macros::upsert(&mut tx, fetched.source, &series).await?;
        if let (Some(first), Some(last)) = (report.observations.first(), report.observations.last()) {
            let (from, to) = (Bar::label(first.raw.date), Bar::label(last.raw.date));
            store::quarantine::release(&mut tx, of, from, to, now).await?;
        }
        store::quarantine::hold(&mut tx, of, &found.held, now).await?;
        store::quality::set_subject(&mut tx, EtlSource::Macro, id, now, &report.scores).await?;
        tx.commit().await?;
        Ok(outcome)
    }
}
