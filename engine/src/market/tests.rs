use super::*;
use crate::{
    provider::{BarsAnswer, ProviderError},
    testing::{FakeProvider, engine, engine_with, market_now, now},
};
use chrono::{DateTime, Utc};
use domain::{Bar, Quote, source::Source};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

fn spy() -> Symbol {
    Symbol::parse(PROBE).unwrap()
}

fn bar(time: DateTime<Utc>) -> Bar {
    Bar { time, open: None, high: None, low: None, close: 400.0, adj_close: None, volume: None }
}

#[tokio::test]
async fn without_a_provider_the_bundled_market_is_what_was_chosen() {
    let engine = engine().await;
    assert_eq!(engine.standing(), Standing::Bundled);
    // Returns at once: there is nobody to wait for.
    engine.run_market(CancellationToken::new()).await;
    assert_eq!(engine.market().now(), market_now());
}

#[tokio::test]
async fn the_market_waits_for_a_provider_and_goes_live_when_one_answers() {
    let reachable = Arc::new(AtomicBool::new(false));
    let answers = reachable.clone();
    let yahoo = FakeProvider::new(Source::Yahoo).bars(move |_| match answers.load(Ordering::SeqCst) {
        false => Err(ProviderError::Unreachable("no network".into())),
        true => Ok(BarsAnswer { bars: vec![bar(now() - Duration::days(3))], ..BarsAnswer::default() }),
    });
    let engine = engine_with(vec![yahoo.shared()]).await;
    let stop = CancellationToken::new();
    stop.cancel();
    engine.run_market(stop.clone()).await;
    assert_eq!((engine.standing(), engine.market().now() < now()), (Standing::Waiting, true));

    let simulated = Quote::new(spy(), 1.0, None, None, engine.market().now(), Source::Simulated);
    engine.quotes().publish(simulated).await.unwrap();
    let mut browser = engine.bus().subscribe(domain::TenantId(uuid::Uuid::now_v7()), vec![], None);
    reachable.store(true, Ordering::SeqCst);
    engine.clock().advance(Duration::minutes(10));
    engine.run_market(stop).await;
    assert_eq!((engine.standing(), engine.market().now()), (Standing::Live, engine.clock().now()));
    assert_eq!(engine.quotes().one(&spy()).await.unwrap(), None, "simulated prices are forgotten");
    assert_eq!(browser.try_next().unwrap().name(), "resync");
    let queues = engine.jobs().queue_figures().await.unwrap();
    let waiting: u32 = queues.iter().map(|queue| queue.waiting).sum();
    assert_eq!(waiting, 1, "a first run over every source");
}

#[tokio::test]
async fn with_collected_prices_the_market_is_live_whether_or_not_anybody_answers() {
    let engine = engine().await;
    engine.resume_market().await.unwrap();
    assert!(!engine.market().is_live());
    let mut tx = engine.db().begin().await.unwrap();
    let bars = [bar(Bar::label(now().date_naive()))];
    store::bars::upsert(&mut tx, &spy(), Interval::Day1, Source::Yahoo, &bars).await.unwrap();
    tx.commit().await.unwrap();
    engine.resume_market().await.unwrap();
    assert_eq!((engine.market().is_live(), engine.standing()), (true, Standing::Stale));
}

#[tokio::test]
async fn loading_the_bundled_data_leaves_collected_histories_alone() {
    let engine = engine().await;
    let mut tx = engine.db().begin().await.unwrap();
    let bars = [bar("2022-03-10T00:00:00Z".parse().unwrap())];
    store::bars::upsert(&mut tx, &spy(), Interval::Day1, Source::Yahoo, &bars).await.unwrap();
    tx.commit().await.unwrap();
    engine.load_bundled().await.unwrap();
    let (from, to) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let stored = store::bars::series(engine.db(), &spy(), Interval::Day1, from, to, 10_000).await.unwrap();
    assert_eq!(stored, bars);
}
