//! Hourly and minute bars on their way in, on both databases.

use super::*;
use crate::bars::Range;
use domain::quality::Sessions;

/// Half past two in New York on the bundled market's last day.
const NOW: &str = "2022-03-10T19:30:20Z";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// One that moved.
fn bar(time: DateTime<Utc>, close: f64, volume: f64) -> Bar {
    let (high, low) = (Some(close + 0.2), Some(close - 0.2));
    Bar { time, open: Some(close), high, low, close, adj_close: None, volume: Some(volume) }
}

/// A bar every so many seconds from the opening bell of 9 March to `last`, in the hours of the exchange.
fn told(step: i64, last: &str) -> Vec<Bar> {
    let mut bars = Vec::new();
    for (open, close) in
        [("2022-03-09T14:30:00Z", "2022-03-09T21:00:00Z"), ("2022-03-10T14:30:00Z", "2022-03-10T21:00:00Z")]
    {
        let mut time = at(open);
        while time < at(close) && time <= at(last) {
            let wave = (time.timestamp() / step % 7) as f64;
            bars.push(bar(time, 150.0 + wave * 0.05, 1000.0 + wave));
            time += Duration::seconds(step);
        }
    }
    bars
}

/// Knows AAPL by the hour and by the minute.
fn provider(hours: World, minutes: World) -> Arc<FakeProvider> {
    let (hours, minutes) = (hours.0, minutes.0);
    FakeProvider::new(Source::Yahoo)
        .bars(move |ask: &BarsAsk| {
            let world = match ask.interval {
                Interval::Hour1 => &hours,
                Interval::Minute1 => &minutes,
                _ => return Err(ProviderError::Unsupported),
            };
            let mut answer = world.lock().unwrap().clone();
            answer.bars.retain(|bar| ask.from.is_none_or(|from| bar.time >= from));
            Ok(answer)
        })
        .shared()
}

async fn collect(engine: &Engine) -> EtlRun {
    let symbols = Some(vec![symbol("AAPL")]);
    let ask = Ask { source: EtlSource::Prices, symbols, intraday: true, urgency: Urgency::Scheduled };
    engine.ingest().run(&ask, &Silent).await.unwrap()
}

async fn live(db: store::Db, provider: Arc<FakeProvider>) -> Engine {
    let engine = live_engine_on(db, at(NOW), vec![provider]);
    crate::testing::listed(&engine, &bundled::instruments()).await;
    engine
}

async fn series(engine: &Engine, interval: Interval) -> Vec<Bar> {
    engine.bars().series(&symbol("AAPL"), interval, Range::default()).await.unwrap().bars
}

#[tokio::test]
async fn finished_hours_and_minutes_are_stored_once_and_longer_bars_are_made_of_them() {
    for_each_db(|db| async move {
        let minutes = World::of(told(60, "2022-03-10T19:30:00Z"));
        let hours = World::of(told(3600, NOW));
        let engine = live(db, provider(hours, minutes.clone())).await;
        let first = collect(&engine).await;
        assert_eq!(first.status, RunStatus::Done, "{first:?}");
        // 390 minutes of the first day and 300 of the second; 7 hours and 5. The ones that run are not there.
        assert_eq!((first.upserted, first.rejected), (390 + 300 + 7 + 5, 0), "{first:?}");
        let again = collect(&engine).await;
        assert_eq!((again.upserted, again.rejected), (0, 0), "{again:?}");
        assert!(again.unchanged > 0);
        for (interval, count) in [
            (Interval::Minute1, 690),
            (Interval::Minute5, 138),
            (Interval::Minute15, 46),
            (Interval::Minute30, 23),
            (Interval::Hour1, 12),
        ] {
            assert_eq!(series(&engine, interval).await.len(), count, "{interval:?}");
        }
        let five = series(&engine, Interval::Minute5).await;
        let parts = told(60, NOW);
        assert_eq!(five[0].volume, parts[..5].iter().map(|bar| bar.volume).sum::<Option<f64>>());
        assert_eq!((five[0].open, five[0].close), (parts[0].open, parts[4].close));
    })
    .await;
}

