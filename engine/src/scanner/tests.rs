//! Scans over the bundled market, which stands at 10 March 2022, and over what changes in it.

use crate::{
    Engine, Error,
    jobs::{Order, RunScanner},
    store,
    testing::for_each_engine,
};
use chrono::NaiveDate;
use domain::{
    Bar, Interval, Symbol,
    scanner::{Filter, Scan, Timeframe},
    source::Source,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, month, day).unwrap()
}

/// A history of 30 sessions up to a day; the last close is so many percent above the others.
async fn put(engine: &Engine, symbol: &str, last: NaiveDate, percent: f64) {
    let symbol = Symbol::parse(symbol).unwrap();
    let bar = |at: u64, close: f64| Bar {
        time: Bar::label(last - chrono::Days::new(at)),
        open: Some(100.0),
        high: Some(close.max(101.0)),
        low: Some(close.min(99.0)),
        close,
        adj_close: None,
        volume: Some(1000.0),
    };
    let mut bars: Vec<Bar> = (1..30).rev().map(|at| bar(at, 100.0)).collect();
    bars.push(bar(0, 100.0 + percent));
    let mut tx = engine.db().begin().await.unwrap();
    let instruments = [domain::Instrument {
        symbol: symbol.clone(),
        name: symbol.to_string(),
        kind: domain::Kind::Equity,
        sector: None,
        industry: None,
        exchange: None,
        currency: "USD".into(),
        market_cap: None,
        active: true,
    }];
    store::instruments::upsert(&mut tx, &instruments).await.unwrap();
    store::bars::upsert(&mut tx, &symbol, Interval::Day1, Source::Bundled, &bars).await.unwrap();
    tx.commit().await.unwrap();
    engine.memory().forget();
}

async fn gainers(engine: &Engine, day: Option<NaiveDate>) -> Vec<String> {
    let result = engine.scanner().result(Scan::Gainers, Timeframe::Daily, day).await.unwrap();
    result.items.iter().map(|item| item.symbol.to_string()).collect()
}

