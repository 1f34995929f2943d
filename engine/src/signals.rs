//! Signals as they happen: found on what changed, kept as history, told once; how they did over all symbols; and the check
//! that none looks ahead.

mod replay;

pub(crate) use replay::Stand;

use crate::{
    Cx, Engine, Error, Result,
    analysis::blocking,
    jobs::{Order, Run, RunScanner},
    scanner::stamp,
    store,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    Bar, Event, Kind, Permission, Symbol,
    calendar::close_of,
    event::{IndicatorTick, SignalFired},
    overview::Since,
    scanner::Timeframe,
    signal::{Cuts, LookAhead, ScorePool, Signal, UniverseScores, badge, look_ahead, signals},
};
use replay::Replayed;
use serde::Serialize;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// Histories read at a time.
const CHUNK: usize = 50;
/// Signals of a history that is new are kept this far back.
const FIRST_DAYS: i64 = 370;
/// Signals of a history that changed are looked for this far back: longer than any pause of the exchange.
const CHANGED_DAYS: i64 = 14;
/// Who was away for so long comes back to a new visit.
const PAUSE: Duration = Duration::minutes(30);
/// Signals told of at most.
const MOST_TOLD: i64 = 50;

/// The signals of an [`Engine`].
pub struct Signals<'a>(&'a Engine);

impl Engine {
    /// Signals as they happen.
    pub fn signals(&self) -> Signals<'_> {
        Signals(self)
    }
}

/// What was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Computed {
    /// Histories that had changed.
    pub(crate) changed: usize,
    /// Signals that were new and told.
    pub(crate) told: usize,
}

/// A history that changed.
struct Changed {
    symbol: Symbol,
    stamp: i64,
    /// Nobody has looked at it yet: what it brings along is no news.
    first: bool,
}

