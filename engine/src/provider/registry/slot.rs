//! One provider with everything that is remembered about it.

use super::{
    Urgency,
    ask::{Ask, Reply},
    breaker::Breaker,
    gate::Gate,
};
use crate::{
    Clock,
    provider::{Answer, Capability, Limits, Next, Provider, ProviderError},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    provider::{Breaker as Shown, Failure, Health, State},
    source::Source,
};
use rand::Rng;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How often one question is put to one provider.
const TRIES: u32 = 3;
/// Wait before the second try; the third waits twice as long. A random part of up to a half is taken off.
const BACK_OFF: Duration = Duration::from_secs(1);
/// Pause after "too many requests" that does not say how long; a random part of up to a half is added.
const PAUSE: Duration = Duration::from_secs(60);
/// How much the newest answer counts in the shown latency.
const NEWEST: f64 = 0.2;

pub(super) struct Slot {
    provider: Arc<dyn Provider>,
    limits: Limits,
    clock: Clock,
    gate: Gate,
    record: Mutex<Record>,
}

/// Times of `breaker` and `paused_until` are [`Clock::ticks`].
#[derive(Default)]
struct Record {
    breaker: Breaker,
    paused_until: Duration,
    last_success: Option<DateTime<Utc>>,
    last_failure: Option<Failure>,
    failed_last: bool,
    requests: u64,
    failures: u64,
    latency_ms: Option<f64>,
}

/// A question on its way; gone without an answer it leaves the circuit as it was.
struct Asking<'a>(&'a Slot);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.record().breaker.abandoned();
    }
}

impl Slot {
    pub(super) fn new(provider: Arc<dyn Provider>, clock: Clock) -> Slot {
        let limits = provider.limits();
        let gate = Gate::new(limits, clock.clone());
        Slot { provider, limits, clock, gate, record: Mutex::default() }
    }

    pub(super) fn source(&self) -> Source {
        self.provider.source()
    }

    pub(super) fn can(&self, capability: Capability) -> bool {
        self.provider.capabilities().contains(&capability)
    }

    /// Puts the question as often as it makes sense; never one that it does not accept. Quotes are asked for in
    /// portions, and one that fails for what it is about leaves the others.
    pub(super) async fn ask(&self, ask: &Ask, urgency: Urgency) -> Answer<Reply> {
        self.provider.accepts(ask)?;
        let Ask::Quotes(symbols) = ask else { return self.ask_one(ask, urgency).await };
        let mut quotes = Vec::with_capacity(symbols.len());
        let mut left_out = None;
        for some in symbols.chunks(self.provider.quotes_at_once().max(1)) {
            match self.ask_one(&Ask::Quotes(some.to_vec()), urgency).await {
                Ok(reply) => quotes.extend(reply.quotes()),
                Err(ProviderError::NotFound) => {}
                Err(error) if error.is_of_the_question() => {
                    left_out.get_or_insert(error);
                }
                Err(error) => return Err(error),
            }
        }
        match left_out {
            Some(error) if quotes.is_empty() => Err(error),
            _ => Ok(Reply::Quotes(quotes)),
        }
    }

    async fn ask_one(&self, ask: &Ask, urgency: Urgency) -> Answer<Reply> {
        let mut last = None;
        for tries in 0..TRIES {
            let error = match self.ask_once(ask, urgency).await {
                Ok(reply) => return Ok(reply),
                // The circuit opened between two tries: what opened it says more.
                Err(ProviderError::Resting) => last.unwrap_or(ProviderError::Resting),
                Err(error) => error,
            };
            let is_paused = matches!(error, ProviderError::Throttled { .. });
            if error.next() != Next::Retry || !self.record().breaker.allows(self.clock.ticks()) {
                return Err(error);
            }
            // A pause is waited for by whoever asks next.
            if !is_paused && tries + 1 < TRIES {
                let share = rand::rng().random_range(0.5..=1.0);
                self.clock.sleep((BACK_OFF * 2u32.pow(tries)).mul_f64(share)).await;
            }
            last = Some(error);
        }
        Err(last.unwrap_or(ProviderError::Resting))
    }

