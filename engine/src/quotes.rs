//! Latest prices: the last two daily bars, with a live layer in memory above them.

use crate::{Engine, Result, memory::remembered, store};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    Bar, Event, Kind, Quote, Symbol,
    calendar::close_of,
    chart::Developing,
    event::{IndicatorTick, QuoteTick},
    overview::SPARK_BARS,
    signal::{Action, SignalKind, badge},
    source::Source,
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

/// The latest daily bars of every symbol that has any.
#[derive(Debug, Default)]
pub struct Recent(HashMap<Symbol, (Vec<Bar>, Source)>);

impl Recent {
    /// Whom prices are known of, in no particular order.
    pub(crate) fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        self.0.keys()
    }

    /// The latest bars, oldest first; none of a symbol without history.
    pub(crate) fn tail(&self, symbol: &Symbol) -> &[Bar] {
        self.0.get(symbol).map_or(&[][..], |(bars, _)| bars)
    }

    /// Closes, oldest first, at most [`SPARK_BARS`].
    pub(crate) fn spark(&self, symbol: &Symbol) -> Vec<f64> {
        let bars = self.tail(symbol);
        bars[bars.len().saturating_sub(SPARK_BARS)..].iter().map(|bar| bar.close).collect()
    }

    /// The last close as a quote.
    pub(crate) fn quote(&self, symbol: &Symbol, kind: Kind) -> Option<Quote> {
        let (bars, source) = self.0.get(symbol)?;
        let (last, earlier) = bars.split_last()?;
        let before = earlier.last().map(|bar| bar.close);
        let as_of = close_of(kind, last.date());
        Some(Quote::new(symbol.clone(), last.close, before, last.volume, as_of, *source))
    }

    /// The last day of every symbol, in no particular order.
    pub(crate) fn last_days(&self) -> impl Iterator<Item = (&Symbol, NaiveDate)> {
        self.0.iter().filter_map(|(symbol, (bars, _))| Some((symbol, bars.last()?.date())))
    }

    /// Date of the newest bar of all.
    pub(crate) fn newest(&self) -> Option<NaiveDate> {
        self.0.values().filter_map(|(bars, _)| bars.last()).map(Bar::date).max()
    }
}

/// A signal that a live price set off: `(is on now, last told at)`.
pub(crate) type Fired = HashMap<(Symbol, SignalKind, Action), (bool, DateTime<Utc>)>;

/// A price that wavers around a threshold tells it once in so long.
const SIGNAL_REST: Duration = Duration::minutes(1);

/// The latest prices of an [`Engine`].
pub struct Quotes<'a>(&'a Engine);

impl Engine {
    /// Latest prices.
    pub fn quotes(&self) -> Quotes<'_> {
        Quotes(self)
    }

    pub(crate) async fn recent(&self) -> Result<Arc<Recent>> {
        let load = async {
            let found = store::bars::latest(self.db(), SPARK_BARS as i64 + 1).await?;
            let each = |history: store::bars::History| (history.symbol, (history.bars, history.source));
            Ok(Arc::new(Recent(found.into_iter().map(each).collect())))
        };
        remembered(&self.memory().recent, load).await
    }
}

/// No price is this many times its last close, up or down: that is another unit, or a split.
const FARTHEST: f64 = 3.0;

/// What became of a live price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is the latest now.
    Believed,
    /// A newer one is known.
    Late,
    /// No price, or of the future, or too far from the last close.
    Refused,
}

