//! Bars, daily ones with their splits and dividends, symbol by symbol.

use super::{
    Ingest,
    basis::{apart, left_behind},
    quarantine::findings,
    refusals::HISTORY,
    tally::Outcome,
};
use crate::{
    Error, Result,
    provider::{BarsAnswer, BarsAsk, Fetched, ProviderError, Urgency},
    store::{self, quarantine::Origin},
};
use chrono::{DateTime, Utc};
use domain::{
    Bar, Event, Instrument, Interval, Symbol,
    bar::{Dividend, Split},
    etl::EtlSource,
    event::BarTick,
    market_core,
    quality::{Batch, Judged, Report, Sessions, judge},
    source::Source,
};

/// Stored bars a new batch is held against.
const TAIL: i64 = 300;
/// Sessions asked for again: sources correct the last days, and the overlap shows whether their basis changed.
const OVERLAP: usize = 6;

/// Whether an answer is a whole history, which takes the place of the stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Yes,
    No,
}

/// What is stored of a symbol.
pub(super) struct Kept {
    /// The last bars, oldest first.
    tail: Vec<Bar>,
    pub(super) splits: Vec<Split>,
    dividends: Vec<Dividend>,
}

impl Kept {
    /// What the first of the new bars is held against.
    pub(super) fn before(&self, bars: &[Bar], whole: Whole) -> &[Bar] {
        if whole == Whole::Yes { &[] } else { before(&self.tail, bars) }
    }
}

