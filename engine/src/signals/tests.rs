//! Crossings are kept and told once each, however often the job runs.

use super::*;
use crate::{
    jobs::ComputeSignals,
    testing::{for_each_engine, member},
};
use chrono::NaiveDate;
use domain::{
    Instrument, Interval,
    signal::{Action, SignalKind},
    source::Source,
};

const LAST: i64 = 19_061; // 10 March 2022 in days since 1970

/// 40 flat sessions, then closes as given; volumes are ten times as loud on those.
async fn put(engine: &Engine, symbol: &str, closes: &[f64]) {
    let flat = (0..40).map(|_| (100.0, 1000.0));
    let all: Vec<(f64, f64)> = flat.chain(closes.iter().map(|close| (*close, 10_000.0))).collect();
    let first = LAST - 45;
    let bar = |(at, (close, volume)): (usize, &(f64, f64))| Bar {
        time: DateTime::from_timestamp(86_400 * (first + at as i64), 0).unwrap(),
        open: Some(*close),
        high: Some(close + 1.0),
        low: Some(close - 1.0),
        close: *close,
        adj_close: None,
        volume: Some(*volume),
    };
    let bars: Vec<Bar> = all.iter().enumerate().map(bar).collect();
    let symbol = Symbol::parse(symbol).unwrap();
    let instrument = Instrument {
        symbol: symbol.clone(),
        name: symbol.to_string(),
        kind: Kind::Equity,
        sector: None,
        industry: None,
        exchange: None,
        currency: "USD".into(),
        market_cap: None,
        active: true,
    };
    let mut tx = engine.db().begin().await.unwrap();
    store::instruments::upsert(&mut tx, &[instrument]).await.unwrap();
    store::bars::upsert(&mut tx, &symbol, Interval::Day1, Source::Bundled, &bars).await.unwrap();
    tx.commit().await.unwrap();
    engine.memory().forget();
}

async fn compute(engine: &Engine) -> Computed {
    let ticket = engine.jobs().enqueue(Order::new(&ComputeSignals {}).unwrap()).await.unwrap();
    engine.run_due_jobs().await.unwrap();
    let job = store::job_desk::one(engine.db(), ticket.id).await.unwrap().unwrap();
    let result = job.result.unwrap();
    let count = |key: &str| result[key].as_u64().unwrap() as usize;
    Computed { changed: count("changed"), told: count("told") }
}

fn events(reader: &mut crate::bus::Subscription) -> Vec<String> {
    std::iter::from_fn(|| reader.try_next())
        .map(|frame| match &frame.event {
            Event::Signal(fired) => format!("signal {} {:?}", fired.symbol, fired.signal.kind),
            Event::Indicator(tick) => format!("indicator {} {}", tick.symbol, tick.badge.text),
            other => other.name().to_string(),
        })
        .filter(|words| words != "job")
        .collect()
}

#[tokio::test]
async fn a_crossing_is_kept_and_told_once_and_history_is_no_news() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        engine.run_due_jobs().await.unwrap();
        let aapl = Symbol::parse("AAPL").unwrap();
        let mut reader = engine.bus().subscribe(ada.tenant, vec![aapl.clone()], None);
        put(&engine, "AAPL", &[110.0]).await;
        put(&engine, "FOO", &[100.0]).await;
        assert_eq!(compute(&engine).await, Computed { changed: 2, told: 0 }, "what it came with");
        assert_eq!(compute(&engine).await, Computed { changed: 0, told: 0 }, "nothing changed");
        events(&mut reader);

        // Down through the range of 20 days on ten times the volume.
        put(&engine, "AAPL", &[110.0, 80.0]).await;
        let first = compute(&engine).await;
        assert_eq!(first.changed, 1);
        assert!(first.told >= 1);
        let told = events(&mut reader);
        assert_eq!(told.iter().filter(|words| *words == "signal AAPL Breakout").count(), 1, "{told:?}");
        assert_eq!(told.iter().filter(|words| words.starts_with("indicator AAPL")).count(), 1);

        // The same bars looked at again, as after a lost mark or by another process: nobody hears of it twice.
        let mut tx = engine.db().begin().await.unwrap();
        store::signals::mark(&mut tx, &aapl, 0).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(compute(&engine).await, Computed { changed: 1, told: 0 });
        assert!(!events(&mut reader).iter().any(|words| words.starts_with("signal")));
    })
    .await;
}