    async fn ask_once(&self, ask: &Ask, urgency: Urgency) -> Answer<Reply> {
        self.wait_out_pause(urgency).await?;
        if !self.record().breaker.allows(self.clock.ticks()) {
            return Err(ProviderError::Resting);
        }
        self.gate.pass(urgency).await?;
        let start = self.clock.ticks();
        if !self.record().breaker.enter(start) {
            return Err(ProviderError::Resting);
        }
        let _asking = Asking(self);
        let asked = tokio::time::timeout(self.limits.timeout, ask.put(&*self.provider)).await;
        let answer = asked.unwrap_or_else(|_| {
            Err(ProviderError::Unreachable(format!("nothing within {} s", self.limits.timeout.as_secs_f32())))
        });
        self.remember(ask, &answer, start);
        answer
    }

    /// Waits until the pause is over that the provider asked for.
    ///
    /// # Errors
    /// [`ProviderError::Throttled`] when that would take too long.
    async fn wait_out_pause(&self, urgency: Urgency) -> Result<(), ProviderError> {
        let longest = match urgency {
            Urgency::Manual => Duration::from_secs(5),
            Urgency::Scheduled => Duration::from_secs(2 * 60),
        };
        let left = self.record().paused_until.saturating_sub(self.clock.ticks());
        if left > longest {
            return Err(ProviderError::Throttled { retry_after: Some(left) });
        }
        if !left.is_zero() {
            self.clock.sleep(left).await;
        }
        Ok(())
    }

    fn remember(&self, ask: &Ask, answer: &Answer<Reply>, start: Duration) {
        let (now, ticks) = (self.clock.now(), self.clock.ticks());
        let mut record = self.record();
        record.requests += 1;
        let name = self.provider.name();
        let error = match answer {
            Err(error) if error.is_failure() => error,
            _ => {
                let took_ms = ticks.saturating_sub(start).as_secs_f64() * 1000.0;
                let before = record.latency_ms.unwrap_or(took_ms);
                record.latency_ms = Some(before + NEWEST * (took_ms - before));
                record.last_success = Some(now);
                record.failed_last = false;
                if record.breaker.answered() {
                    tracing::info!(provider = name, "answers again");
                }
                return;
            }
        };
        tracing::debug!(provider = name, ?ask, %error, "failed");
        record.failures += 1;
        record.failed_last = true;
        record.last_failure = Some(Failure { at: now, reason: error.to_string() });
        if let ProviderError::Throttled { retry_after } = error {
            let pause = retry_after.unwrap_or_else(|| PAUSE.mul_f64(rand::rng().random_range(1.0..=1.5)));
            record.paused_until = record.paused_until.max(ticks + pause);
        }
        let hopeless = matches!(error, ProviderError::Denied(_));
        if record.breaker.failed(ticks, hopeless) {
            tracing::warn!(provider = name, %error, "left alone for a while after failing too often");
        }
    }

    pub(super) fn health(&self) -> Health {
        let (now, ticks, record) = (self.clock.now(), self.clock.ticks(), self.record());
        let pause = record.paused_until.saturating_sub(ticks);
        let breaker = record.breaker.shown(ticks);
        let state = match () {
            () if breaker != Shown::Closed => State::Down,
            () if record.failed_last || !pause.is_zero() => State::Troubled,
            () if record.requests == 0 => State::Unused,
            () => State::Up,
        };
        let rest = record.breaker.rest(ticks).unwrap_or_default().max(pause);
        let next_try = TimeDelta::from_std(rest).ok().filter(|rest| !rest.is_zero()).map(|rest| now + rest);
        Health {
            name: self.provider.name().to_string(),
            source: self.provider.source(),
            state,
            capabilities: self.provider.capabilities().iter().map(|each| each.as_str().to_string()).collect(),
            last_success: record.last_success,
            last_failure: record.last_failure.clone(),
            requests: record.requests,
            failures: record.failures,
            latency_ms: record.latency_ms,
            breaker,
            next_try,
            per_minute: self.limits.per_minute,
            per_day: self.limits.per_day,
        }
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
