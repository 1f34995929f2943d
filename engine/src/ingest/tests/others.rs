//! Economic series, search interest, news, and the jobs that collect all.

use super::*;
use crate::testing::member;
use domain::{
    keyword::KEYWORDS,
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
        let ada = member(&engine, "ada@example.org").await;
        let interest = engine.macros().interest(&ada, "recession").await.unwrap();
        assert_eq!(interest.observations.len(), 2, "scales differ, so the older goes");
        assert_eq!(run(&engine, EtlSource::Trends, None).await.upserted, 0);
    })
    .await;
}

#[tokio::test]
async fn keywords_of_tenants_are_collected_once_and_told_to_those_tenants_alone() {
    for_each_db(|db| async move {
        let views = other(Source::Wikimedia)
            .trends(|ask| match ask.keyword.as_str() {
                "zzyzx" => Err(ProviderError::NotFound),
                word => Ok(SearchInterest {
                    keyword: word.into(),
                    observations: vec![observation("2022-03-08", 40.0), observation("2022-03-09", 100.0)],
                }),
            })
            .shared();
        let engine = engine_of(db, views.clone()).await;
        let (ada, bob) = (member(&engine, "ada@example.org").await, member(&engine, "bob@example.org").await);
        let eve = member(&engine, "eve@example.org").await;
        for (cx, word) in [(&ada, "Heat Pumps"), (&ada, "apple"), (&ada, "zzyzx"), (&bob, "heat pumps")] {
            engine.keywords().add(cx, word).await.unwrap();
        }
        let done = run(&engine, EtlSource::Trends, None).await;
        assert_eq!(
            (done.status, done.upserted),
            (RunStatus::Done, 2 * (KEYWORDS.len() as u64 + 1)),
            "{done:?}"
        );
        let asked = views.asked();
        let count = |word: &str| {
            let about = |ask: &&registry::Ask| matches!(ask, registry::Ask::Trends(of) if of.keyword == word);
            asked.iter().filter(about).count()
        };
        assert_eq!((count("heat pumps"), count("Apple"), count("apple"), count("zzyzx")), (1, 1, 0, 1));

        let told = async |cx: &crate::Cx, word: &str| engine.macros().interest(cx, word).await;
        for cx in [&ada, &bob] {
            assert_eq!(told(cx, "HEAT pumps").await.unwrap().observations.len(), 2);
        }
        assert_eq!(told(&ada, "apple").await.unwrap().keyword, "Apple");
        assert_eq!(told(&eve, "recession").await.unwrap().observations.len(), 2);
        for (cx, word) in [(&eve, "heat pumps"), (&ada, "zzyzx"), (&ada, "nobody counted")] {
            assert!(matches!(told(cx, word).await, Err(crate::Error::NotFound(_))), "{word}");
        }
        engine.keywords().remove(&bob, "heat pumps").await.unwrap();
        assert!(matches!(told(&bob, "heat pumps").await, Err(crate::Error::NotFound(_))));
        let market = store::trends::newest(engine.db()).await.unwrap();
        assert_eq!(market.len(), KEYWORDS.len(), "no tenant's word is the market's");
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
async fn news_are_asked_for_by_the_same_question_some_minutes_later() {
    for_each_db(|db| async move {
        let provider = other(Source::NewsApi).shared();
        let engine = engine_of(db, provider.clone()).await;
        run(&engine, EtlSource::News, Some(&["AAPL"])).await;
        engine.clock().advance(Duration::minutes(7));
        run(&engine, EtlSource::News, Some(&["AAPL"])).await;
        let asked = provider.asked();
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[0], asked[1]);
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
                (EtlSource::Reference, RunStatus::Skipped),
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
