//! Economic series, search interest, news, and the jobs that collect all.

use super::*;
use domain::{
    macros::{MacroSeries, Observation, SearchInterest},
    news::Headline,
};

fn observation(day: &str, value: f64) -> Observation {
    Observation { date: day.parse().unwrap(), value }
}

fn headline(title: &str, url: &str) -> Headline {
    Headline {
        symbol: None,
        title: title.into(),
        description: Some("The first lines.".into()),
        publisher: "Wire".into(),
        url: Some(url.into()),
        published_at: evening() - Duration::hours(2),
    }
}

/// A provider of everything but prices, whose series has a wrong value.
fn other(source: Source) -> FakeProvider {
    FakeProvider::new(source)
        .macros(|ask| match ask.series.as_str() {
            "UNRATE" => Err(ProviderError::Faulty("500".into())),
            id => Ok(MacroSeries {
                id: id.into(),
                name: id.into(),
                frequency: "monthly".into(),
                units: String::new(),
                observations: vec![
                    observation("2021-12-01", 280.126),
                    observation("2022-01-01", 28193.3),
                    observation("2022-02-01", 284.182),
                ],
            }),
        })
        .trends(|ask| {
            let observations = vec![observation("2022-03-08", 40.0), observation("2022-03-09", 100.0)];
            Ok(SearchInterest { keyword: ask.keyword.clone(), observations })
        })
        .news(|_| {
            Ok(vec![
                headline("Great profits delight investors", "https://news.example/1"),
                headline("Great profits delight investors", "https://mirror.example/1"),
                headline("Shares crash after terrible losses", "javascript:alert(1)"),
            ])
        })
}

#[tokio::test]
async fn economic_series_are_stored_under_our_words_and_wrong_values_kept_out() {
    for_each_db(|db| async move {
        let engine = engine_of(db, other(Source::Fred).shared()).await;
        let first = run(&engine, EtlSource::Macro, None).await;
        let series = FOLLOWED.len() as u64;
        assert_eq!((first.status, first.rejected), (RunStatus::Partial, series - 1), "{first:?}");
        assert!(first.error.as_deref().unwrap().contains("UNRATE"));
        let prices = engine.macros().series("CPIAUCSL", None).await.unwrap();
        assert_eq!((prices.name.as_str(), prices.observations.len()), ("Consumer prices", 2));
        let second = run(&engine, EtlSource::Macro, None).await;
        assert_eq!((second.upserted, second.unchanged), (0, (series - 1) * 2));
        let operator = operator(&engine).await;
        let held = engine.ingest().quality(&operator).await.unwrap().quarantine;
        assert_eq!(held.len() as u64, series - 1);
        let one = held.iter().find(|each| each.symbol == "CPIAUCSL").unwrap();
        engine.ingest().decide(&operator, one.id, true).await.unwrap();
        assert_eq!(engine.macros().series("CPIAUCSL", None).await.unwrap().observations.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn search_interest_of_one_source_takes_the_place_of_anothers() {
    for_each_db(|db| async move {
        let engine = engine_of(db, other(Source::Wikimedia).shared()).await;
        let mut tx = engine.db().begin().await.unwrap();
        let old = SearchInterest {
            keyword: "recession".into(),
            observations: vec![observation("2022-03-01", 9e4)],
        };
        store::trends::upsert(&mut tx, Source::Trends, &old).await.unwrap();
        tx.commit().await.unwrap();
        let first = run(&engine, EtlSource::Trends, None).await;
        assert_eq!((first.status, first.upserted), (RunStatus::Done, 2 * KEYWORDS.len() as u64));
        let interest = engine.macros().interest("recession").await.unwrap();
        assert_eq!(interest.observations.len(), 2, "scales differ, so the older goes");
        assert_eq!(run(&engine, EtlSource::Trends, None).await.upserted, 0);
    })
    .await;
}

#[tokio::test]
async fn headlines_are_scored_and_stored_once() {
    for_each_db(|db| async move {
        let engine = engine_of(db, other(Source::NewsApi).shared()).await;
        let first = run(&engine, EtlSource::News, Some(&["AAPL"])).await;
        assert_eq!(counts(&first), (3, 1, 1, 1, 0), "{first:?}");
        let second = run(&engine, EtlSource::News, Some(&["AAPL"])).await;
        assert_eq!((second.upserted, second.rejected), (0, 1), "{second:?}");
        let news = engine.news().of(&symbol("AAPL"), 10).await.unwrap();
        assert_eq!(news.len(), 1);
        assert!(news[0].score > 0.5 && news[0].url.as_deref() == Some("https://news.example/1"));
    })
    .await;
}

#[tokio::test]
async fn one_source_that_fails_leaves_the_others() {
    for_each_db(|db| async move {
        let bars = FakeProvider::new(Source::Yahoo).bars(|_| Err(ProviderError::Denied("blocked".into())));
        let providers: Vec<Arc<dyn crate::provider::Provider>> =
            vec![bars.shared(), other(Source::Fred).shared()];
        let engine = live_engine_on(db, evening(), providers);
        let operator = operator(&engine).await;
        let all = crate::jobs::RunEtl { source: None, symbols: None, manual: true };
        engine.jobs().enqueue(crate::jobs::Order::new(&all).unwrap()).await.unwrap();
        engine.run_due_jobs().await.unwrap();
        let mut runs = engine.ingest().runs(&operator, None, 10).await.unwrap();
        runs.sort_by_key(|run| run.source);
        let states: Vec<_> = runs.iter().map(|run| (run.source, run.status)).collect();
        assert_eq!(
            states,
            [
                (EtlSource::Prices, RunStatus::Failed),
                (EtlSource::Macro, RunStatus::Partial),
                (EtlSource::Trends, RunStatus::Done),
                (EtlSource::News, RunStatus::Done),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_run_is_ordered_once_and_done_by_a_job() {
    for_each_db(|db| async move {
        let engine = engine_of(db, World::of(apple(50)).provider().shared()).await;
        let operator = operator(&engine).await;
        engine.run_due_jobs().await.unwrap();
        let ingest = engine.ingest();
        let order = || ingest.order(&operator, EtlSource::Prices, Some(vec![symbol("AAPL")]));
        let (first, second) = (order().await.unwrap(), order().await.unwrap());
        assert!(first.new && !second.new && first.id == second.id);
        assert_eq!(engine.run_due_jobs().await.unwrap(), 1);
        assert_eq!(stored(&engine).await.len(), 50);
        let nothing = engine.ingest().order(&operator, EtlSource::Macro, Some(vec![])).await;
        assert!(matches!(nothing, Err(crate::Error::Invalid(_))));
    })
    .await;
}
