//! What the market rooms remember between calls. Everything here can be worked out again from the store; it is
//! forgotten when data came in, here or where `neighbours.rs` hears of it, and by age, so that several processes on one
//! database stay close.

use crate::{Engine, Error, Result, analysis::Study, quotes::Recent, signals::Stand, universe::Universe};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Quote, Symbol,
    forecast::{Forecast, ModelKind},
    job::JobState,
    overview::MacroTile,
    signal::{Action, Signal, SignalKind},
};
use moka::future::Cache;
use std::{
    collections::{HashMap, HashSet},
    future::Future,
    hash::Hash,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;
use uuid::Uuid;

/// Jobs and runs whose last news are kept at most.
const MOST_SAID: usize = 2_000;

/// Signals of which is known that they were told, at most; as many moods and forecasts.
const MOST_FIRED: usize = 20_000;

/// Studies kept at most; each holds the whole daily history of a symbol.
const MOST_STUDIES: u64 = 300;

/// Histories of which is known where looking for signals stopped, at most; about 10 kB each.
const MOST_STANDS: u64 = 3_000;

/// What was said of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) state: JobState,
    pub(crate) percent: u8,
    pub(crate) step: String,
}

pub(crate) struct Memory {
    pub(crate) universe: Cache<(), Arc<Universe>>,
    pub(crate) recent: Cache<(), Arc<Recent>>,
    pub(crate) macros: Cache<(), Arc<Vec<MacroTile>>>,
    pub(crate) studies: Cache<Symbol, Arc<Study>>,
    pub(crate) scans: crate::scanner::Scans,
    /// Where looking for signals stopped. Not forgotten with the rest: each is held against the bars it saw.
    pub(crate) stands: Cache<Symbol, Arc<Stand>>,
    /// Newest prices of a live feed; never written into the history.
    pub(crate) live: RwLock<HashMap<Symbol, Quote>>,
    pub(crate) fired: Mutex<crate::quotes::Fired>,
    /// When daily bars of a symbol were asked for.
    pub(crate) bar_turns: crate::ingest::Turns,
    /// When a quote of it was asked for.
    pub(crate) quote_turns: crate::ingest::Turns,
    /// When its name and sector were asked for.
    pub(crate) reference_turns: crate::ingest::Turns,
    /// When its price came by a stream.
    pub(crate) streamed: crate::ingest::Turns,
    pub(crate) jobs: Notify,
    /// Tells this process apart from others on the same database.
    pub(crate) process: Uuid,
    /// What was told of jobs and runs lately.
    said: Mutex<HashMap<Uuid, Said>>,
    /// Signals told lately: whose, the start of the bar in seconds, the rule and its way.
    signals_told: Mutex<HashSet<(Symbol, i64, SignalKind, Action)>>,
    /// Moods told lately: whose, when, and the score to its last bit.
    moods_told: Mutex<HashSet<(Symbol, DateTime<Utc>, u64)>>,
    /// Forecasts told lately: whose, from the close of which day, and by whom.
    forecasts_told: Mutex<HashSet<(Symbol, NaiveDate, ModelKind)>>,
    pub(crate) providers_seen: crate::alerts::Seen,
    pub(crate) closes: crate::portfolios::Closes,
    pub(crate) portfolios: crate::portfolios::Shelf,
    /// How often the history has changed, as far as this process knows.
    forgotten: AtomicU64,
}

impl Memory {
    pub(crate) fn new() -> Memory {
        Memory {
            universe: minutes(5),
            recent: minutes(5),
            macros: minutes(60),
            studies: Cache::builder()
                .max_capacity(MOST_STUDIES)
                .time_to_live(Duration::from_secs(10 * 60))
                .build(),
            scans: crate::scanner::Scans::new(),
            stands: Cache::new(MOST_STANDS),
            live: RwLock::default(),
            fired: Mutex::default(),
            bar_turns: crate::ingest::Turns::default(),
            quote_turns: crate::ingest::Turns::default(),
            reference_turns: crate::ingest::Turns::default(),
            streamed: crate::ingest::Turns::default(),
            jobs: Notify::new(),
            process: Uuid::now_v7(),
            said: Mutex::default(),
            signals_told: Mutex::default(),
            moods_told: Mutex::default(),
            forecasts_told: Mutex::default(),
            providers_seen: crate::alerts::Seen::default(),
            closes: crate::portfolios::Closes::default(),
            portfolios: crate::portfolios::Shelf::default(),
            forgotten: AtomicU64::new(0),
        }
    }

    /// Notes what is told of a job; false where that was told already.
    pub(crate) fn is_news(&self, job: Uuid, now: Said) -> bool {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() >= MOST_SAID {
            said.clear();
        }
        said.insert(job, now.clone()) != Some(now)
    }

    /// Notes that a run over a source has ended; false where that was noted already.
    pub(crate) fn is_new_run(&self, run: Uuid) -> bool {
        self.is_news(run, Said { state: JobState::Done, percent: 100, step: String::new() })
    }

    /// Notes that a signal is told, `signal.time` being its bar; false where that was noted already.
    pub(crate) fn is_new_signal(&self, symbol: &Symbol, signal: &Signal) -> bool {
        noted(&self.signals_told, (symbol.clone(), signal.time.timestamp(), signal.kind, signal.action))
    }

    /// Notes that a mood is told, worked out at that moment; false where that was noted already.
    pub(crate) fn is_new_mood(&self, symbol: &Symbol, at: DateTime<Utc>, score: f64) -> bool {
        noted(&self.moods_told, (symbol.clone(), at, score.to_bits()))
    }

    /// Notes that a forecast is told; false where that was noted already.
    pub(crate) fn is_new_forecast(&self, forecast: &Forecast) -> bool {
        noted(&self.forecasts_told, (forecast.symbol.clone(), forecast.as_of, forecast.model))
    }

    /// The history has changed.
    pub(crate) fn forget(&self) {
        self.forgotten.fetch_add(1, Ordering::Relaxed);
        self.universe.invalidate_all();
        self.recent.invalidate_all();
        self.macros.invalidate_all();
        self.studies.invalidate_all();
        self.scans.forget();
    }

    /// Grows with every [`Memory::forget`].
    pub(crate) fn forgotten(&self) -> u64 {
        self.forgotten.load(Ordering::Relaxed)
    }
}

/// Notes something that is told; false where that was noted already.
fn noted<T: Eq + Hash>(told: &Mutex<HashSet<T>>, what: T) -> bool {
    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
    if told.len() >= MOST_FIRED {
        told.clear();
    }
    told.insert(what)
}

/// A cache of one value that is made anew after so many minutes.
fn minutes<T: Clone + Send + Sync + 'static>(minutes: u64) -> Cache<(), T> {
    Cache::builder().time_to_live(Duration::from_secs(60 * minutes)).build()
}

impl Engine {
    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }
}

/// The one value of a cache, worked out once even when many ask at the same time.
pub(crate) async fn remembered<T: Clone + Send + Sync + 'static>(
    cache: &Cache<(), T>,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    remembered_by(cache, (), work).await
}

/// As [`remembered`], where the cache holds a value by key.
pub(crate) async fn remembered_by<K: Hash + Eq + Send + Sync + 'static, T: Clone + Send + Sync + 'static>(
    cache: &Cache<K, T>,
    key: K,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    cache.try_get_with(key, work).await.map_err(|error: Arc<Error>| match &*error {
        Error::Unavailable(what) => Error::Unavailable(what.clone()),
        other => Error::Internal(other.to_string()),
    })
}
