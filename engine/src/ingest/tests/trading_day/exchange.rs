//! A stand-in for Yahoo's charts that lives through 10 March 2022 and misbehaves by the clock.

use super::{new_york, symbol};
use crate::Clock;
use crate::provider::bundled;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    Bar,
    calendar::{Session, session},
};
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};
use wiremock::{Request, Respond, ResponseTemplate};

/// What it knows: all others it has never heard of.
pub(super) const LISTED: [&str; 7] = ["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "NVDA", "^GSPC"];

/// Longer than anybody here waits.
pub(super) const SILENCE: Duration = Duration::from_secs(2);

/// How an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Well,
    /// 429, and to come back in 70 s.
    Busy,
    /// Nothing for a long time.
    Silent,
    /// The body breaks off in the middle.
    Cut,
    /// `null` where the latest two days should be.
    Nulls,
    /// Prices of the day before yesterday in cents.
    Cents,
    /// Says that prices are in pounds.
    Pounds,
    /// A trade of 7 March at a price nobody paid.
    BadTick,
}

/// The day's programme, by the clock of New York.
pub(super) fn mood(at: NaiveTime, listed: &str) -> Mood {
    let from = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let within = |start, end| start <= at && at < end;
    match listed {
        _ if within(from(10, 0), from(10, 12)) => Mood::Busy,
        _ if within(from(12, 0), from(13, 0)) => Mood::Silent,
        "MSFT" if within(from(11, 0), from(11, 25)) => Mood::Cut,
        "NVDA" if within(from(11, 30), from(11, 55)) => Mood::Nulls,
        "AAPL" if within(from(14, 0), from(14, 25)) => Mood::Cents,
        "AMZN" if within(from(14, 30), from(14, 55)) => Mood::Pounds,
        "TSLA" if at >= from(15, 0) => Mood::BadTick,
        _ => Mood::Well,
    }
}

/// The stand-in.
pub(super) struct Exchange {
    clock: Clock,
    truth: HashMap<&'static str, Vec<Bar>>,
}

/// What was traded on the days up to the tenth, as everybody knows it since.
pub(super) fn truth(listed: &str) -> Vec<Bar> {
    let all = bundled::bars();
    let series = all.iter().find(|series| series.symbol == symbol(listed)).unwrap();
    series.bars[series.bars.len() - 200..].to_vec()
}

impl Exchange {
    pub(super) fn new(clock: Clock) -> Exchange {
        Exchange { clock, truth: LISTED.map(|listed| (listed, truth(listed))).into() }
    }
}

impl Respond for Exchange {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let now = self.clock.now();
        if mood(new_york(now), "") == Mood::Silent {
            return ResponseTemplate::new(200).set_delay(SILENCE);
        }
        let asked = request.url.path().rsplit('/').next().unwrap_or_default().replace("%5E", "^");
        let Some((listed, bars)) = self.truth.iter().find(|(listed, _)| **listed == asked) else {
            let error =
                json!({ "code": "Not Found", "description": "No data found, symbol may be delisted" });
            return ResponseTemplate::new(404)
                .set_body_json(json!({ "chart": { "result": null, "error": error } }));
        };
        let mood = mood(new_york(now), listed);
        let query: HashMap<_, _> = request.url.query_pairs().collect();
        let second = |name: &str| query.get(name).and_then(|text| text.parse::<i64>().ok());
        let window = (second("period1").unwrap_or(i64::MIN), second("period2").unwrap_or(i64::MAX));
        let interval = query.get("interval").map_or("1d", |text| text.as_ref());
        let text = chart(listed, bars, mood, window, interval, now).to_string();
        match mood {
            Mood::Busy => ResponseTemplate::new(429)
                .insert_header("retry-after", "70")
                .set_body_raw("Edge: Too Many Requests", "text/plain"),
            Mood::Cut => {
                let half = text.as_bytes()[..text.len() / 2].to_vec();
                ResponseTemplate::new(200).set_body_raw(half, "application/json")
            }
            _ => ResponseTemplate::new(200).set_body_raw(text, "application/json"),
        }
    }
}