#[tokio::test]
async fn a_minute_outside_the_session_and_a_price_a_hundred_times_too_high_are_not_stored_as_told() {
    for_each_db(|db| async move {
        let mut wrong = told(60, "2022-03-10T16:00:00Z");
        let night = bar(at("2022-03-10T03:00:00Z"), 150.0, 1000.0);
        wrong.push(night);
        let cents = wrong.iter().position(|bar| bar.time == at("2022-03-10T15:00:00Z")).unwrap();
        let right = wrong[cents];
        let told = &mut wrong[cents];
        for price in [&mut told.open, &mut told.high, &mut told.low] {
            *price = price.map(|price| price * 100.0);
        }
        told.close *= 100.0;
        let engine = live(db, provider(World::default(), World::of(wrong))).await;
        let run = collect(&engine).await;
        assert_eq!((run.rejected, run.repaired), (1, 1), "{run:?}");
        let stored = series(&engine, Interval::Minute1).await;
        assert!(stored.iter().all(|bar| bar.time != night.time));
        let found = stored.iter().find(|bar| bar.time == right.time).unwrap();
        assert!((found.close - right.close).abs() < 1e-9);
        let operator = operator(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine;
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].symbol.as_str(), held[0].rule), ("AAPL", Rule::PhantomRow));
    })
    .await;
}

#[tokio::test]
async fn a_split_lets_the_shorter_bars_begin_again_on_the_new_basis() {
    for_each_db(|db| async move {
        let minutes = World::of(told(60, "2022-03-10T19:00:00Z"));
        let engine = live(db, provider(World::default(), minutes.clone())).await;
        assert_eq!(collect(&engine).await.rejected, 0);
        // From a day that the source does not tell any more, as it keeps minutes for some weeks only.
        let old = bar(at("2022-01-10T15:00:00Z"), 150.0, 1000.0);
        let mut tx = engine.db().begin().await.unwrap();
        store::bars::upsert(&mut tx, &symbol("AAPL"), Interval::Minute1, Source::Yahoo, &[old])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(series(&engine, Interval::Minute1).await[0], old);
        minutes.change(|told| {
            for bar in &mut told.bars {
                for price in [&mut bar.open, &mut bar.high, &mut bar.low] {
                    *price = price.map(|price| price / 4.0);
                }
                bar.close /= 4.0;
            }
            let date = "2022-03-10".parse().unwrap();
            told.splits.push(Split { symbol: symbol("AAPL"), date, numerator: 4.0, denominator: 1.0 });
        });
        assert_eq!(collect(&engine).await.rejected, 0);
        let stored = series(&engine, Interval::Minute1).await;
        assert!(stored.iter().all(|bar| bar.close < 40.0), "all of them on one basis");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_while_the_market_stands_at_the_bundled_date() {
    for_each_db(|db| async move {
        let asked = provider(World::default(), World::default());
        let engine = crate::testing::engine_on_with(db, vec![asked.clone()]);
        let job = crate::jobs::Order::new(&crate::jobs::SyncIntraday { symbols: None }).unwrap();
        engine.jobs().enqueue(job).await.unwrap();
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        assert!(asked.asked().is_empty());
    })
    .await;
}

#[test]
fn a_closing_auction_is_a_bar_and_a_price_without_a_trade_is_none() {
    let close = at("2022-03-10T21:00:00Z");
    let told = [bar(close, 150.0, 9e6), bar(close + Duration::seconds(2), 150.0, 0.0)];
    let now = close + Duration::minutes(20);
    let minute = Interval::Minute1;
    let found =
        domain::quality::intraday::finished(&told, minute, domain::Kind::Equity, Sessions::American, now);
    assert_eq!(found, told[..1]);
}