#[tokio::test]
async fn a_series_that_ended_earlier_takes_no_part_in_a_later_day() {
    for_each_engine(|engine| async move {
        put(&engine, "NOW", day(3, 10), 5.0).await;
        put(&engine, "OVER", day(3, 9), 9.0).await;
        assert_eq!(gainers(&engine, None).await, ["NOW"]);
        let filter = Filter::parse("close > 100").unwrap();
        let found = engine.scanner().screen(&filter, Timeframe::Daily, None, 10).await.unwrap();
        assert_eq!((found.symbols, found.total), (1, 1));
        // On its own last day it did.
        assert_eq!(gainers(&engine, Some(day(3, 9))).await, ["OVER"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_said_of_a_day_stays_whatever_comes_later() {
    for_each_engine(|engine| async move {
        put(&engine, "AAA", day(3, 9), 5.0).await;
        let job = RunScanner { timeframe: Timeframe::Daily };
        for _ in 0..2 {
            engine.jobs().enqueue(Order::new(&job).unwrap()).await.unwrap();
            engine.run_due_jobs().await.unwrap();
        }
        let kept = engine.scanner().result(Scan::Gainers, Timeframe::Daily, None).await.unwrap();
        put(&engine, "AAA", day(3, 10), 7.0).await;
        put(&engine, "BBB", day(3, 10), 8.0).await;
        assert_eq!(gainers(&engine, None).await, ["BBB", "AAA"]);
        let past = engine.scanner().result(Scan::Gainers, Timeframe::Daily, Some(day(3, 9))).await.unwrap();
        assert_eq!((past.items, past.day), (kept.items, day(3, 9)));
    })
    .await;
}

/// Of how many symbols the scans of a day are kept, after another run of the job.
async fn kept_after_a_run(engine: &Engine, day: NaiveDate) -> Option<u32> {
    let job = RunScanner { timeframe: Timeframe::Daily };
    engine.jobs().enqueue(Order::new(&job).unwrap()).await.unwrap();
    engine.run_due_jobs().await.unwrap();
    let kept = store::scans::get(engine.db(), Scan::Gainers, Timeframe::Daily, day).await.unwrap();
    kept.map(|kept| kept.symbols)
}

#[tokio::test]
async fn a_session_is_kept_once_nine_of_ten_symbols_have_its_prices() {
    for_each_engine(|engine| async move {
        let symbols = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III", "JJJ"];
        for symbol in symbols {
            put(&engine, symbol, day(3, 9), 1.0).await;
        }
        put(&engine, "OVER", day(3, 4), 1.0).await;
        assert_eq!(kept_after_a_run(&engine, day(3, 9)).await, Some(10), "nobody waits for what has ended");
        for symbol in &symbols[..8] {
            put(&engine, symbol, day(3, 10), 2.0).await;
        }
        assert_eq!(kept_after_a_run(&engine, day(3, 10)).await, None, "its prices still come in");
        put(&engine, symbols[8], day(3, 10), 2.0).await;
        assert_eq!(kept_after_a_run(&engine, day(3, 10)).await, Some(9));
    })
    .await;
}

#[tokio::test]
async fn a_session_that_goes_on_is_not_kept() {
    let db = crate::testing::TestDb::sqlite().await;
    // A source that tells the running day, an hour before its close.
    let at = crate::testing::market_now() - chrono::Duration::hours(1);
    let engine = crate::testing::live_engine_on(db.db(), at, Vec::new());
    put(&engine, "AAA", day(3, 10), 5.0).await;
    assert_eq!(kept_after_a_run(&engine, day(3, 10)).await, None);
    engine.clock().advance(chrono::Duration::hours(1));
    assert_eq!(kept_after_a_run(&engine, day(3, 10)).await, Some(1));
}

#[tokio::test]
async fn there_is_no_scan_of_a_sunday_of_the_future_or_of_long_ago() {
    for_each_engine(|engine| async move {
        let nothing = engine.scanner().result(Scan::Active, Timeframe::Daily, None).await;
        assert!(matches!(nothing, Err(Error::NotFound(_))), "before there are prices");
        put(&engine, "AAA", day(3, 10), 5.0).await;
        for wrong in [day(3, 6), day(3, 11), NaiveDate::from_ymd_opt(2019, 3, 8).unwrap()] {
            let asked = engine.scanner().result(Scan::Active, Timeframe::Weekly, Some(wrong)).await;
            assert!(matches!(asked, Err(Error::NotFound(_))), "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_changed_is_worked_out_anew() {
    let engine = crate::testing::engine().await;
    put(&engine, "AAA", day(3, 10), 5.0).await;
    put(&engine, "BBB", day(3, 10), 6.0).await;
    let of = |warm: &super::warm::Warm, symbol: &str| {
        warm.all.iter().find(|each| each.instrument.symbol.as_str() == symbol).cloned().unwrap()
    };
    let before = engine.scanner().warm(Timeframe::Daily).await.unwrap();
    put(&engine, "BBB", day(3, 10), 9.0).await;
    let after = engine.scanner().warm(Timeframe::Daily).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&of(&before, "AAA"), &of(&after, "AAA")));
    assert_eq!(of(&after, "BBB").bar.close, 109.0);
}

#[tokio::test]
async fn the_job_leaves_a_scorecard_over_all_symbols_of_the_bundled_market() {
    let engine = crate::testing::engine().await;
    engine.load_bundled().await.unwrap();
    assert!(engine.signals().scorecard().await.unwrap().is_none(), "never worked out yet, and asked for now");
    engine.run_due_jobs().await.unwrap();
    let card = engine.signals().scorecard().await.unwrap().unwrap();
    assert_eq!((card.day, card.scores.len()), (day(3, 10), 15), "five rules at three horizons");
    assert_eq!(card.cost, engine.trade_cost());
    assert_eq!(card.symbols as usize, engine.signals().in_use().await.unwrap().len());
    let kept = store::scans::last_day(engine.db(), Timeframe::Daily).await.unwrap();
    assert_eq!(kept, Some(day(3, 10)), "series that ended earlier hold nothing up");
    for score in &card.scores {
        let (low, mean, high) = (score.low.unwrap(), score.mean_return.unwrap(), score.high.unwrap());
        assert!(score.count > 100 && low < mean && mean < high, "{score:?}");
    }
    for scan in Scan::ALL {
        let result = engine.scanner().result(scan, Timeframe::Daily, None).await.unwrap();
        assert!(result.symbols > 10 && result.total <= result.symbols, "{scan:?}");
        assert!(result.items.iter().all(|item| item.date == day(3, 10)), "{scan:?}");
    }
}
