//! Chart, version 8: price history with splits and dividends, and the latest price beside it. Needs no session,
//! so it is asked first for everything it can tell.

mod wire;

use super::{
    limits,
    money::{in_major, major},
};
use crate::{
    Clock,
    provider::{
        Answer, BarsAnswer, BarsAsk, Capability, Limits, Provider, ProviderError,
        http::{Reply, Site},
    },
};
use async_trait::async_trait;
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Bar, Interval, Quote, Symbol,
    bar::{Dividend, Split},
    source::Source,
};
use std::collections::HashMap;
use wire::{ChartResult, Envelope, Meta};

/// Before the first bar of anything: 1900-01-01.
const BEGINNING: i64 = -2_208_988_800;
/// How far ahead of the server's clock a price may be.
const AHEAD: Duration = Duration::minutes(5);

/// The chart endpoint.
pub struct Chart {
    site: Site,
    clock: Clock,
}

/// How far back an interval goes, and how much of it one call gives.
struct Reach {
    word: &'static str,
    days: Option<i64>,
    days_a_call: Option<i64>,
}

fn reach(interval: Interval) -> Answer<Reach> {
    match interval {
        Interval::Day1 => Ok(Reach { word: "1d", days: None, days_a_call: None }),
        // A day less than the limit: it is measured to the second.
        Interval::Hour1 => Ok(Reach { word: "1h", days: Some(729), days_a_call: None }),
        Interval::Minute1 => Ok(Reach { word: "1m", days: Some(29), days_a_call: Some(7) }),
        _ => Err(ProviderError::Unsupported),
    }
}

impl Chart {
    /// Charts at `site`; `clock` knows which session is not over yet.
    pub fn new(site: Site, clock: Clock) -> Chart {
        Chart { site, clock }
    }

    async fn call(&self, symbol: &Symbol, query: &[(&str, &str)]) -> Answer<(ChartResult, Reply)> {
        let url = self.site.url(&["v8", "finance", "chart", symbol.as_str()], query)?;
        let reply = self.site.get(url, &[]).await?;
        match reply.status() {
            200 | 400 | 422 => {}
            _ => reply.check()?,
        }
        let chart = match reply.parse::<Envelope>() {
            Ok(envelope) => envelope.chart,
            // Not even an error in its own words.
            Err(error) => return Err(reply.check().err().unwrap_or(error)),
        };
        let chart = chart.ok_or_else(|| reply.malformed("no chart"))?;
        if let Some(error) = chart.error {
            return Err(error.classify());
        }
        reply.check()?;
        let result = chart.result.unwrap_or_default().into_iter().next();
        let result = result.ok_or_else(|| reply.malformed("an empty chart"))?;
        match &result.meta.symbol {
            Some(other) if !other.eq_ignore_ascii_case(symbol.as_str()) => {
                Err(reply.malformed(&format!("a chart of {other} instead of {symbol}")))
            }
            _ => Ok((result, reply)),
        }
    }

    /// One window, `to` excluded.
    async fn window(&self, ask: &BarsAsk, word: &str, from: i64, to: i64) -> Answer<BarsAnswer> {
        let (period1, period2) = (from.to_string(), to.to_string());
        let query = [
            ("interval", word),
            ("period1", &*period1),
            ("period2", &*period2),
            ("events", "div,splits,capitalGains"),
            ("includePrePost", "false"),
        ];
        let (result, reply) = match self.call(&ask.symbol, &query).await {
            // Before the first day of trading there is nothing, which is no fault.
            Err(ProviderError::Refused(why)) if why.contains("Data doesn't exist") => {
                return Ok(BarsAnswer::default());
            }
            other => other?,
        };
        let told = result.meta.data_granularity.as_deref();
        if told.is_some_and(|told| told != word && !(word == "1h" && told == "60m")) {
            return Err(reply.malformed("bars of another length than asked for"));
        }
        answer(&ask.symbol, ask.interval, result, &reply, self.clock.now())
    }
}

