//! What providers tell, what is stored, what is kept out, on both databases.

use super::*;
use crate::{
    accounts::Operator,
    provider::{BarsAnswer, BarsAsk, ProviderError, bundled, registry},
    store,
    testing::{FakeProvider, for_each_db, live_engine_on, operator},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    Bar, Event, Interval,
    bar::{Dividend, Split},
    etl::RunStatus,
    quality::{Dimension, Rule},
    source::Source,
};
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

mod followed;
mod intraday;
mod others;
mod reference;
mod restated;
mod trading_day;
mod wrong;

/// The evening of the bundled market's last day, as wall time of a live market.
fn evening() -> DateTime<Utc> {
    "2022-03-10T22:30:00Z".parse().unwrap()
}

fn symbol(word: &str) -> Symbol {
    Symbol::parse(word).unwrap()
}

/// The last `count` bundled days of AAPL.
fn apple(count: usize) -> Vec<Bar> {
    let all = bundled::bars();
    let series = all.iter().find(|series| series.symbol == symbol("AAPL")).unwrap();
    series.bars[series.bars.len() - count..].to_vec()
}

/// A bar with its prices times `by`.
fn scaled(bar: Bar, by: f64) -> Bar {
    let times = |price: Option<f64>| price.map(|price| price * by);
    Bar {
        open: times(bar.open),
        high: times(bar.high),
        low: times(bar.low),
        close: bar.close * by,
        adj_close: times(bar.adj_close),
        ..bar
    }
}

/// What a provider knows, to be changed while it is in use.
#[derive(Clone, Default)]
struct World(Arc<Mutex<BarsAnswer>>);

impl World {
    fn of(bars: Vec<Bar>) -> World {
        let world = World::default();
        world.change(|told| told.bars = bars);
        world
    }

    fn change(&self, change: impl FnOnce(&mut BarsAnswer)) {
        change(&mut self.0.lock().unwrap());
    }

    /// A provider of it that honours the window asked for and knows AAPL only.
    fn provider(&self) -> FakeProvider {
        let told = self.0.clone();
        FakeProvider::new(Source::Yahoo).bars(move |ask: &BarsAsk| {
            if ask.symbol != symbol("AAPL") {
                return Err(ProviderError::NotFound);
            }
            let all = told.lock().unwrap().clone();
            let from = ask.from.unwrap_or(DateTime::<Utc>::MIN_UTC);
            Ok(BarsAnswer {
                bars: all.bars.into_iter().filter(|bar| bar.time >= from).collect(),
                splits: all.splits.into_iter().filter(|split| Bar::label(split.date) >= from).collect(),
                dividends: all.dividends.into_iter().filter(|paid| Bar::label(paid.date) >= from).collect(),
                ..BarsAnswer::default()
            })
        })
    }
}

async fn engine_of(db: store::Db, provider: Arc<FakeProvider>) -> Engine {
    let engine = live_engine_on(db, evening(), vec![provider]);
    let mut tx = engine.db().begin().await.unwrap();
    store::instruments::upsert(&mut tx, &bundled::instruments()).await.unwrap();
    tx.commit().await.unwrap();
    engine
}

async fn run(engine: &Engine, source: EtlSource, symbols: Option<&[&str]>) -> EtlRun {
    let symbols = symbols.map(|words| words.iter().map(|word| symbol(word)).collect());
    let ask = Ask { source, symbols, intraday: false, urgency: Urgency::Manual };
    engine.ingest().run(&ask, &Silent).await.unwrap()
}

async fn prices(engine: &Engine) -> EtlRun {
    run(engine, EtlSource::Prices, Some(&["AAPL"])).await
}

async fn stored(engine: &Engine) -> Vec<Bar> {
    let (from, to) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let apple = symbol("AAPL");
    store::bars::series(engine.db(), &apple, Interval::Day1, from, to, 10_000).await.unwrap()
}

fn asked_from(provider: &FakeProvider) -> Vec<Option<DateTime<Utc>>> {
    let from = |ask| match ask {
        registry::Ask::Bars(ask) => ask.from,
        other => panic!("{other:?}"),
    };
    provider.asked().into_iter().map(from).collect()
}

fn counts(run: &EtlRun) -> (u64, u64, u64, u64, u64) {
    (run.read, run.upserted, run.unchanged, run.rejected, run.repaired)
}

#[tokio::test]
async fn a_run_twice_equals_a_run_once_and_the_second_asks_for_little() {
    for_each_db(|db| async move {
        let world = World::of(apple(400));
        let provider = world.provider().shared();
        let engine = engine_of(db, provider.clone()).await;
        let mut events =
            engine.bus().subscribe(domain::TenantId(uuid::Uuid::nil()), vec![symbol("AAPL")], None);

        let first = prices(&engine).await;
        assert_eq!((first.status, counts(&first)), (RunStatus::Done, (400, 400, 0, 0, 0)), "{first:?}");
        let event = events.try_next().map(|frame| frame.event.clone());
        assert!(matches!(&event, Some(Event::Bar(tick)) if tick.bar == apple(1)[0]), "{event:?}");
        assert_eq!(stored(&engine).await, apple(400));

        let second = prices(&engine).await;
        assert_eq!((second.status, counts(&second)), (RunStatus::Done, (6, 0, 6, 0, 0)));
        assert!(events.try_next().is_none(), "nothing new, no event");
        assert_eq!(stored(&engine).await, apple(400));
        let since = apple(6)[0].time;
        assert_eq!(asked_from(&provider), [None, Some(since)], "the whole history once");
    })
    .await;
}