impl Ingest<'_> {
    /// provider -> quality -> store -> event, for one symbol.
    pub(super) async fn prices(&self, symbol: &str, urgency: Urgency) -> Result<Outcome> {
        let symbol = Symbol::parse(symbol).ok_or(Error::NotFound("the symbol"))?;
        let instrument = self.instrument(&symbol).await?;
        let day = Interval::Day1;
        let kept = self.kept(&symbol, day, DateTime::<Utc>::MIN_UTC).await?;
        let (fetched, whole) = self.fetch(&symbol, day, &kept, None, urgency).await?;
        let known = kept.before(&fetched.value.bars, whole);
        self.judge_and_store(&instrument, day, known, &kept.splits, fetched, whole).await
    }

    /// quality -> store -> event.
    pub(super) async fn judge_and_store(
        &self,
        instrument: &Instrument,
        interval: Interval,
        known: &[Bar],
        splits: &[Split],
        fetched: Fetched<BarsAnswer>,
        whole: Whole,
    ) -> Result<Outcome> {
        let symbol = &instrument.symbol;
        let splits = union(splits, &fetched.value.splits);
        let tells_dividends = interval == Interval::Day1 && fetched.source != Source::Bundled;
        let mut report = judge(&Batch {
            symbol,
            kind: instrument.kind,
            interval,
            bars: &fetched.value.bars,
            known,
            splits: &splits,
            dividends: tells_dividends.then_some(&fetched.value.dividends[..]),
            currency: (&instrument.currency, fetched.value.currency.as_deref()),
            now: self.0.market().now(),
            sessions: Sessions::of(instrument),
        });
        self.trust(symbol, interval, &mut report).await?;
        if whole == Whole::Yes && interval == Interval::Day1 {
            self.refuse_shortened(symbol, fetched.source, &mut report).await?;
        }
        let outcome = match &report.refused {
            Some((rule, why)) => {
                self.refuse(symbol, interval, &fetched, &report, (*rule, why.as_str())).await?
            }
            None => self.store_prices(symbol, interval, &fetched, &report, whole).await?,
        };
        if outcome.upserted > 0
            && let Some(bar) = report.accepted().last()
        {
            let (symbol, source) = (symbol.clone(), fetched.source);
            self.0.bus().publish_market(Event::Bar(BarTick { symbol, interval, bar: *bar, source }));
        }
        Ok(outcome)
    }

    pub(super) async fn instrument(&self, symbol: &Symbol) -> Result<Instrument> {
        let found = self.0.instruments().find(symbol).await?;
        let core = || market_core::instruments().into_iter().find(|each| each.symbol == *symbol);
        found.or_else(core).ok_or(Error::NotFound("the symbol"))
    }

    pub(super) async fn kept(
        &self,
        symbol: &Symbol,
        interval: Interval,
        since: DateTime<Utc>,
    ) -> Result<Kept> {
        let (db, end) = (self.0.db(), DateTime::<Utc>::MAX_UTC);
        Ok(Kept {
            tail: store::bars::series(db, symbol, interval, since, end, TAIL).await?,
            splits: store::splits::of(db, symbol).await?,
            dividends: store::dividends::of(db, symbol).await?,
        })
    }

    /// The newest bars, or the whole history since a beginning where the stored one stands on another basis: there is none, a split
    /// or dividend is new, or the overlap reads differently.
    pub(super) async fn fetch(
        &self,
        symbol: &Symbol,
        interval: Interval,
        kept: &Kept,
        beginning: Option<DateTime<Utc>>,
        urgency: Urgency,
    ) -> Result<(Fetched<BarsAnswer>, Whole)> {
        let ask = |from| BarsAsk { symbol: symbol.clone(), interval, from, to: None };
        let since = kept.tail.len().checked_sub(OVERLAP).map(|at| kept.tail[at].time);
        let fetched = self.fresh(ask(since.or(beginning)), urgency).await?;
        if since.is_none() {
            return Ok((fetched, Whole::Yes));
        }
        match restated(kept, &fetched.value) {
            true => Ok((self.fresh(ask(beginning), urgency).await?, Whole::Yes)),
            false => Ok((fetched, Whole::No)),
        }
    }

    /// An answer of now; one that only stands in tells nothing new.
    async fn fresh(&self, ask: BarsAsk, urgency: Urgency) -> Result<Fetched<BarsAnswer>> {
        let (symbol, daily) = (ask.symbol.clone(), ask.interval == Interval::Day1);
        let answer = self.0.providers().bars(ask, urgency).await;
        let trouble = answer.as_ref().map_or_else(Some, |fetched| fetched.stands_in.as_ref());
        if daily && trouble.is_none_or(ProviderError::is_of_the_question) {
            self.0.memory().bar_turns.note(&symbol, self.0.clock().now());
        }
        let fetched = answer?;
        match fetched.stands_in {
            Some(error) => Err(error.into()),
            None => Ok(fetched),
        }
    }

    /// Bars that an operator accepted are accepted as long as they come unchanged.
    async fn trust(&self, symbol: &Symbol, interval: Interval, report: &mut Report) -> Result<()> {
        if report.rejected() == 0 {
            return Ok(());
        }
        let trusted =
            store::quarantine::trusted(self.0.db(), origin(symbol, interval.as_str(), Source::Bundled))
                .await?;
        for bar in report.bars.iter_mut().filter(|bar| bar.is_rejected()) {
            let as_accepted = |(_, raw): &(DateTime<Utc>, serde_json::Value)| {
                serde_json::from_value(raw.clone()).is_ok_and(|accepted| same(&accepted, &bar.raw))
            };
            if trusted.iter().any(as_accepted) {
                *bar = Judged::new(bar.raw);
            }
        }
        Ok(())
    }

    async fn store_prices(
        &self,
        symbol: &Symbol,
        interval: Interval,
        fetched: &Fetched<BarsAnswer>,
        report: &Report,
        whole: Whole,
    ) -> Result<Outcome> {
        let (source, now, daily) = (fetched.source, self.0.clock().now(), interval == Interval::Day1);
        let mut outcome = Outcome { scores: report.scores, ..Outcome::default() };
        outcome.count(&report.bars);
        outcome.read += report.copies;
        outcome.accepted += report.copies;
        let bars: Vec<Bar> = report.accepted().copied().collect();
        let dividends: Vec<Dividend> =
            report.dividends.iter().filter_map(Judged::accepted).cloned().collect();
        let mut tx = self.0.db().begin().await?;
        if let (Whole::Yes, Some(first)) = (whole, bars.first()) {
            let stored =
                store::bars::forget_left_behind(&mut tx, symbol, interval, first.time, source).await?;
            let left = left_behind(&stored, &bars);
            store::bars::forget_at(&mut tx, symbol, interval, &left).await?;
            if daily {
                store::dividends::forget_since(&mut tx, symbol, first.date()).await?;
            }
        }
        outcome.upserted = store::bars::upsert(&mut tx, symbol, interval, source, &bars).await?;
        if daily {
            store::splits::upsert(&mut tx, source, &fetched.value.splits).await?;
            store::dividends::upsert(&mut tx, source, &dividends).await?;
        }
        if let (Some(first), Some(last)) = (report.bars.first(), report.bars.last()) {
            let (from, to) = (first.raw.time, last.raw.time);
            if daily {
                store::quarantine::release(&mut tx, origin(symbol, HISTORY, source), from, to, now).await?;
            }
            for (span, found) in [
                (interval.as_str(), findings(&report.bars, |bar| bar.time)?),
                ("dividend", findings(&report.dividends, |each| Bar::label(each.date))?),
            ] {
                let of = origin(symbol, span, source);
                store::quarantine::release(&mut tx, of, from, to, now).await?;
                store::quarantine::hold(&mut tx, of, &found.held, now).await?;
                store::quarantine::note(&mut tx, of, &found.repaired, now).await?;
            }
        }
        let subject = subject(symbol, interval);
        store::quality::set_subject(&mut tx, EtlSource::Prices, &subject, now, &report.scores).await?;
        tx.commit().await?;
        Ok(outcome)
    }
}