#[async_trait]
impl Provider for Chart {
    fn source(&self) -> Source {
        Source::Yahoo
    }

    fn name(&self) -> &'static str {
        "yahoo chart"
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Bars, Capability::Quotes]
    }

    fn limits(&self) -> Limits {
        limits(&self.site)
    }

    async fn bars(&self, ask: &BarsAsk) -> Answer<BarsAnswer> {
        let Reach { word, days, days_a_call } = reach(ask.interval)?;
        let now = self.clock.now();
        // The label of a day is up to a day away from its session.
        let slack = Duration::days(i64::from(ask.interval.is_daily_or_longer()));
        let earliest = days.map_or(BEGINNING, |days| (now - Duration::days(days)).timestamp());
        let from = ask.from.map_or(earliest, |from| (from - slack).timestamp()).max(earliest);
        let to = ask.to.map_or(now + Duration::days(1), |to| to + slack).timestamp();
        if to <= from {
            let why = days.map_or("an empty window".into(), |days| format!("kept for {days} days only"));
            return Err(ProviderError::Refused(why));
        }
        let step = days_a_call.map_or(i64::MAX, |days| days * 24 * 3600);
        let mut whole = BarsAnswer::default();
        let mut start = from;
        while start < to {
            let end = start.saturating_add(step).min(to);
            let part = self.window(ask, word, start, end).await?;
            whole.bars.extend(part.bars);
            whole.splits.extend(part.splits);
            whole.dividends.extend(part.dividends);
            whole.currency = part.currency.or(whole.currency);
            whole.zone = part.zone.or(whole.zone);
            whole.quote = part.quote.or(whole.quote);
            start = end;
        }
        let label = |at: DateTime<Utc>| match ask.interval.is_daily_or_longer() {
            true => Bar::label(at.date_naive()),
            false => at,
        };
        whole.bars.retain(|bar| {
            ask.from.is_none_or(|from| bar.time >= label(from)) && ask.to.is_none_or(|to| bar.time < to)
        });
        Ok(whole)
    }

    async fn quotes(&self, symbols: &[Symbol]) -> Answer<Vec<Quote>> {
        let mut quotes = Vec::with_capacity(symbols.len());
        for symbol in symbols {
            // The close before the chart is the close before the day only in a chart of one day.
            let query = [("interval", "1d"), ("range", "1d"), ("includePrePost", "false")];
            let (result, reply) = self.call(symbol, &query).await?;
            let before = result.meta.chart_previous_close.or(result.meta.previous_close);
            quotes.push(quote(symbol, &result.meta, before, &reply, self.clock.now())?);
        }
        Ok(quotes)
    }
}

/// What the exchange's clocks show.
enum Zone {
    Named(Tz),
    Offset(Duration),
}

impl Zone {
    fn of(meta: &Meta) -> Option<Zone> {
        let named = meta.exchange_timezone_name.as_deref().and_then(|name| name.parse().ok());
        named.map(Zone::Named).or_else(|| meta.gmtoffset.map(|s| Zone::Offset(Duration::seconds(s))))
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Zone::Named(zone) => at.with_timezone(zone).naive_local(),
            Zone::Offset(offset) => (at + *offset).naive_utc(),
        }
    }
}

