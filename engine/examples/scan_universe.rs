//! The scanner over a large universe: 5,000 symbols of 500 daily bars each in a fresh SQLite. How long each scan and one
//! screen take the first time, after everything was forgotten because new data came, and from warm memory; then how
//! long the first answer takes when every symbol has a new session.
//!
//! `cargo run --release -p engine --example scan_universe -- [symbols] [days]`
#![allow(clippy::unwrap_used)] // a panic is the report

use chrono::{Days, NaiveDate};
use domain::{
    Bar, Instrument, Kind, Sector, Symbol, calendar,
    etl::EtlSource,
    scanner::{Filter, Scan, Timeframe, WRITTEN_AS},
    source::Source,
};
use engine::{
    Engine,
    ingest::{Ask, Silent},
    provider::{BarsAnswer, Urgency},
    scanner::MOST_ROWS,
    testing::{FakeProvider, TestDb, listed, live_engine_on, now},
};
use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// Warm answers of each question; the fastest counts, since other work only ever makes it slower.
const ROUNDS: usize = 20;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let mut count = |usual: usize| words.next().map_or(usual, |word| word.parse().unwrap());
    let (symbols, days) = (count(5_000), sessions(count(500)));
    println!("{symbols} symbols x {} days", days.len());
    let (newest, before) = (days.last().copied(), days.iter().nth_back(1).copied());
    let is_over = Arc::new(AtomicBool::new(false));
    let last_is_over = is_over.clone();
    let provider = FakeProvider::new(Source::Yahoo)
        .bars(move |ask| {
            let mut bars = history(number(&ask.symbol), &days);
            if !last_is_over.load(Ordering::Relaxed) {
                bars.pop();
            }
            bars.retain(|bar| ask.from.is_none_or(|from| bar.time >= from));
            Ok(BarsAnswer { bars, ..BarsAnswer::default() })
        })
        .shared();
    let test = TestDb::sqlite().await;
    let all: Vec<Symbol> = (0..symbols).map(symbol).collect();
    let engine = live_engine_on(test.db(), now(), vec![provider.clone()]);
    listed(&engine, &all.iter().map(instrument).collect::<Vec<_>>()).await;
    load(&engine, &all).await;

    let filter = Filter::parse(WRITTEN_AS[0]).unwrap();
    println!("{:<18}{:>12}{:>15}{:>12}{:>9}", "", "first, ms", "forgotten, ms", "warm, ms", "found");
    for which in Scan::ALL.map(Some).into_iter().chain([None]) {
        // A new engine over the full store: nothing is remembered.
        let engine = live_engine_on(test.db(), now(), Vec::new());
        let (found, first) = timed(ask(&engine, which, &filter)).await;
        // A symbol is listed again as it is: the caches are forgotten, and no history has changed.
        listed(&engine, &[instrument(&all[0])]).await;
        let (_, forgotten) = timed(ask(&engine, which, &filter)).await;
        let mut warm = f64::INFINITY;
        for _ in 0..ROUNDS {
            warm = warm.min(timed(ask(&engine, which, &filter)).await.1);
        }
        let name = which.map_or("a screen", Scan::title);
        println!("{name:<18}{first:>12.1}{forgotten:>15.1}{warm:>12.2}{found:>9}");
    }

    let engine = live_engine_on(test.db(), now(), vec![provider]);
    ask(&engine, Some(Scan::Gainers), &filter).await;
    assert_eq!(engine.scanner().newest_day().await.unwrap(), before);
    is_over.store(true, Ordering::Relaxed);
    load(&engine, &all).await;
    let (_, took) = timed(ask(&engine, Some(Scan::Gainers), &filter)).await;
    assert_eq!(engine.scanner().newest_day().await.unwrap(), newest);
    println!("after a new session of every symbol: {took:.1} ms");
    println!("memory at most {} MB", peak_mb());
    test.finish().await;
}

/// How many symbols a scan finds, or the screen where there is none.
async fn ask(engine: &Engine, which: Option<Scan>, filter: &Filter) -> u32 {
    let scanner = engine.scanner();
    match which {
        Some(scan) => scanner.result(scan, Timeframe::Daily, None).await.unwrap().total,
        None => scanner.screen(filter, Timeframe::Daily, None, MOST_ROWS).await.unwrap().total,
    }
}

async fn load(engine: &Engine, all: &[Symbol]) {
    let ask = Ask {
        source: EtlSource::Prices,
        symbols: Some(all.to_vec()),
        intraday: false,
        urgency: Urgency::Scheduled,
    };
    engine.ingest().run(&ask, &Silent).await.unwrap();
}

/// What became of it, and how long it took, in milliseconds.
async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let begun = Instant::now();
    let done = work.await;
    (done, begun.elapsed().as_secs_f64() * 1e3)
}

/// The latest sessions that are over, oldest first.
fn sessions(count: usize) -> Vec<NaiveDate> {
    let (mut day, mut dates) = (now().date_naive(), Vec::with_capacity(count));
    while dates.len() < count {
        day = day - Days::new(1);
        if calendar::is_session(day) {
            dates.push(day);
        }
    }
    dates.reverse();
    dates
}

fn symbol(number: usize) -> Symbol {
    Symbol::parse(&format!("S{number:05}")).unwrap()
}

fn number(symbol: &Symbol) -> usize {
    symbol.as_str()[1..].parse().unwrap()
}

fn instrument(symbol: &Symbol) -> Instrument {
    Instrument {
        symbol: symbol.clone(),
        name: format!("Company {symbol}"),
        kind: Kind::Equity,
        sector: Some(Sector::ALL[number(symbol) % Sector::ALL.len()]),
        industry: None,
        exchange: Some("NASDAQ".into()),
        currency: "USD".into(),
        market_cap: None,
        active: true,
    }
}

/// A walk that depends on the number alone.
fn history(number: usize, days: &[NaiveDate]) -> Vec<Bar> {
    let mut state = number as u64 * 2 + 1;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31) - 0.5
    };
    let cents = |price: f64| (price * 100.0).round() / 100.0;
    let mut price = 100.0_f64;
    let bar = |date: &NaiveDate| {
        let open = price;
        price = cents(price * (1.0 + random() * 0.03)).max(1.0);
        let close = price;
        let (low, high) = (open.min(close), open.max(close));
        Bar {
            time: Bar::label(*date),
            open: Some(open),
            high: Some(cents(high * 1.005)),
            low: Some(cents(low * 0.995)),
            close,
            adj_close: Some(close),
            volume: Some((1e6 * (1.0 + random())).round()),
        }
    };
    days.iter().map(bar).collect()
}

/// The most memory the process has held; 0 where the system does not tell.
fn peak_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
