//! Answers that are wrong as a whole: why they are, and the one entry they leave for an operator. Wrong records of an
//! answer are found by [`domain::quality`].

use super::{
    Ingest,
    prices::{origin, subject},
    tally::Outcome,
};
use crate::{
    Result,
    provider::{BarsAnswer, Fetched},
    store::{self, quarantine::Finding},
};
use chrono::Duration;
use domain::{
    Interval, Symbol,
    etl::EtlSource,
    quality::{Dimension, Report, Rule, Scores},
    source::Source,
};

/// What an entry is about that stands for a whole history of daily bars; the record is its first bar. Once accepted,
/// a history may begin there.
pub(super) const HISTORY: &str = "history";

/// A whole history may begin so much later than the stored one: sources drop a few of their oldest bars.
const LATER: Duration = Duration::days(30);

impl Ingest<'_> {
    /// Refuses a whole history of daily bars that begins much later than the stored one of the same source: the
    /// years before would be lost, and nobody asks for them again. Shorter bars are told for so many days only, theirs
    /// may.
    pub(super) async fn refuse_shortened(
        &self,
        symbol: &Symbol,
        source: Source,
        report: &mut Report,
    ) -> Result<()> {
        let Some(first) = report.accepted().next().copied() else { return Ok(()) };
        let oldest = store::bars::oldest(self.0.db(), symbol, source).await?;
        let Some(oldest) = oldest.filter(|oldest| first.time - *oldest > LATER) else { return Ok(()) };
        let accepted = store::quarantine::trusted(self.0.db(), origin(symbol, HISTORY, source)).await?;
        if accepted.iter().any(|(from, _)| first.time - *from <= LATER) {
            return Ok(());
        }
        let why = format!(
            "the whole history begins on {}, and bars since {} are stored; once accepted, it takes their place",
            first.date(),
            oldest.date_naive()
        );
        let all = report.bars.len() as u64;
        report.scores = Scores::default();
        report.scores.count(Dimension::Completeness, all, all);
        report.refused = Some((Rule::MissingSession, why));
        Ok(())
    }

    /// Leaves one entry and the scores. Nothing of the answer is stored, its splits and dividends neither: the next
    /// run finds them new again and asks again.
    pub(super) async fn refuse(
        &self,
        symbol: &Symbol,
        interval: Interval,
        fetched: &Fetched<BarsAnswer>,
        report: &Report,
        (rule, why): (Rule, &str),
    ) -> Result<Outcome> {
        let now = self.0.clock().now();
        let (span, bar) = match rule {
            Rule::MissingSession => (HISTORY, report.accepted().next()),
            _ => (interval.as_str(), fetched.value.bars.iter().max_by_key(|bar| bar.time)),
        };
        let mut tx = self.0.db().begin().await?;
        if let Some(bar) = bar {
            let (at, raw) = (bar.time, serde_json::to_value(bar)?);
            let finding = Finding { at, rule, reason: why.to_string(), raw, value: None };
            store::quarantine::hold(&mut tx, origin(symbol, span, fetched.source), &[finding], now).await?;
        }
        let (subject, scores) = (subject(symbol, interval), report.scores);
        store::quality::set_subject(&mut tx, EtlSource::Prices, &subject, now, &scores).await?;
        tx.commit().await?;
        let read = fetched.value.bars.len() as u64;
        let warning = Some(why.to_string());
        Ok(Outcome { read, rejected: read, scores, warning, ..Outcome::default() })
    }
}
