//! What follows from the bars of a session on the same evening, without any other line of the schedule, on both databases.

use super::*;
use crate::{
    provider::{BarsAnswer, BarsAsk, ProviderError},
    store,
    testing::{FakeProvider, for_each_db, listed, live_engine_on},
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use domain::{
    Bar, Event,
    calendar::{previous_session, sessions},
    market_core,
    scanner::Scan,
    signal::SignalKind,
    source::Source,
};
use std::sync::{Arc, Mutex};

const FUNDS: [&str; 10] = ["SPY", "XLE", "XLB", "XLI", "XLY", "XLP", "XLV", "XLF", "XLK", "XLC"];

/// The newest session that the provider tells, and of how many of the funds it tells that one.
type Told = Arc<Mutex<(NaiveDate, usize)>>;

fn march(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, day).unwrap()
}

/// Quiet sessions; on 10 March SPY falls out of its range on ten times the volume.
fn bar(date: NaiveDate, fund: usize) -> Bar {
    let falls = fund == 0 && date == march(10);
    let (low, close, volume) = if falls { (94.0, 95.0, 10_000.0) } else { (99.0, 100.0, 1000.0) };
    Bar {
        time: Bar::label(date),
        open: Some(100.0),
        high: Some(101.0),
        low: Some(low),
        close,
        adj_close: None,
        // No session is a copy of the one before.
        volume: Some(volume + f64::from(date.day())),
    }
}

fn provider(told: Told) -> Arc<FakeProvider> {
    FakeProvider::new(Source::Yahoo)
        .bars(move |ask: &BarsAsk| {
            let fund = FUNDS.iter().position(|fund| *fund == ask.symbol.as_str());
            let fund = fund.ok_or(ProviderError::NotFound)?;
            let (newest, of) = *told.lock().unwrap();
            let until = if fund < of { newest } else { previous_session(newest).date };
            let from = ask.from.unwrap_or(DateTime::<Utc>::MIN_UTC);
            let all = sessions(march(1) - Duration::days(90)..=until).map(|each| bar(each.date, fund));
            Ok(BarsAnswer { bars: all.filter(|bar| bar.time >= from).collect(), ..BarsAnswer::default() })
        })
        .shared()
}

/// An engine on the evening of 9 March, an hour and a half after the close, with what its provider tells.
async fn evening(db: store::Db) -> (Engine, Told) {
    let told: Told = Arc::new(Mutex::new((march(9), FUNDS.len())));
    let at = Bar::label(march(9)) + Duration::minutes(22 * 60 + 30);
    let engine = live_engine_on(db, at, vec![provider(told.clone())]);
    listed(&engine, &market_core::instruments()).await;
    (engine, told)
}

async fn sync(engine: &Engine) {
    engine.jobs().enqueue(Order::new(&SyncBars { symbols: None }).unwrap()).await.unwrap();
    engine.run_due_jobs().await.unwrap();
}

/// Of how many symbols the scans of a session are kept.
async fn kept(engine: &Engine, timeframe: Timeframe, day: NaiveDate) -> Option<u32> {
    let found = store::scans::get(engine.db(), Scan::Gainers, timeframe, day).await.unwrap();
    found.map(|result| result.symbols)
}

fn breakouts(reader: &mut crate::bus::Subscription) -> usize {
    let is_one =
        |event: &Event| matches!(event, Event::Signal(fired) if fired.signal.kind == SignalKind::Breakout);
    std::iter::from_fn(|| reader.try_next()).filter(|frame| is_one(&frame.event)).count()
}

#[tokio::test]
async fn the_bars_of_a_session_bring_its_signals_and_scans_on_the_same_evening() {
    for_each_db(|db| async move {
        let (engine, told) = evening(db).await;
        let spy = Symbol::parse("SPY").unwrap();
        let mut reader = engine.bus().subscribe(domain::TenantId(uuid::Uuid::nil()), vec![spy], None);
        sync(&engine).await;
        assert_eq!(kept(&engine, Timeframe::Daily, march(9)).await, Some(10));
        assert_eq!(
            kept(&engine, Timeframe::Weekly, march(4)).await,
            Some(10),
            "the week before ended on a Friday"
        );
        assert_eq!(breakouts(&mut reader), 0);

        engine.clock().advance(Duration::days(1));
        told.lock().unwrap().0 = march(10);
        sync(&engine).await;
        assert_eq!(breakouts(&mut reader), 1);
        assert_eq!(kept(&engine, Timeframe::Daily, march(10)).await, Some(10));

        // Nothing new, nothing more to do.
        engine.jobs().enqueue(Order::new(&SyncBars { symbols: None }).unwrap()).await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_comes_late_is_kept_whole_by_the_run_that_completes_it() {
    for_each_db(|db| async move {
        let (engine, told) = evening(db).await;
        sync(&engine).await;
        engine.clock().advance(Duration::days(1));
        *told.lock().unwrap() = (march(10), 8);
        sync(&engine).await;
        assert_eq!(kept(&engine, Timeframe::Daily, march(10)).await, None, "two of ten are missing");
        engine.clock().advance(Duration::minutes(15));
        told.lock().unwrap().1 = 10;
        sync(&engine).await;
        assert_eq!(kept(&engine, Timeframe::Daily, march(10)).await, Some(10));
    })
    .await;
}