#[tokio::test]
async fn a_new_day_and_a_corrected_one_are_upserted_and_the_others_left() {
    for_each_db(|db| async move {
        let world = World::of(apple(300)[..299].to_vec());
        let engine = engine_of(db, world.provider().shared()).await;
        prices(&engine).await;
        let mut corrected = apple(300);
        corrected[298].volume = corrected[298].volume.map(|volume| volume + 1.0);
        world.change(|told| told.bars = corrected.clone());
        let run = prices(&engine).await;
        assert_eq!(counts(&run), (7, 2, 5, 0, 0));
        assert_eq!(stored(&engine).await, corrected);
    })
    .await;
}

// The split of 4:1 that AAPL had on 31 August 2020, met by a store that stands on the basis before it.
#[tokio::test]
async fn a_new_split_restates_the_whole_history() {
    for_each_db(|db| async move {
        let all = apple(400);
        let before: Vec<Bar> =
            all.iter().take_while(|bar| bar.date().to_string().as_str() < "2020-08-31").copied().collect();
        let old_basis = before.iter().map(|bar| Bar {
            open: bar.open.map(|price| price * 4.0),
            high: bar.high.map(|price| price * 4.0),
            low: bar.low.map(|price| price * 4.0),
            close: bar.close * 4.0,
            adj_close: bar.adj_close.map(|price| price * 4.0),
            volume: bar.volume.map(|volume| volume / 4.0),
            ..*bar
        });
        let world = World::of(old_basis.collect());
        let provider = world.provider().shared();
        let engine = engine_of(db, provider.clone()).await;
        prices(&engine).await;
        world.change(|told| {
            told.bars = all.clone();
            let date = "2020-08-31".parse().unwrap();
            told.splits = vec![Split { symbol: symbol("AAPL"), date, numerator: 4.0, denominator: 1.0 }];
        });
        let run = prices(&engine).await;
        assert_eq!((run.status, run.upserted, run.rejected), (RunStatus::Done, 400, 0), "{run:?}");
        assert_eq!(stored(&engine).await, all);
        assert_eq!(asked_from(&provider).last(), Some(&None), "the whole history again");
        assert_eq!(counts(&prices(&engine).await), (6, 0, 6, 0, 0), "and only once");
    })
    .await;
}

#[tokio::test]
async fn a_new_dividend_restates_the_adjusted_closes_and_is_stored() {
    for_each_db(|db| async move {
        let (all, amount) = (apple(60), 0.01 * apple(2)[0].close);
        // Before the dividend nothing was adjusted for it.
        let unadjusted: Vec<Bar> =
            all[..59].iter().map(|bar| Bar { adj_close: Some(bar.close), ..*bar }).collect();
        let world = World::of(unadjusted);
        let engine = engine_of(db, world.provider().shared()).await;
        prices(&engine).await;
        let part = 1.0 - amount / all[58].close;
        let mut told: Vec<Bar> =
            all.iter().map(|bar| Bar { adj_close: Some(bar.close * part), ..*bar }).collect();
        told[59].adj_close = Some(told[59].close);
        let paid = Dividend { symbol: symbol("AAPL"), date: all[59].date(), amount };
        world.change(|answer| {
            answer.bars = told.clone();
            answer.dividends = vec![paid.clone()];
        });
        let run = prices(&engine).await;
        assert_eq!((run.upserted, run.rejected, run.repaired), (60, 0, 0), "{run:?}");
        assert_eq!(stored(&engine).await, told);
        assert_eq!(store::dividends::of(engine.db(), &symbol("AAPL")).await.unwrap(), [paid]);
    })
    .await;
}

#[tokio::test]
async fn a_live_history_takes_the_place_of_the_bundled_one_and_back() {
    for_each_db(|db| async move {
        // Restated by a later split: every close is a quarter of the bundled one.
        let told = apple(30).into_iter().map(|bar| Bar {
            open: None,
            high: None,
            low: None,
            close: bar.close / 4.0,
            adj_close: None,
            ..bar
        });
        let world = World::of(told.collect());
        let engine = engine_of(db.clone(), world.provider().shared()).await;
        engine.load_bundled().await.unwrap();
        assert!(stored(&engine).await.len() > 2_000);
        assert_eq!(prices(&engine).await.status, RunStatus::Done);
        assert_eq!(stored(&engine).await.len(), 30, "no bar of another basis is left");
        assert!(!engine.load_bundled().await.unwrap().loaded, "a start on a live market leaves it");

        let later = crate::testing::engine_on(db);
        later.resume_market().await.unwrap();
        assert!(later.market().is_live(), "with collected prices time does not go back");
        assert!(!later.load_bundled().await.unwrap().loaded);
        assert_eq!(stored(&later).await.len(), 30);
    })
    .await;
}

