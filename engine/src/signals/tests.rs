//! Crossings are kept and told once each, however often the job runs.

use super::*;
use crate::{
    jobs::ComputeSignals,
    quotes::Taken,
    testing::{company, for_each_engine, member},
};
use chrono::NaiveDate;
use domain::{
    Interval, Quote,
    indicator::rows,
    signal::{Action, SignalKind, latest_badge},
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
    put_bars(engine, symbol, &bars).await;
}

async fn put_bars(engine: &Engine, symbol: &str, bars: &[Bar]) {
    let symbol = Symbol::parse(symbol).unwrap();
    let instrument = company(symbol.clone(), symbol.as_str());
    let mut tx = engine.db().begin().await.unwrap();
    store::instruments::upsert(&mut tx, &[instrument]).await.unwrap();
    store::bars::upsert(&mut tx, &symbol, Interval::Day1, Source::Bundled, bars).await.unwrap();
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
async fn a_quote_of_a_day_that_has_its_bar_is_a_price_and_no_second_bar_of_it() {
    for_each_engine(|engine| async move {
        let ada = member(&engine, "ada@example.org").await;
        let aapl = Symbol::parse("AAPL").unwrap();
        // To 10 March, as much up as down; 80 is far below.
        put(&engine, "AAPL", &[101.0, 100.0, 101.0, 100.0, 101.0, 100.0]).await;
        let mut reader = engine.bus().subscribe(ada.tenant, vec![aapl.clone()], None);
        let close = crate::testing::market_now();
        let quote = |at, source| Quote::new(aapl.clone(), 80.0, Some(100.0), None, at, source);
        assert_eq!(engine.quotes().publish(quote(close, Source::Yahoo)).await.unwrap(), Taken::Believed);
        assert_eq!(events(&mut reader), ["quote"]);
        let kept = store::signals::since(engine.db(), std::slice::from_ref(&aapl), close, 10);
        assert_eq!(kept.await.unwrap(), []);

        // In the session after it the same price is news; so is a simulated one at any time.
        engine.clock().advance(Duration::hours(18));
        engine.quotes().publish(quote(close + Duration::hours(18), Source::Yahoo)).await.unwrap();
        let told = events(&mut reader);
        assert_eq!(told[0], "quote");
        assert!(told[1].starts_with("indicator AAPL"), "{told:?}");
        assert!(told.contains(&"signal AAPL Rsi".to_string()), "{told:?}");
        let msft = Symbol::parse("MSFT").unwrap();
        put(&engine, "MSFT", &[101.0, 100.0, 101.0]).await;
        let mut reader = engine.bus().subscribe(ada.tenant, vec![msft.clone()], None);
        let simulated = Quote::new(msft, 100.0, Some(101.0), None, close, Source::Simulated);
        engine.quotes().publish(simulated).await.unwrap();
        assert!(events(&mut reader)[1].starts_with("indicator MSFT"));
    })
    .await;
}

#[tokio::test]
async fn a_price_that_comes_late_or_cannot_be_true_changes_nothing() {
    let engine = crate::testing::engine().await;
    let aapl = Symbol::parse("AAPL").unwrap();
    put(&engine, "AAPL", &[101.0, 100.0, 101.0, 100.0]).await;
    let now = crate::testing::market_now();
    let quote = |price, at, source| Quote::new(aapl.clone(), price, Some(100.0), None, at, source);
    let take = async |quote| engine.quotes().publish(quote).await.unwrap();
    let latest = async || engine.quotes().one(&aapl).await.unwrap().map(|quote| quote.price);

    assert_eq!(take(quote(102.0, now, Source::Yahoo)).await, Taken::Believed);
    assert_eq!(take(quote(99.0, now - Duration::seconds(50), Source::Yahoo)).await, Taken::Late);
    // A split that nobody told of, pence for pounds, and a clock that runs ahead.
    for (price, at) in [(25.0, now), (10_000.0, now), (f64::NAN, now), (101.0, now + Duration::hours(1))] {
        assert_eq!(take(quote(price, at, Source::Yahoo)).await, Taken::Refused, "{price}");
    }
    assert_eq!(latest().await, Some(102.0));
    // What was made up gives way to what is real, however old that is.
    assert_eq!(take(quote(103.0, now + Duration::minutes(1), Source::Simulated)).await, Taken::Believed);
    assert_eq!(take(quote(101.5, now, Source::Yahoo)).await, Taken::Believed);
    assert_eq!(latest().await, Some(101.5));
}

/// A price that goes up and down, day by day.
fn wave(days: std::ops::RangeInclusive<i64>) -> Vec<Bar> {
    let bar = |day: i64| {
        let close = 100.0 + 8.0 * (day as f64 / 5.0).sin();
        Bar {
            time: DateTime::from_timestamp(86_400 * day, 0).unwrap(),
            open: Some(close),
            high: Some(close + 1.0),
            low: Some(close - 1.0),
            close,
            adj_close: None,
            volume: Some(1000.0),
        }
    };
    days.map(bar).collect()
}

/// A hundred days of AAPL that were looked at, and of which only the last 36 are left to be read: read again, they would
/// have no mean of 50 days.
async fn looked_at(engine: &Engine) -> Vec<Bar> {
    let all = wave(LAST - 99..=LAST);
    put_bars(engine, "AAPL", &all).await;
    assert_eq!(compute(engine).await, Computed { changed: 1, told: 0 });
    let aapl = Symbol::parse("AAPL").unwrap();
    let mut tx = engine.db().begin().await.unwrap();
    let first = all[64].time;
    store::bars::forget_left_behind(&mut tx, &aapl, Interval::Day1, first, Source::Bundled).await.unwrap();
    tx.commit().await.unwrap();
    all
}

/// The last told indicators are those of a whole history.
fn assert_told(reader: &mut crate::bus::Subscription, history: &[Bar]) {
    let ticks = std::iter::from_fn(|| reader.try_next()).filter_map(|frame| match &frame.event {
        Event::Indicator(tick) => Some(tick.clone()),
        _ => None,
    });
    let (tick, row) = (ticks.last().unwrap(), *rows(history).last().unwrap());
    assert_eq!(
        (tick.rsi, tick.sma20, tick.sma50, tick.macd, tick.badge),
        (row.rsi14, row.sma20, row.sma50, row.macd, latest_badge(history))
    );
}

#[tokio::test]
async fn bars_after_the_last_look_say_what_the_whole_history_does_without_reading_it_again() {
    for_each_engine(|engine| async move {
        let aapl = Symbol::parse("AAPL").unwrap();
        let mut reader =
            engine.bus().subscribe(domain::TenantId(uuid::Uuid::nil()), vec![aapl.clone()], None);
        let mut all = looked_at(&engine).await;

        // The newest bar is corrected, and two more come; the second falls through the range of 20 days.
        all[99].close += 0.5;
        all.extend(wave(LAST + 1..=LAST + 2));
        let fall = all.last_mut().unwrap();
        (fall.close, fall.low, fall.volume) = (80.0, Some(79.0), Some(20_000.0));
        put_bars(&engine, "AAPL", &all[99..]).await;
        let key = |signal: &Signal| (signal.time, signal.kind, signal.action);
        let known: Vec<_> = signals(&wave(LAST - 99..=LAST)).iter().map(key).collect();
        let mut expected = signals(&all);
        expected.retain(|signal| !known.contains(&key(signal)));
        assert!(expected.iter().any(|signal| signal.kind == SignalKind::Breakout));
        assert_eq!(compute(&engine).await, Computed { changed: 1, told: expected.len() });
        assert_told(&mut reader, &all);
        let at = crate::testing::now() - Duration::days(1);
        let kept = store::signals::since(engine.db(), &[aapl], at, 50).await.unwrap();
        let mut kept: Vec<Signal> = kept.into_iter().map(|fired| fired.signal).collect();
        kept.sort_by_key(|signal| (signal.time, signal.kind.as_str()));
        expected.sort_by_key(|signal| (signal.time, signal.kind.as_str()));
        assert_eq!(kept, expected);

        // And so on, from there.
        all.extend(wave(LAST + 3..=LAST + 3));
        put_bars(&engine, "AAPL", &all[102..]).await;
        assert_eq!(compute(&engine).await.changed, 1);
        assert_told(&mut reader, &all);
    })
    .await;
}

#[tokio::test]
async fn after_a_correction_of_what_was_seen_the_whole_history_is_read_again() {
    for_each_engine(|engine| async move {
        let aapl = Symbol::parse("AAPL").unwrap();
        let mut reader = engine.bus().subscribe(domain::TenantId(uuid::Uuid::nil()), vec![aapl], None);
        let mut all = looked_at(&engine).await;
        all[95].close += 0.5;
        all.extend(wave(LAST + 1..=LAST + 1));
        put_bars(&engine, "AAPL", &all[95..]).await;
        assert_eq!(compute(&engine).await.changed, 1);
        assert_told(&mut reader, &all[64..]);
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
