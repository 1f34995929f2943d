//! The one way to ask a provider.
//!
//! Providers are asked in the order of the list, each among those that can answer the question. The registry keeps
//! to the limits of each, waits before it asks again, leaves alone whoever fails too often, and asks only once
//! where many want to know the same. When nobody answers, the last good answer stands in and says how old it
//! is. It judges no data and stores none.

mod ask;
mod breaker;
mod gate;
mod slot;

pub use ask::Ask;

use super::{
    Answer, BarsAnswer, BarsAsk, Capability, Fetched, MacroAsk, NewsAsk, Next, Provider, ProviderError,
    TrendAsk,
};
use crate::Clock;
use ask::Reply;
use domain::{
    Quote, Symbol,
    macros::{MacroSeries, SearchInterest},
    news::Headline,
    provider::Health,
    search::Hit,
};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use moka::future::Cache;
use slot::Slot;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How much memory the last good answers may take, roughly.
const MOST_KEPT_BYTES: u64 = 64 * 1024 * 1024;

/// Who waits for the answer. A person goes before the schedule, and is not kept waiting for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Urgency {
    /// A person, at a page or at the command line.
    Manual,
    /// Nobody; it has to be done some time.
    Scheduled,
}

type Outcome = Answer<Fetched<Arc<Reply>>>;
type Flight = Shared<BoxFuture<'static, Outcome>>;

/// All providers, in order; clones share everything.
#[derive(Clone)]
pub struct Registry(Arc<Inner>);

struct Inner {
    clock: Clock,
    slots: Vec<Slot>,
    flights: Mutex<HashMap<(Ask, Urgency), Flight>>,
    kept: Cache<Ask, Fetched<Arc<Reply>>>,
    /// Of what is not asked but listened to.
    listened: Mutex<Vec<Health>>,
}

impl Registry {
    /// A registry of these, the preferred ones first.
    pub fn new(providers: Vec<Arc<dyn Provider>>, clock: Clock) -> Registry {
        let slots = providers.into_iter().map(|each| Slot::new(each, clock.clone())).collect();
        let weight = |_: &Ask, kept: &Fetched<Arc<Reply>>| kept.value.weight_bytes();
        let kept = Cache::builder().max_capacity(MOST_KEPT_BYTES).weigher(weight).build();
        Registry(Arc::new(Inner {
            clock,
            slots,
            flights: Mutex::default(),
            kept,
            listened: Mutex::default(),
        }))
    }

    /// A registry that knows nobody.
    pub fn empty(clock: Clock) -> Registry {
        Registry::new(Vec::new(), clock)
    }

    /// Price history with splits and dividends; an empty answer where nothing happened in the window.
    pub async fn bars(&self, ask: BarsAsk, urgency: Urgency) -> Answer<Fetched<BarsAnswer>> {
        self.ask(Ask::Bars(ask), urgency).await.map(|fetched| fetched.pick(Reply::bars))
    }

    /// Latest quotes; symbols nobody knows are left out.
    pub async fn quotes(&self, symbols: Vec<Symbol>, urgency: Urgency) -> Answer<Fetched<Vec<Quote>>> {
        self.ask(Ask::Quotes(symbols), urgency).await.map(|fetched| fetched.pick(Reply::quotes))
    }

    /// Instruments by symbol or name, best first.
    pub async fn search(&self, text: &str, urgency: Urgency) -> Answer<Fetched<Vec<Hit>>> {
        self.ask(Ask::Search(text.to_string()), urgency).await.map(|fetched| fetched.pick(Reply::search))
    }

    /// Headlines, newest first.
    pub async fn news(&self, ask: NewsAsk, urgency: Urgency) -> Answer<Fetched<Vec<Headline>>> {
        self.ask(Ask::News(ask), urgency).await.map(|fetched| fetched.pick(Reply::news))
    }

