//! Snapshots of the whole universe, kept in memory as long as the data is the same.
//!
//! A symbol's stamp is a hash of its latest bars, its description and its mood. When the caches are forgotten because new
//! data came, only symbols with another stamp are worked out anew. A correction far back in a history leaves the stamp as it
//! is, so after an hour everything is worked out anew.

use super::Scanner;
use crate::{Engine, Result, analysis::blocking, memory::remembered_by, store};
use chrono::NaiveDate;
use domain::{
    Bar, Instrument, Kind, Symbol,
    calendar::previous_session,
    scanner::{Snapshot, Timeframe},
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use moka::future::Cache;
use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Histories of one query.
const CHUNK: usize = 50;
/// Queries under way at a time. Less than the readers of SQLite: others want to read meanwhile.
const AT_ONCE: usize = 2;
/// After this nothing is taken over.
const WHOLE_AGAIN: Duration = Duration::from_secs(60 * 60);

/// A snapshot, where there is one, and the stamp of what it was made from.
type Stamped = (u64, Option<Arc<Snapshot>>);

/// Snapshots of one timeframe.
#[derive(Debug)]
pub(crate) struct Warm {
    born: Instant,
    /// The newest session; `None` without prices.
    pub(super) day: Option<NaiveDate>,
    stamps: HashMap<Symbol, Stamped>,
    /// Those that have a price of the newest session.
    pub(crate) all: Vec<Arc<Snapshot>>,
}

/// What the scanner remembers.
pub(crate) struct Scans {
    pub(crate) fresh: Cache<Timeframe, Arc<Warm>>,
    before: Mutex<HashMap<Timeframe, Arc<Warm>>>,
    /// One at a time works out an earlier session.
    pub(crate) past: tokio::sync::Mutex<()>,
}

impl Scans {
    pub(crate) fn new() -> Scans {
        Scans {
            fresh: Cache::builder().time_to_live(Duration::from_secs(10 * 60)).build(),
            before: Mutex::default(),
            past: tokio::sync::Mutex::default(),
        }
    }

    /// The data has changed; what is the same by its stamp will be taken over.
    pub(crate) fn forget(&self) {
        self.fresh.invalidate_all();
    }
}

/// A figure that is another one when the latest bars are.
pub(crate) fn stamp(bars: &[Bar]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for bar in bars {
        bar.time.hash(&mut hasher);
        for value in [bar.open, bar.high, bar.low, Some(bar.close), bar.volume] {
            value.map(f64::to_bits).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn stamp_of(instrument: &Instrument, bars: &[Bar], day: NaiveDate, mood: Option<f64>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (stamp(bars), day, mood.map(f64::to_bits)).hash(&mut hasher);
    (&instrument.name, instrument.kind, instrument.sector, &instrument.industry).hash(&mut hasher);
    instrument.market_cap.map(f64::to_bits).hash(&mut hasher);
    hasher.finish()
}

/// Whether scans look at such a thing: what is in use and belongs to everybody.
fn takes_part(instrument: &Instrument) -> bool {
    instrument.active && !matches!(instrument.kind, Kind::Macro | Kind::Custom)
}

/// What trades by the sessions of an exchange.
fn is_on_exchange(instrument: &Instrument) -> bool {
    matches!(instrument.kind, Kind::Equity | Kind::Etf | Kind::Index)
}

impl Engine {
    /// The newest session with prices: of what trades on the exchange, or of anything where there is nothing else.
    pub(crate) async fn market_day(&self) -> Result<Option<NaiveDate>> {
        let (recent, universe) = (self.recent().await?, self.universe().await?);
        let on_exchange = |symbol: &Symbol| universe.get(symbol).is_some_and(is_on_exchange);
        let days = recent.last_days().filter(|(symbol, _)| on_exchange(symbol)).map(|(_, day)| day);
        Ok(days.max().or_else(|| recent.newest()))
    }
}

impl Scanner<'_> {
    /// The snapshots after the newest session.
    pub(crate) async fn warm(&self, timeframe: Timeframe) -> Result<Arc<Warm>> {
        remembered_by(&self.0.memory().scans.fresh, timeframe, self.build(timeframe)).await
    }

    /// Whether the prices of a session have come in: of ten symbols that had one of the session before, nine have one of it.
    /// A series that ended before that session is not waited for.
    pub(super) async fn has_come_in(&self, day: NaiveDate) -> Result<bool> {
        let (recent, universe) = (self.0.recent().await?, self.0.universe().await?);
        let before = previous_session(day).date;
        let (mut expected, mut here) = (0, 0);
        for instrument in universe.iter().filter(|each| takes_part(each) && is_on_exchange(each)) {
            let tail = recent.tail(&instrument.symbol);
            if tail.iter().any(|bar| bar.date() == before) {
                expected += 1;
                here += usize::from(tail.last().is_some_and(|bar| bar.date() >= day));
            }
        }
        Ok(10 * here >= 9 * expected)
    }

    /// As [`Scanner::warm`], from the prices as they are now, whatever is remembered.
    pub(super) async fn build(&self, timeframe: Timeframe) -> Result<Arc<Warm>> {
        let memory = &self.0.memory().scans.before;
        let before = memory.lock().unwrap_or_else(PoisonError::into_inner).get(&timeframe).cloned();
        let before = before.filter(|warm| warm.born.elapsed() < WHOLE_AGAIN);
        let warm = Arc::new(self.renewed(timeframe, before.as_deref()).await?);
        memory.lock().unwrap_or_else(PoisonError::into_inner).insert(timeframe, warm.clone());
        Ok(warm)
    }

    async fn renewed(&self, timeframe: Timeframe, before: Option<&Warm>) -> Result<Warm> {
        let (recent, universe) = (self.0.recent().await?, self.0.universe().await?);
        let born = before.map_or_else(Instant::now, |warm| warm.born);
        let mut stamps = HashMap::new();
        let Some(day) = self.newest_day().await? else {
            return Ok(Warm { born, day: None, stamps, all: Vec::new() });
        };
        let moods = Arc::new(self.moods(universe.iter().map(|each| each.symbol.clone()).collect()).await?);
        let mut missing: Vec<(Instrument, u64)> = Vec::new();
        for instrument in universe.iter().filter(|each| takes_part(each)) {
            let (symbol, tail) = (&instrument.symbol, recent.tail(&instrument.symbol));
            // A series that ended earlier takes no part.
            if tail.last().is_none_or(|bar| bar.date() < day) {
                continue;
            }
            let now = stamp_of(instrument, tail, day, moods.get(symbol).copied());
            match before.and_then(|warm| warm.stamps.get(symbol)).filter(|(then, _)| *then == now) {
                Some(known) => drop(stamps.insert(symbol.clone(), known.clone())),
                None => missing.push((instrument.clone(), now)),
            }
        }
        let chunks: Vec<_> = missing.chunks(CHUNK).map(<[_]>::to_vec).collect();
        let made = stream::iter(chunks).map(|chunk| self.made(chunk, moods.clone(), timeframe, day));
        let mut made = made.buffer_unordered(AT_ONCE);
        while let Some(made) = made.try_next().await? {
            stamps.extend(made);
        }
        let all = stamps.values().filter_map(|(_, snapshot)| snapshot.clone()).collect();
        Ok(Warm { born, day: Some(day), stamps, all })
    }

    /// The snapshots of some symbols, each with its stamp.
    async fn made(
        &self,
        chunk: Vec<(Instrument, u64)>,
        moods: Arc<HashMap<Symbol, f64>>,
        timeframe: Timeframe,
        day: NaiveDate,
    ) -> Result<Vec<(Symbol, Stamped)>> {
        let symbols: Vec<Symbol> = chunk.iter().map(|(each, _)| each.symbol.clone()).collect();
        let histories = store::bars::daily(self.0.db(), &symbols).await?;
        blocking(move || {
            let by_symbol: HashMap<_, _> =
                histories.into_iter().map(|history| (history.symbol, history.bars)).collect();
            let one = |(instrument, stamp): (Instrument, u64)| {
                let mood = moods.get(&instrument.symbol).copied();
                let bars = by_symbol.get(&instrument.symbol).map_or(&[][..], Vec::as_slice);
                let snapshot = at(&instrument, bars, timeframe, day, mood);
                (instrument.symbol, (stamp, snapshot.map(Arc::new)))
            };
            chunk.into_iter().map(one).collect()
        })
        .await
    }

    /// Snapshots of earlier sessions, all from one look at each history, without the moods of today's headlines.
    pub(super) async fn snapshots_of(
        &self,
        timeframe: Timeframe,
        days: &[NaiveDate],
    ) -> Result<Vec<(NaiveDate, Vec<Arc<Snapshot>>)>> {
        let universe = self.0.universe().await?;
        let instruments: Vec<Instrument> = universe.iter().filter(|each| takes_part(each)).cloned().collect();
        let mut all: Vec<(NaiveDate, Vec<Arc<Snapshot>>)> =
            days.iter().map(|day| (*day, Vec::new())).collect();
        for chunk in instruments.chunks(CHUNK) {
            let chunk = chunk.to_vec();
            let symbols: Vec<Symbol> = chunk.iter().map(|each| each.symbol.clone()).collect();
            let histories = store::bars::daily(self.0.db(), &symbols).await?;
            all = blocking(move || {
                for history in histories {
                    let Some(instrument) = chunk.iter().find(|each| each.symbol == history.symbol) else {
                        continue;
                    };
                    for (day, snapshots) in &mut all {
                        snapshots.extend(at(instrument, &history.bars, timeframe, *day, None).map(Arc::new));
                    }
                }
                all
            })
            .await?;
        }
        Ok(all)
    }

    async fn moods(&self, symbols: Vec<Symbol>) -> Result<HashMap<Symbol, f64>> {
        let moods = self.0.news().mood(&symbols).await?;
        Ok(moods.into_iter().map(|(symbol, mood)| (symbol, mood.score)).collect())
    }
}

/// The snapshot of a history as it stood after a session; `None` where it has no bar of that day.
fn at(
    instrument: &Instrument,
    bars: &[Bar],
    timeframe: Timeframe,
    day: NaiveDate,
    mood: Option<f64>,
) -> Option<Snapshot> {
    let until = bars.partition_point(|bar| bar.date() <= day);
    let known = &bars[..until];
    known.last().filter(|bar| bar.date() == day)?;
    Snapshot::of(instrument, known, timeframe, mood)
}