impl Signals<'_> {
    /// Looks at every history that changed since it was looked at: keeps new crossings and tells them, once each however
    /// often and wherever this runs, and tells the indicators of what is followed.
    pub(crate) async fn compute(&self, run: &Run<'_>) -> Result<Computed> {
        let engine = self.0;
        let changed = self.changed().await?;
        let followed: HashSet<Symbol> =
            engine.ingest().followed().await?.into_iter().chain(engine.bus().watched()).collect();
        let mut done = Computed { changed: changed.len(), told: 0 };
        for (at, some) in changed.chunks(CHUNK).enumerate() {
            if run.told_to_stop().is_cancelled() {
                return Err(Error::Unavailable("the time of the run".into()));
            }
            let percent = (at * CHUNK * 100 / changed.len()) as u8;
            run.progress(percent, &format!("{} of {} symbols", at * CHUNK, changed.len())).await?;
            done.told += self.look_at(some, &followed).await?;
        }
        // Whoever asks next finds them ready.
        engine.scanner().warm(Timeframe::Daily).await?;
        Ok(done)
    }

    /// Whether a history has changed since it was looked at.
    pub(crate) async fn is_due(&self) -> Result<bool> {
        Ok(!self.changed().await?.is_empty())
    }

    async fn changed(&self) -> Result<Vec<Changed>> {
        let (recent, marks) = (self.0.recent().await?, store::signals::marks(self.0.db()).await?);
        let mut changed: Vec<Changed> = recent
            .symbols()
            .filter_map(|symbol| {
                let stamp = stamp(recent.tail(symbol)).cast_signed();
                let mark = marks.get(symbol.as_str());
                let first = mark.is_none();
                (mark != Some(&stamp)).then(|| Changed { symbol: symbol.clone(), stamp, first })
            })
            .collect();
        changed.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        Ok(changed)
    }

    async fn look_at(&self, some: &[Changed], followed: &HashSet<Symbol>) -> Result<usize> {
        let engine = self.0;
        let replayed = self.replay(some).await?;
        let (mut news, now) = (Vec::new(), engine.clock().now());
        let mut tx = engine.db().begin().await?;
        for (at, Replayed { signals, last, .. }) in &replayed {
            let Changed { symbol, stamp, first } = &some[*at];
            let since = last.time - Duration::days(if *first { FIRST_DAYS } else { CHANGED_DAYS });
            let signals = &signals[signals.partition_point(|signal| signal.time < since)..];
            match first {
                true => store::signals::fill(&mut tx, symbol, signals, now).await?,
                false => {
                    for signal in signals {
                        if store::signals::note(&mut tx, symbol, signal, now).await? {
                            // Before others can see it: what is told here is not heard from the store again.
                            engine.memory().is_new_signal(symbol, signal);
                            let (symbol, signal) = (symbol.clone(), signal.clone());
                            news.push(SignalFired { symbol, signal, simulated: false });
                        }
                    }
                }
            }
            store::signals::mark(&mut tx, symbol, *stamp).await?;
        }
        tx.commit().await?;
        let told = news.len();
        news.into_iter().for_each(|fired| engine.bus().publish_market(Event::Signal(fired)));
        let universe = engine.universe().await?;
        for (at, Replayed { last, row, bars, stand, .. }) in replayed {
            let symbol = some[at].symbol.clone();
            let kind = universe.get(&symbol).map_or(Kind::Equity, |each| each.kind);
            let tick = IndicatorTick {
                symbol: symbol.clone(),
                rsi: row.rsi14,
                badge: badge(row.rsi14, bars),
                sma20: row.sma20,
                sma50: row.sma50,
                macd: row.macd,
                timestamp: close_of(kind, last.date()),
                simulated: false,
            };
            if followed.contains(&symbol) && !self.is_ahead(&tick) {
                engine.bus().publish_market(Event::Indicator(tick));
            }
            engine.memory().stands.insert(symbol, Arc::new(stand)).await;
        }
        Ok(told)
    }

    /// What the rules say of histories, by place in `some`: over the bars since the last look, or over all where that look is
    /// not known or saw other bars.
    async fn replay(&self, some: &[Changed]) -> Result<Vec<(usize, Replayed)>> {
        let (engine, recent) = (self.0, self.0.recent().await?);
        let (mut work, mut unread) = (Vec::new(), Vec::new());
        for (at, Changed { symbol, first, .. }) in some.iter().enumerate() {
            let stand = engine.memory().stands.get(symbol).await.filter(|_| !first);
            let later: Option<Vec<Bar>> =
                stand.as_ref().and_then(|stand| stand.later(recent.tail(symbol))).map(<[Bar]>::to_vec);
            match stand.zip(later) {
                Some((stand, later)) => work.push((at, stand, later)),
                None => unread.push(symbol.clone()),
            }
        }
        for history in store::bars::daily(engine.db(), &unread).await? {
            if let Some(at) = some.iter().position(|each| each.symbol == history.symbol) {
                work.push((at, Arc::new(Stand::new()), history.bars));
            }
        }
        blocking(move || {
            let one = |(at, stand, bars): (usize, Arc<Stand>, Vec<Bar>)| Some((at, stand.replay(&bars)?));
            work.into_iter().filter_map(one).collect::<Vec<_>>()
        })
        .await
    }

    /// Whether a live price has moved the indicators further already.
    fn is_ahead(&self, tick: &IndicatorTick) -> bool {
        let live = self.0.memory().live.read().unwrap_or_else(PoisonError::into_inner);
        live.get(&tick.symbol).is_some_and(|quote| quote.as_of >= tick.timestamp)
    }

    /// Tells a signal that a live price set off: `signal.time` is the bar it belongs to, `at` the moment. A real one is kept
    /// and told once a bar, whoever finds it first; a simulated one is told and never kept.
    pub(crate) async fn tell(
        &self,
        symbol: &Symbol,
        mut signal: Signal,
        at: DateTime<Utc>,
        simulated: bool,
    ) -> Result<()> {
        if !simulated {
            let mut tx = self.0.db().begin().await?;
            let new = store::signals::note(&mut tx, symbol, &signal, self.0.clock().now()).await?;
            if new {
                self.0.memory().is_new_signal(symbol, &signal);
            }
            tx.commit().await?;
            if !new {
                return Ok(());
            }
        }
        signal.time = at;
        let fired = SignalFired { symbol: symbol.clone(), signal, simulated };
        self.0.bus().publish_market(Event::Signal(fired));
        Ok(())
    }

    /// What fired on the tenant's lists since the caller's visit before this one, newest first; notes that the caller is
    /// here.
    pub async fn since_last_visit(&self, cx: &Cx) -> Result<Since> {
        cx.require(Permission::Read, "see signals")?;
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin_for(cx).await?;
        let before = store::visits::come(&mut tx, cx, now, now - PAUSE).await?;
        tx.commit().await?;
        let Some(before) = before else { return Ok(Since::default()) };
        let lists = self.0.watchlists().list(cx).await?;
        let mut symbols: Vec<Symbol> = lists.into_iter().flat_map(|list| list.symbols).collect();
        symbols.sort();
        symbols.dedup();
        let signals = store::signals::since(self.0.db(), &symbols, before, MOST_TOLD).await?;
        Ok(Since { before: Some(before), now: Some(now), signals })
    }

    /// How the signals did over all symbols, as it was worked out last; `None`, and asked for, when it never was.
    pub async fn scorecard(&self) -> Result<Option<UniverseScores>> {
        let card = store::signals::card(self.0.db()).await?;
        if card.is_none() && self.0.market_day().await?.is_some() {
            let job = RunScanner { timeframe: Timeframe::Daily };
            self.0.jobs().enqueue(Order::new(&job)?.key("run_scanner:daily")).await?;
        }
        Ok(card)
    }

    /// Works out how the signals did over every history in use, at what a trade costs here, and keeps it.
    pub(crate) async fn score(&self) -> Result<Option<UniverseScores>> {
        let Some(day) = self.0.market_day().await? else { return Ok(None) };
        let cost = self.0.trade_cost();
        let pool = Arc::new(Mutex::new(ScorePool::new(cost)));
        for some in self.in_use().await?.chunks(CHUNK) {
            let histories = store::bars::daily(self.0.db(), some).await?;
            let pool = pool.clone();
            blocking(move || {
                let mut pool = pool.lock().unwrap_or_else(PoisonError::into_inner);
                histories.iter().for_each(|history| pool.add(&history.bars, &signals(&history.bars)));
            })
            .await?;
        }
        let card = blocking(move || {
            let pool = pool.lock().unwrap_or_else(PoisonError::into_inner);
            UniverseScores { day, symbols: pool.histories(), cost, scores: pool.scores() }
        })
        .await?;
        let mut tx = self.0.db().begin().await?;
        store::signals::put_card(&mut tx, day, &card, self.0.clock().now()).await?;
        tx.commit().await?;
        Ok(Some(card))
    }

    /// Symbols in use that have prices, in order.
    pub async fn in_use(&self) -> Result<Vec<Symbol>> {
        let (universe, recent) = (self.0.universe().await?, self.0.recent().await?);
        let priced: HashSet<&Symbol> = recent.symbols().collect();
        let in_use = universe.iter().filter(|each| each.active && priced.contains(&each.symbol));
        Ok(in_use.map(|each| each.symbol.clone()).collect())
    }

    /// Everything that looks ahead over the stored history of a symbol: names and first differences.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol without history.
    pub async fn check(&self, symbol: &Symbol, cuts: Cuts) -> Result<Vec<(&'static str, LookAhead)>> {
        let found = store::bars::daily(self.0.db(), std::slice::from_ref(symbol)).await?.pop();
        let history = found.ok_or(Error::NotFound("a history of the symbol"))?;
        blocking(move || look_ahead(&history.bars, cuts)).await
    }
}

#[cfg(test)]
mod tests;