    /// An economic series, oldest first.
    pub async fn macros(&self, ask: MacroAsk, urgency: Urgency) -> Answer<Fetched<MacroSeries>> {
        self.ask(Ask::Macros(ask), urgency).await.map(|fetched| fetched.pick(Reply::macros))
    }

    /// Search interest, oldest first.
    pub async fn trends(&self, ask: TrendAsk, urgency: Urgency) -> Answer<Fetched<SearchInterest>> {
        self.ask(Ask::Trends(ask), urgency).await.map(|fetched| fetched.pick(Reply::trends))
    }

    /// Whether anybody can be asked such a question.
    pub fn offers(&self, capability: Capability) -> bool {
        self.able(capability).next().is_some()
    }

    /// How each provider is doing, in order; what is listened to comes last.
    pub fn health(&self) -> Vec<Health> {
        let listened = self.0.listened.lock().unwrap_or_else(PoisonError::into_inner);
        self.0.slots.iter().map(Slot::health).chain(listened.iter().cloned()).collect()
    }

    /// Notes how something is doing that is not asked but listened to.
    pub(crate) fn tell(&self, health: Health) {
        let mut listened = self.0.listened.lock().unwrap_or_else(PoisonError::into_inner);
        listened.retain(|each| each.name != health.name);
        listened.push(health);
    }

    fn able(&self, capability: Capability) -> impl Iterator<Item = &Slot> {
        self.0.slots.iter().filter(move |slot| slot.can(capability))
    }

    /// Joins the same question where it is being asked already.
    async fn ask(&self, ask: Ask, urgency: Urgency) -> Outcome {
        let flight = {
            let mut flights = self.flights();
            let registry = self.clone();
            let start = |(ask, urgency): &(Ask, Urgency)| {
                let (ask, urgency) = (ask.clone(), *urgency);
                async move { registry.ask_in_order(ask, urgency).await }.boxed().shared()
            };
            flights.entry((ask, urgency)).or_insert_with_key(start).clone()
        };
        let outcome = flight.await;
        drop(self.flights());
        outcome
    }

    /// The questions on their way; those nobody waits for any more are gone.
    fn flights(&self) -> MutexGuard<'_, HashMap<(Ask, Urgency), Flight>> {
        let mut flights = self.0.flights.lock().unwrap_or_else(PoisonError::into_inner);
        flights.retain(|_, flight| flight.strong_count().is_some_and(|count| count > 1));
        flights
    }

    async fn ask_in_order(&self, ask: Ask, urgency: Urgency) -> Outcome {
        // What the first in line says is what counts: those behind it may know less.
        let mut first = None;
        for slot in self.able(ask.capability()) {
            match slot.ask(&ask, urgency).await {
                Ok(reply) => {
                    let value = Arc::new(reply);
                    let fetched = Fetched {
                        value,
                        source: slot.source(),
                        fetched_at: self.0.clock.now(),
                        stands_in: None,
                    };
                    self.0.kept.insert(ask, fetched.clone()).await;
                    return Ok(fetched);
                }
                Err(error) => {
                    let stop = error.next() == Next::Stop;
                    first.get_or_insert(error);
                    if stop {
                        break;
                    }
                }
            }
        }
        let error = first.unwrap_or(ProviderError::Unsupported);
        let stands_in = error.is_failure() || error == ProviderError::Resting;
        match self.0.kept.get(&ask).await {
            Some(kept) if stands_in => Ok(Fetched { stands_in: Some(error), ..kept }),
            _ => Err(error),
        }
    }
}

impl Fetched<Arc<Reply>> {
    /// The answer as what was asked for.
    fn pick<T>(self, pick: impl FnOnce(Reply) -> T) -> Fetched<T> {
        let Fetched { value, source, fetched_at, stands_in } = self;
        Fetched { value: pick(Arc::unwrap_or_clone(value)), source, fetched_at, stands_in }
    }
}

#[cfg(test)]
mod tests;