/// What the scores of a symbol's bars are called.
pub(super) fn subject(symbol: &Symbol, interval: Interval) -> String {
    match interval {
        Interval::Day1 => symbol.to_string(),
        shorter => format!("{symbol} {}", shorter.as_str()),
    }
}

pub(super) fn origin<'a>(symbol: &'a Symbol, span: &'a str, source: Source) -> Origin<'a> {
    Origin { source: EtlSource::Prices, provider: source.as_str(), subject: symbol.as_str(), span }
}

/// Whether two bars say the same; numbers that went through JSON may differ in the last digit.
fn same(a: &Bar, b: &Bar) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
    let all = |bar: &Bar| [bar.open, bar.high, bar.low, Some(bar.close), bar.adj_close, bar.volume];
    let fields = all(a).into_iter().zip(all(b));
    let mut told = fields.map(|pair| match pair {
        (Some(a), Some(b)) => near(a, b),
        (a, b) => a == b,
    });
    a.time == b.time && told.all(|same| same)
}

/// The stored bars before the first of the new ones.
fn before<'a>(tail: &'a [Bar], bars: &[Bar]) -> &'a [Bar] {
    let first = bars.iter().map(|bar| bar.time).min();
    let end = first.map_or(tail.len(), |first| tail.partition_point(|bar| bar.time < first));
    &tail[..end]
}

/// Whether what is stored stands on another basis than what is told now. The newest stored bar is left out: it
/// may have been the running session.
fn restated(kept: &Kept, told: &BarsAnswer) -> bool {
    let new_split = told.splits.iter().any(|split| !kept.splits.contains(split));
    let new_dividend =
        told.dividends.iter().any(|paid| kept.dividends.iter().all(|each| each.date != paid.date));
    let settled = &kept.tail[..kept.tail.len().saturating_sub(1)];
    let differs = told.bars.iter().any(|bar| {
        let stored = settled.iter().rev().take(OVERLAP).find(|stored| stored.time == bar.time);
        stored.is_some_and(|stored| apart(bar, stored, 0.002))
    });
    new_split || new_dividend || differs
}

fn union(kept: &[Split], told: &[Split]) -> Vec<Split> {
    let mut all = told.to_vec();
    all.extend(kept.iter().filter(|split| told.iter().all(|each| each.date != split.date)).cloned());
    all
}
