//! The scanner over a large universe: 5,000 symbols of 500 daily bars each in a fresh SQLite. How long each scan and one
//! screen take the first time, after everything was forgotten because new data came, and from warm memory; then how
//! long the first answer takes when every symbol has a new session.
//!
//! `cargo run --release -p engine --example scan_universe -- [symbols] [days]`
#![allow(clippy::unwrap_used)] // a panic is the report

use chrono::NaiveDate;
use domain::{
    Instrument, Sector, Symbol,
    scanner::{Filter, Scan, Timeframe, WRITTEN_AS},
};
use engine::{
    Engine,
    scanner::MOST_ROWS,
    testing::{
        TestDb, collect_prices, company, listed, live_engine_on, now, numbered, peak_mb, sessions, walking,
    },
};
use std::time::Instant;

/// Warm answers of each question; the fastest counts, since other work only ever makes it slower.
const ROUNDS: usize = 20;

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let mut count = |usual: usize| words.next().map_or(usual, |word| word.parse().unwrap());
    let (symbols, days) = (count(5_000), count(500));
    let mut days: Vec<NaiveDate> = sessions().take(days).collect();
    days.reverse();
    println!("{symbols} symbols x {} days", days.len());
    let (newest, before) = (days.last().copied(), days.iter().nth_back(1).copied());
    let test = TestDb::sqlite().await;
    let all: Vec<Symbol> = (0..symbols).map(numbered).collect();
    let without_newest = walking(days[..days.len() - 1].to_vec()).shared();
    let engine = live_engine_on(test.db(), now(), vec![without_newest]);
    listed(&engine, &(0..symbols).map(instrument).collect::<Vec<_>>()).await;
    collect_prices(&engine, &all).await;

    let filter = Filter::parse(WRITTEN_AS[0]).unwrap();
    println!("{:<18}{:>12}{:>15}{:>12}{:>9}", "", "first, ms", "forgotten, ms", "warm, ms", "found");
    for which in Scan::ALL.map(Some).into_iter().chain([None]) {
        // A new engine over the full store: nothing is remembered.
        let engine = live_engine_on(test.db(), now(), Vec::new());
        let (found, first) = timed(ask(&engine, which, &filter)).await;
        // A symbol is listed again as it is: the caches are forgotten, and no history has changed.
        listed(&engine, &[instrument(0)]).await;
        let (_, forgotten) = timed(ask(&engine, which, &filter)).await;
        let mut warm = f64::INFINITY;
        for _ in 0..ROUNDS {
            warm = warm.min(timed(ask(&engine, which, &filter)).await.1);
        }
        let name = which.map_or("a screen", Scan::title);
        println!("{name:<18}{first:>12.1}{forgotten:>15.1}{warm:>12.2}{found:>9}");
    }

    let engine = live_engine_on(test.db(), now(), vec![walking(days).shared()]);
    ask(&engine, Some(Scan::Gainers), &filter).await;
    assert_eq!(engine.scanner().newest_day().await.unwrap(), before);
    collect_prices(&engine, &all).await;
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

/// What became of it, and how long it took, in milliseconds.
async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let begun = Instant::now();
    let done = work.await;
    (done, begun.elapsed().as_secs_f64() * 1e3)
}

fn instrument(number: usize) -> Instrument {
    let symbol = numbered(number);
    let name = format!("Company {symbol}");
    Instrument { sector: Some(Sector::ALL[number % Sector::ALL.len()]), ..company(symbol, &name) }
}