fn answer(
    symbol: &Symbol,
    interval: Interval,
    result: ChartResult,
    reply: &Reply,
    now: DateTime<Utc>,
) -> Answer<BarsAnswer> {
    let meta = &result.meta;
    let (currency, unit) = meta.currency.as_deref().map_or((None, 1.0), |currency| {
        let (code, unit) = major(currency);
        (Some(code.to_string()), unit)
    });
    let zone = Zone::of(meta).ok_or_else(|| reply.malformed("no time zone"))?;
    let date = |seconds: i64| -> Answer<NaiveDate> {
        let at = DateTime::from_timestamp(seconds, 0).ok_or_else(|| reply.malformed("no such time"))?;
        Ok(zone.local(at).date())
    };
    let daily = interval.is_daily_or_longer();
    let mut bars = Vec::new();
    for row in result.rows().map_err(|why| reply.malformed(why))? {
        let Some(close) = row.close else { continue };
        let at = DateTime::from_timestamp(row.at, 0).ok_or_else(|| reply.malformed("no such time"))?;
        let time = if daily { Bar::label(zone.local(at).date()) } else { at };
        let in_units = |value: Option<f64>| value.map(|value| in_major(value, unit));
        let bar = Bar {
            time,
            open: in_units(row.open),
            high: in_units(row.high),
            low: in_units(row.low),
            close: in_major(close, unit),
            adj_close: in_units(row.adj_close),
            volume: row.volume,
        };
        bars.push((row.at, bar));
    }
    bars.sort_by_key(|(at, _)| *at);
    if daily {
        let running = meta.running_session(now).map(&date).transpose()?;
        bars = without_the_running_day(bars, running);
    }
    let mut answer = BarsAnswer {
        bars: bars.into_iter().map(|(_, bar)| bar).collect(),
        currency,
        zone: meta.exchange_timezone_name.clone(),
        ..BarsAnswer::default()
    };
    for event in result.events.splits.values() {
        if let (Some(at), Some(numerator), Some(denominator)) =
            (event.date, event.numerator, event.denominator)
        {
            answer.splits.push(Split { symbol: symbol.clone(), date: date(at)?, numerator, denominator });
        }
    }
    for event in result.events.paid() {
        if let (Some(at), Some(amount)) = (event.date, event.amount) {
            answer.dividends.push(Dividend {
                symbol: symbol.clone(),
                date: date(at)?,
                amount: in_major(amount, unit),
            });
        }
    }
    answer.splits.sort_by_key(|split| split.date);
    answer.dividends.sort_by_key(|dividend| dividend.date);
    if let (true, Some(at)) = (daily, meta.regular_market_time) {
        let today = Bar::label(date(at)?);
        let before = answer.bars.iter().rev().find(|bar| bar.time < today).map(|bar| bar.close * unit);
        // An old price beside good history is no reason to refuse the history.
        answer.quote = quote(symbol, meta, before, reply, now).ok();
    }
    Ok(answer)
}

/// Daily bars of finished sessions. The session that runs is told as a quote, not as history; and where it was
/// told twice, at its opening and as of now, the later row is the truth.
fn without_the_running_day(bars: Vec<(i64, Bar)>, running: Option<NaiveDate>) -> Vec<(i64, Bar)> {
    let newest: HashMap<DateTime<Utc>, i64> = bars.iter().map(|(at, bar)| (bar.time, *at)).collect();
    let keep = |(at, bar): &(i64, Bar)| newest[&bar.time] == *at && Some(bar.date()) != running;
    bars.into_iter().filter(keep).collect()
}

/// The latest price; `before` in the units of `meta`.
fn quote(
    symbol: &Symbol,
    meta: &Meta,
    before: Option<f64>,
    reply: &Reply,
    now: DateTime<Utc>,
) -> Answer<Quote> {
    let unit = meta.currency.as_deref().map_or(1.0, |currency| major(currency).1);
    let price = meta.regular_market_price.filter(|price| *price > 0.0);
    let price = price.ok_or_else(|| reply.malformed("no price"))?;
    let as_of = meta.regular_market_time.and_then(|at| DateTime::from_timestamp(at, 0));
    let as_of = as_of.ok_or_else(|| reply.malformed("a price without a time"))?;
    // Measured by the server's own clock: ours may be wrong.
    if as_of > reply.date().unwrap_or(now) + AHEAD {
        return Err(reply.malformed("a price of the future"));
    }
    let before = before.filter(|before| *before > 0.0).map(|before| in_major(before, unit));
    let volume = meta.regular_market_volume;
    Ok(Quote::new(symbol.clone(), in_major(price, unit), before, volume, as_of, Source::Yahoo))
}
