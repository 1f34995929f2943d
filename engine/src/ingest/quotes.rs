//! Latest prices: judged against the last close, then pushed, and the newest of each symbol kept for the other processes.
//! They are no history.

use super::Ingest;
use crate::{
    Result,
    provider::{Capability, ProviderError, Urgency},
    quotes::Taken,
    store,
};
use chrono::Duration;
use domain::Symbol;
use tokio_util::sync::CancellationToken;

/// Symbols asked about before what came is told.
const PORTION: usize = 25;
/// A price that came by the stream is not asked for again for so long.
const STREAMS: Duration = Duration::minutes(1);

impl Ingest<'_> {
    /// Asks for the latest prices of everything followed, apart from what streams in, and publishes what can be
    /// believed, portion by portion: how many were published, and how many were not believed. Told to stop, it ends after a
    /// portion; who was not reached comes first the next time. Nothing happens while the market stands at the bundled
    /// date.
    pub async fn quotes(&self, urgency: Urgency, told_to_stop: &CancellationToken) -> Result<(u32, u32)> {
        if !self.0.market().is_live() || !self.0.providers().offers(Capability::Quotes) {
            return Ok((0, 0));
        }
        let (mut published, mut refused, mut failed) = (0, 0, None);
        for some in self.due().await?.chunks(PORTION) {
            if told_to_stop.is_cancelled() {
                break;
            }
            match self.quotes_of(some, urgency).await {
                Ok((believed, others)) => {
                    published += believed;
                    refused += others;
                }
                Err(error) => {
                    tracing::debug!(%error, symbols = some.len(), "could not be asked for their quotes");
                    failed.get_or_insert(error);
                }
            }
        }
        match failed {
            Some(error) if published == 0 => Err(error),
            _ => Ok((published, refused)),
        }
    }

    /// Whom to ask about. Who was asked about longest ago comes first, not whose quote is the oldest: on a holiday that
    /// would be those who do not trade, every time.
    async fn due(&self) -> Result<Vec<Symbol>> {
        let (memory, now) = (self.0.memory(), self.0.clock().now());
        let mut due = self.followed().await?;
        due.retain(|symbol| memory.streamed.of(symbol).is_none_or(|at| now - at >= STREAMS));
        due.sort_by_cached_key(|symbol| memory.quote_turns.of(symbol));
        Ok(due)
    }

    async fn quotes_of(&self, symbols: &[Symbol], urgency: Urgency) -> Result<(u32, u32)> {
        let answer = self.0.providers().quotes(symbols.to_vec(), urgency).await;
        let trouble = answer.as_ref().map_or_else(Some, |fetched| fetched.stands_in.as_ref());
        if trouble.is_none_or(ProviderError::is_of_the_question) {
            let now = self.0.clock().now();
            symbols.iter().for_each(|symbol| self.0.memory().quote_turns.note(symbol, now));
        }
        let fetched = answer?;
        if let Some(error) = fetched.stands_in {
            return Err(error.into());
        }
        let (mut believed, mut refused) = (Vec::new(), 0);
        for quote in fetched.value {
            match self.0.quotes().publish(quote.clone()).await? {
                Taken::Believed => believed.push(quote),
                Taken::Refused => refused += 1,
                // What streams in meanwhile is newer.
                Taken::Late => {}
            }
        }
        if !believed.is_empty() {
            let (memory, now) = (self.0.memory(), self.0.clock().now());
            let mut tx = self.0.db().begin().await?;
            store::quotes::put(&mut tx, &believed, memory.process, now).await?;
            tx.commit().await?;
        }
        Ok((believed.len() as u32, refused))
    }
}