#[tokio::test]
async fn one_symbol_that_fails_leaves_the_others() {
    for_each_db(|db| async move {
        let engine = engine_of(db, World::of(apple(50)).provider().shared()).await;
        let run = run(&engine, EtlSource::Prices, Some(&["MSFT", "AAPL", "NOBODY"])).await;
        assert_eq!((run.status, run.upserted), (RunStatus::Partial, 50));
        let error = run.error.unwrap();
        assert!(error.starts_with("2 of 3 failed. MSFT: ") && error.contains("NOBODY: "), "{error}");
        let failed = super::tests::run(&engine, EtlSource::Prices, Some(&["MSFT"])).await;
        assert_eq!(failed.status, RunStatus::Failed);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_offers_is_skipped_and_said() {
    for_each_db(|db| async move {
        let engine = engine_of(db, World::of(apple(50)).provider().shared()).await;
        let run = run(&engine, EtlSource::Macro, None).await;
        assert_eq!((run.status, run.read), (RunStatus::Skipped, 0));
        assert!(run.error.unwrap().contains("no provider"));
        let operator = operator(&engine).await;
        let runs = engine.ingest().runs(&operator, None, 10).await.unwrap();
        assert_eq!(runs.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_bundled_market_asks_nobody_and_judges_what_was_shipped() {
    for_each_db(|db| async move {
        let provider = World::of(apple(50)).provider().shared();
        let engine = crate::testing::engine_on_with(db, vec![provider.clone()]);
        engine.load_bundled().await.unwrap();
        for (source, atleast) in
            [(EtlSource::Prices, 150_000), (EtlSource::Macro, 1_000), (EtlSource::Trends, 1_000)]
        {
            let run = run(&engine, source, None).await;
            assert_eq!(
                (run.status, run.upserted, run.rejected, run.repaired),
                (RunStatus::Done, 0, 0, 0),
                "{run:?}"
            );
            assert!(run.read > atleast && run.unchanged == run.read, "{run:?}");
        }
        for source in [EtlSource::News, EtlSource::Reference] {
            assert_eq!(run(&engine, source, None).await.status, RunStatus::Skipped);
        }
        assert!(provider.asked().is_empty());
        let stop = CancellationToken::new();
        assert_eq!(engine.ingest().quotes(Urgency::Scheduled, &stop).await.unwrap(), (0, 0));

        let operator = operator(&engine).await;
        let report = engine.ingest().quality(&operator).await.unwrap();
        assert_eq!((report.quarantine.len(), report.repairs.len()), (0, 0));
        let gaps: Vec<(&str, u32)> =
            report.gaps.iter().map(|gap| (gap.symbol.as_str(), gap.sessions)).collect();
        assert_eq!(gaps.len(), 1, "the one hole its papers name: {gaps:?}");
        assert_eq!(report.gaps[0].symbol, "TSLA");
        let accuracy = report.scores.iter().find(|score| score.dimension == Dimension::Accuracy).unwrap();
        assert_eq!(accuracy.score, 1.0);
        assert!(
            report
                .weakest
                .iter()
                .any(|weak| weak.subject == "SPY" && weak.dimension == Dimension::Timeliness)
        );
        let of = |source| report.freshness.iter().find(|each| each.source == source).unwrap();
        assert_eq!(of(EtlSource::Prices).newest, Some(bundled::MARKET_DATE));
        assert!(
            of(EtlSource::Prices).fresh > 20 && of(EtlSource::Prices).fresh < of(EtlSource::Prices).subjects
        );
    })
    .await;
}

#[tokio::test]
async fn the_runs_of_a_day_have_one_score_and_scores_go_back_90_days() {
    for_each_db(|db| async move {
        let engine = engine_of(db, World::of(apple(50)).provider().shared()).await;
        let by = operator(&engine).await;
        let shown = async || {
            let report = engine.ingest().quality(&by).await.unwrap();
            let of_prices = report
                .scores
                .iter()
                .filter(|score| (score.source, score.dimension) == (EtlSource::Prices, Dimension::Accuracy));
            of_prices.map(|score| (score.at, score.score)).collect::<Vec<_>>()
        };
        prices(&engine).await;
        engine.clock().advance(Duration::minutes(30));
        prices(&engine).await;
        let told = shown().await;
        let [first] = told[..] else { panic!("{told:?}") };
        assert_eq!(first.0, engine.clock().now(), "as of the last run");
        // Of 57 bars, 50 and then 7 again, one holds the dividend of 4 February, which nobody announced.
        assert_eq!(first.1, 56.0 / 57.0);
        engine.clock().advance(Duration::hours(1));
        prices(&engine).await;
        let second = (engine.clock().now(), 1.0);
        assert_eq!(shown().await, [first, second]);
        engine.clock().advance(Duration::days(90) - Duration::minutes(30));
        assert_eq!(shown().await, [second]);
    })
    .await;
}