#[tokio::test]
async fn what_fired_on_ones_lists_while_one_was_away_is_told_on_the_next_visit() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        engine.run_due_jobs().await.unwrap();
        put(&engine, "AAPL", &[100.0]).await;
        put(&engine, "FOO", &[100.0]).await;
        compute(&engine).await;
        let since = |cx: &Cx| {
            let (engine, cx) = (engine.clone(), cx.clone());
            async move { engine.signals().since_last_visit(&cx).await.unwrap() }
        };
        assert_eq!(since(&ada).await, Since::default(), "a first visit has nothing before it");
        engine.clock().advance(Duration::hours(3));
        put(&engine, "AAPL", &[100.0, 80.0]).await;
        put(&engine, "FOO", &[100.0, 80.0]).await;
        compute(&engine).await;
        engine.clock().advance(Duration::hours(3));
        let seen = since(&ada).await;
        assert_eq!(seen.before, Some(crate::testing::now()));
        let breakout = |fired: &&SignalFired| fired.signal.kind == SignalKind::Breakout;
        assert_eq!(seen.signals.iter().filter(breakout).count(), 1);
        assert!(seen.signals.iter().all(|fired| fired.symbol.as_str() == "AAPL"), "FOO is on no list");
        engine.clock().advance(Duration::minutes(5));
        assert_eq!(since(&ada).await.signals, seen.signals, "the same visit goes on");
        engine.clock().advance(Duration::hours(1));
        assert!(since(&ada).await.signals.is_empty(), "the next one has nothing new");
        // Somebody else of the same name of day has a visit of their own.
        let eve = member(&engine, "eve@example.org").await;
        assert_eq!(since(&eve).await.before, None);
    })
    .await;
}

#[tokio::test]
async fn a_live_price_tells_a_real_signal_once_a_bar_and_keeps_no_simulated_one() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let aapl = Symbol::parse("AAPL").unwrap();
        let mut reader = engine.bus().subscribe(ada.tenant, vec![aapl.clone()], None);
        let signal = |action| Signal {
            time: Bar::label(NaiveDate::from_ymd_opt(2022, 3, 11).unwrap()),
            kind: SignalKind::Rsi,
            action,
            strength: Some(10.0),
            reason: "RSI 14 fell to 28.0, below 30".into(),
            bars_used: 15,
        };
        let at = crate::testing::now();
        let signals = engine.signals();
        for _ in 0..2 {
            signals.tell(&aapl, signal(Action::Buy), at, false).await.unwrap();
        }
        assert_eq!(events(&mut reader), ["signal AAPL Rsi"]);
        signals.tell(&aapl, signal(Action::Sell), at, true).await.unwrap();
        assert_eq!(events(&mut reader), ["signal AAPL Rsi"]);
        let kept = store::signals::since(engine.db(), &[aapl], at - Duration::days(1), 10).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].signal, signal(Action::Buy));
    })
    .await;
}

#[tokio::test]
async fn the_bundled_history_passes_the_check_and_a_stranger_is_not_found() {
    let engine = crate::testing::engine().await;
    engine.load_bundled().await.unwrap();
    let aapl = Symbol::parse("AAPL").unwrap();
    assert_eq!(engine.signals().check(&aapl, Cuts::Some).await.unwrap(), []);
    let nobody = Symbol::parse("NOBODY").unwrap();
    assert!(matches!(engine.signals().check(&nobody, Cuts::Some).await, Err(Error::NotFound(_))));
}
