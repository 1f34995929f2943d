//! Hourly and minute bars of what is watched, through the rules of the daily ones.

use super::{Ingest, tally::Outcome, tally::Tally};
use crate::{Error, Result, provider::Urgency, store};
use domain::{
    Interval, Symbol,
    quality::{Sessions, intraday},
};

/// Watched symbols that are collected by the minute: each costs two requests in a run.
const MOST: i64 = 100;

impl Ingest<'_> {
    /// Whose shorter bars are collected: the most watched symbols.
    pub(super) async fn followed_intraday(&self) -> Result<Vec<Symbol>> {
        let universe = self.0.universe().await?;
        let mut watched = store::watchlists::watched(self.0.db(), MOST).await?;
        watched.retain(|symbol| universe.get(symbol).is_some());
        Ok(watched)
    }

    /// Both stored lengths of one symbol; one that fails does not stop the other.
    pub(super) async fn intraday(&self, symbol: &str, urgency: Urgency, tally: &mut Tally) {
        for interval in [Interval::Hour1, Interval::Minute1] {
            let outcome = self.bars_of(symbol, interval, urgency).await;
            tally.note(&format!("{symbol} {}", interval.as_str()), outcome);
        }
    }

    async fn bars_of(&self, symbol: &str, interval: Interval, urgency: Urgency) -> Result<Outcome> {
        let symbol = Symbol::parse(symbol).ok_or(Error::NotFound("the symbol"))?;
        let instrument = self.instrument(&symbol).await?;
        let now = self.0.market().now();
        let keep = self.0.periods();
        // Older ones would be removed again. A provider may go back less far.
        let since = match interval {
            Interval::Minute1 => now - keep.minute,
            _ => now - keep.hourly,
        };
        let kept = self.kept(&symbol, interval, since).await?;
        let (mut fetched, whole) = self.fetch(&symbol, interval, &kept, Some(since), urgency).await?;
        let sessions = Sessions::of(&instrument);
        fetched.value.bars =
            intraday::finished(&fetched.value.bars, interval, instrument.kind, sessions, now);
        let known = kept.before(&fetched.value.bars, whole);
        self.judge_and_store(&instrument, interval, known, &kept.splits, fetched, whole).await
    }
}