fn of(date: NaiveDate) -> Session {
    session(date).expect("bundled days are sessions")
}

/// The chart of a symbol as of now, its rows within the window; of shorter intervals it has none.
fn chart(
    listed: &str,
    bars: &[Bar],
    mood: Mood,
    window: (i64, i64),
    interval: &str,
    now: DateTime<Utc>,
) -> Value {
    let today = of(bars[bars.len() - 1].date());
    let mut rows: Vec<(i64, Bar)> = bars
        .iter()
        .map(|bar| (of(bar.date()), *bar))
        .filter(|(session, _)| session.close_utc <= now)
        .map(|(session, bar)| (session.open_utc.timestamp(), bar))
        .collect();
    let before = bars[bars.len() - 2];
    let price = price(&bars[bars.len() - 1], today, now);
    if let Some(price) = price.filter(|_| now < today.close_utc) {
        let running = Bar { close: price, high: Some(price), low: Some(price), ..bars[bars.len() - 1] };
        rows.push((now.timestamp(), running));
    }
    for (_, bar) in &mut rows {
        match mood {
            Mood::Cents if bar.date().to_string() == "2022-03-08" => scale(bar, 100.0),
            Mood::BadTick if bar.date().to_string() == "2022-03-07" => {
                scale(bar, 1.3);
                bar.volume = bar.volume.map(|volume| volume / 2.0);
            }
            _ => {}
        }
    }
    rows.retain(|(at, _)| interval == "1d" && (window.0..window.1).contains(at));
    let blank = if mood == Mood::Nulls { rows.len().saturating_sub(2) } else { rows.len() };
    let column = |pick: fn(&Bar) -> Option<f64>| -> Vec<Option<f64>> {
        rows.iter().enumerate().map(|(at, (_, bar))| pick(bar).filter(|_| at < blank)).collect()
    };
    let latest = if price.is_some() { now.min(today.close_utc) } else { of(before.date()).close_utc };
    json!({ "chart": { "error": null, "result": [{
        "meta": {
            "symbol": listed, "currency": if mood == Mood::Pounds { "GBP" } else { "USD" },
            "exchangeTimezoneName": "America/New_York", "gmtoffset": -18000, "dataGranularity": interval,
            "regularMarketPrice": price.unwrap_or(before.close), "regularMarketTime": latest.timestamp(),
            "chartPreviousClose": before.close, "priceHint": 2,
            "currentTradingPeriod": { "regular": {
                "start": today.open_utc.timestamp(), "end": today.close_utc.timestamp(),
            } },
        },
        "timestamp": rows.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
        "indicators": {
            "quote": [{
                "open": column(|bar| bar.open), "high": column(|bar| bar.high), "low": column(|bar| bar.low),
                "close": column(|bar| Some(bar.close)), "volume": column(|bar| bar.volume),
            }],
            "adjclose": [{ "adjclose": column(|bar| bar.adj_close) }],
        },
    }] } })
}

/// From the first price of the day to its last in a straight line; none before it begins.
fn price(day: &Bar, session: Session, now: DateTime<Utc>) -> Option<f64> {
    let part = |at: DateTime<Utc>| (at - session.open_utc).num_seconds() as f64;
    let open = day.open.unwrap_or(day.close);
    let done = (part(now) / part(session.close_utc)).min(1.0);
    let price = if done < 1.0 { open + (day.close - open) * done } else { day.close };
    (done >= 0.0).then_some(price)
}

fn scale(bar: &mut Bar, by: f64) {
    for price in [&mut bar.open, &mut bar.high, &mut bar.low, &mut bar.adj_close] {
        *price = price.map(|price| price * by);
    }
    bar.close *= by;
}