impl Quotes<'_> {
    /// The latest prices of symbols in the order asked; those without any are left out.
    pub async fn latest(&self, symbols: &[Symbol]) -> Result<Vec<Quote>> {
        let (recent, universe) = (self.0.recent().await?, self.0.universe().await?);
        let live = self.0.memory().live.read().unwrap_or_else(PoisonError::into_inner);
        let one = |symbol: &Symbol| {
            let kind = universe.get(symbol).map_or(Kind::Equity, |each| each.kind);
            let closed = recent.quote(symbol, kind);
            match (live.get(symbol), closed) {
                (Some(live), Some(closed)) if closed.as_of > live.as_of => Some(closed),
                (Some(live), _) => Some(live.clone()),
                (None, closed) => closed,
            }
        };
        Ok(symbols.iter().filter_map(one).collect())
    }

    /// The latest price of one symbol.
    pub async fn one(&self, symbol: &Symbol) -> Result<Option<Quote>> {
        Ok(self.latest(std::slice::from_ref(symbol)).await?.pop())
    }

    /// The last real closes as quotes, without the live layer, in the order asked: where a feed starts from.
    pub async fn closes(&self, symbols: &[Symbol]) -> Result<Vec<Quote>> {
        let (recent, universe) = (self.0.recent().await?, self.0.universe().await?);
        let kind = |symbol: &Symbol| universe.get(symbol).map_or(Kind::Equity, |each| each.kind);
        Ok(symbols.iter().filter_map(|symbol| recent.quote(symbol, kind(symbol))).collect())
    }

    /// Takes a live price: it is the latest from now on and is pushed to everyone who watches the symbol,
    /// together with the indicators it moves and the signals it sets off. The history is not touched: the price
    /// counts as the close so far of the session after the last stored bar. One of a day that has its bar already
    /// counts as nothing but a price: at the opening bell it may still be yesterday's close. What was gathered before
    /// something newer came, and what cannot be believed, changes nothing.
    pub async fn publish(&self, quote: Quote) -> Result<Taken> {
        let (engine, symbol) = (self.0, quote.symbol.clone());
        if !self.believes(&quote).await? {
            tracing::warn!(%symbol, price = quote.price, "a quote was not believed");
            return Ok(Taken::Refused);
        }
        let study = engine.analysis().study(&symbol).await?;
        let tick = QuoteTick::from(&quote);
        let (price, timestamp, simulated) = (quote.price, quote.as_of, quote.simulated);
        {
            let mut live = engine.memory().live.write().unwrap_or_else(PoisonError::into_inner);
            let is_newer = |known: &Quote| known.as_of > quote.as_of && (quote.simulated || !known.simulated);
            if live.get(&symbol).is_some_and(is_newer) {
                return Ok(Taken::Late);
            }
            live.insert(symbol.clone(), quote);
        }
        engine.bus().publish_market(Event::Quote(tick));
        let Some(developing) = Developing::of(&study.bars, price, timestamp, simulated) else {
            return Ok(Taken::Believed);
        };
        let (row, signals) = study.watch.clone().next_with_row(&developing.bar);
        engine.bus().publish_market(Event::Indicator(IndicatorTick {
            symbol: symbol.clone(),
            rsi: row.rsi14,
            badge: badge(row.rsi14, study.bars.len() + 1),
            sma20: row.sma20,
            sma50: row.sma50,
            macd: row.macd,
            timestamp,
            simulated,
        }));
        let on: Vec<(SignalKind, Action)> = signals.iter().map(|each| (each.kind, each.action)).collect();
        let news = self.newly_on(&symbol, &on, timestamp);
        for signal in signals.into_iter().filter(|each| news.contains(&(each.kind, each.action))) {
            engine.signals().tell(&symbol, signal, timestamp, simulated).await?;
        }
        Ok(Taken::Believed)
    }

    async fn believes(&self, quote: &Quote) -> Result<bool> {
        let closed = self.closes(std::slice::from_ref(&quote.symbol)).await?;
        let near = |closed: &Quote| (1.0 / FARTHEST..FARTHEST).contains(&(quote.price / closed.price));
        Ok(quote.price.is_finite()
            && quote.price > 0.0
            && quote.as_of <= self.0.market().now() + Duration::minutes(5)
            && closed.first().is_none_or(near))
    }

    /// Which of the signals that are on were off before, apart from those told a moment ago.
    fn newly_on(
        &self,
        symbol: &Symbol,
        on: &[(SignalKind, Action)],
        now: DateTime<Utc>,
    ) -> Vec<(SignalKind, Action)> {
        let mut fired = self.0.memory().fired.lock().unwrap_or_else(PoisonError::into_inner);
        for ((of, kind, action), (is_on, _)) in fired.iter_mut() {
            *is_on &= of != symbol || on.contains(&(*kind, *action));
        }
        let mut news = Vec::new();
        for &(kind, action) in on {
            let (is_on, told) =
                fired.entry((symbol.clone(), kind, action)).or_insert((false, DateTime::<Utc>::MIN_UTC));
            if !*is_on && now - *told >= SIGNAL_REST {
                news.push((kind, action));
                *told = now;
            }
            *is_on = true;
        }
        news
    }
}
