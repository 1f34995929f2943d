//! A provider's stream, connected again whenever it ends.

use crate::{
    Engine,
    provider::yahoo::stream::{Listener, REPEAT, listen},
    quotes::Taken,
};
use domain::{
    Quote, Symbol,
    provider::{Breaker, Failure, Health, State},
    source::Source,
};
use rand::Rng;
use std::{collections::BTreeSet, sync::Mutex, sync::PoisonError, time::Duration};
use tokio_util::sync::CancellationToken;

/// Pauses before connecting again; doubled each time nothing came in between.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Symbols of one subscription at most.
const MOST_SYMBOLS: usize = 400;
const NAME: &str = "yahoo stream";

impl Engine {
    /// Publishes the prices of the stream until cancelled. A lost connection is told once, until it is back.
    pub(super) async fn run_stream(&self, cancel: CancellationToken, base: &str) {
        self.run_stream_by(cancel, base, REPEAT).await;
    }

    /// As [`Engine::run_stream`], looking so often whose prices are wanted.
    async fn run_stream_by(&self, cancel: CancellationToken, base: &str, repeat: Duration) {
        let desk = Desk { engine: self, repeat, health: Mutex::new(unused()) };
        desk.tell();
        let mut pause = SHORTEST_PAUSE;
        loop {
            let clock = self.clock();
            let Some(ended) = cancel.run_until_cancelled(listen(base, clock, &desk)).await else { return };
            if ended.prices > 0 {
                pause = SHORTEST_PAUSE;
            }
            desk.ended(&ended.reason);
            let share = rand::rng().random_range(0.5..=1.0);
            let waiting = self.clock().sleep(pause.mul_f64(share));
            if cancel.run_until_cancelled(waiting).await.is_none() {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

struct Desk<'a> {
    engine: &'a Engine,
    repeat: Duration,
    health: Mutex<Health>,
}

fn unused() -> Health {
    Health {
        name: NAME.into(),
        source: Source::Yahoo,
        state: State::Unused,
        capabilities: vec!["stream".into()],
        last_success: None,
        last_failure: None,
        requests: 0,
        failures: 0,
        latency_ms: None,
        breaker: Breaker::Closed,
        next_try: None,
        per_minute: 0,
        per_day: None,
    }
}

impl Desk<'_> {
    fn tell(&self) {
        let health = self.health.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.engine.providers().tell(health);
    }

    fn ended(&self, reason: &str) {
        {
            let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
            match health.state {
                State::Troubled => tracing::debug!(provider = NAME, reason, "ended"),
                _ => tracing::warn!(provider = NAME, reason, "ended; connecting again"),
            }
            health.state = State::Troubled;
            health.failures += 1;
            health.last_failure = Some(Failure { at: self.engine.clock().now(), reason: reason.to_string() });
        }
        self.tell();
    }
}

impl Listener for Desk<'_> {
    async fn wanted(&self) -> BTreeSet<Symbol> {
        match self.engine.moving().await {
            Ok(moving) => {
                let mut seen = BTreeSet::new();
                // The first ones are those that always move.
                for symbol in moving {
                    if seen.len() < MOST_SYMBOLS {
                        seen.insert(symbol);
                    }
                }
                seen
            }
            Err(error) => {
                tracing::warn!(%error, "could not look which symbols are watched");
                BTreeSet::new()
            }
        }
    }

    async fn quote(&self, mut quote: Quote) {
        let first = {
            let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
            let first = health.state != State::Up;
            health.state = State::Up;
            health.requests += 1;
            health.last_success = Some(self.engine.clock().now());
            first
        };
        if first {
            tracing::info!(provider = NAME, "prices come");
        }
        self.tell();
        if let Err(error) = self.publish(&mut quote).await {
            tracing::warn!(%error, "could not publish a price");
        }
    }

    fn repeat(&self) -> Duration {
        self.repeat
    }
}

impl Desk<'_> {
    /// The stream does not always tell the close before; the store may know it.
    async fn publish(&self, quote: &mut Quote) -> crate::Result<()> {
        if quote.previous_close.is_none() {
            let closes = self.engine.quotes().closes(std::slice::from_ref(&quote.symbol)).await?;
            let before = closes.first().filter(|close| close.as_of < quote.as_of).map(|close| close.price);
            let Quote { symbol, price, volume, as_of, source, .. } = quote.clone();
            *quote = Quote::new(symbol, price, before, volume, as_of, source);
        }
        if self.engine.quotes().publish(quote.clone()).await? == Taken::Refused {
            return Ok(());
        }
        self.engine.memory().streamed.note(&quote.symbol, self.engine.clock().now());
        Ok(())
    }
}

#[cfg(test)]
mod tests;
