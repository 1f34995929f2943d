//! Names, sectors and exchanges, as a provider's search tells them.

use super::*;
use domain::{Instrument, Kind, Sector, search::Hit};

fn hit(word: &str, name: &str, kind: Kind) -> Hit {
    Hit::stranger(symbol(word), name.into(), kind)
}

/// Has news of AAPL, knows no more than the symbol of MSFT and nothing of AMZN, takes TSLA for a coin, and answers
/// nonsense about GOOG.
fn provider() -> Arc<FakeProvider> {
    let says = |text: &str| match text {
        "AAPL" => {
            let told = Hit {
                exchange: Some("Nasdaq GS".into()),
                sector: Some(Sector::CommunicationServices),
                industry: Some("Streaming".into()),
                ..hit("AAPL", "Apple Pictures Inc.", Kind::Equity)
            };
            Ok(vec![hit("AAPL34.SA", "A receipt", Kind::Equity), told])
        }
        "MSFT" => {
            let (exchange, industry) = (Some(String::new()), Some(" ".into()));
            Ok(vec![Hit { exchange, industry, ..hit("MSFT", "MSFT", Kind::Equity) }])
        }
        "AMZN" => Ok(vec![hit("AMZN.MX", "Another one", Kind::Equity)]),
        "TSLA" => Ok(vec![hit("TSLA", "A coin", Kind::Crypto)]),
        "GOOG" => Err(ProviderError::Malformed("half an answer".into())),
        _ => Err(ProviderError::NotFound),
    };
    FakeProvider::new(Source::Yahoo).search(says).shared()
}

async fn known(engine: &Engine, word: &str) -> Instrument {
    engine.instruments().find(&symbol(word)).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_new_name_and_sector_are_stored_and_what_is_not_told_or_not_found_stays() {
    for_each_db(|db| async move {
        let engine = engine_of(db, provider()).await;
        let apple = known(&engine, "AAPL").await;
        let others = ["GOOG", "MSFT", "AMZN", "TSLA", "NVDA"];
        let mut before = Vec::new();
        for word in others {
            before.push(known(&engine, word).await);
        }
        let all = ["GOOG", "AAPL", "MSFT", "AMZN", "TSLA", "NVDA"];
        let first = run(&engine, EtlSource::Reference, Some(&all)).await;
        assert_eq!((first.status, counts(&first)), (RunStatus::Partial, (3, 1, 1, 1, 0)), "{first:?}");
        let error = first.error.unwrap();
        assert!(error.starts_with("1 of 6 failed. GOOG: "), "{error}");
        assert!(error.contains("TSLA: is told as crypto and known as equity"), "{error}");

        let renamed = Instrument {
            name: "Apple Pictures Inc.".into(),
            sector: Some(Sector::CommunicationServices),
            industry: Some("Streaming".into()),
            exchange: Some("Nasdaq GS".into()),
            ..apple
        };
        assert_eq!(known(&engine, "AAPL").await, renamed);
        for (word, before) in others.into_iter().zip(before) {
            assert_eq!(known(&engine, word).await, before);
        }
        let second = run(&engine, EtlSource::Reference, Some(&all)).await;
        assert_eq!(counts(&second), (3, 0, 2, 1, 0));

        let report = engine.ingest().quality(&operator(&engine).await).await.unwrap();
        let is = |each: &&domain::etl::Freshness| each.source == EtlSource::Reference;
        let fresh = report.freshness.iter().find(is).unwrap();
        let newest = Some(evening().date_naive());
        assert_eq!((fresh.subjects, fresh.fresh, fresh.newest), (5, 5, newest));
        let score = report.scores.iter().find(|score| score.source == EtlSource::Reference).unwrap();
        assert_eq!((score.dimension, score.score), (Dimension::Completeness, 1.0));
    })
    .await;
}

#[tokio::test]
async fn companies_and_funds_are_asked_about_and_who_was_asked_about_by_any_process_comes_last() {
    for_each_db(|db| async move {
        let provider = provider();
        let here = engine_of(db.clone(), provider.clone()).await;
        run(&here, EtlSource::Reference, Some(&["AAPL"])).await;
        let there = live_engine_on(db, evening() + Duration::hours(1), vec![provider.clone()]);
        run(&there, EtlSource::Reference, None).await;
        let asked = provider.asked().split_off(1);
        let about = |word: &str| registry::Ask::Search(word.into());
        assert_eq!(asked.last(), Some(&about("AAPL")));
        assert!(asked.contains(&about("MSFT")) && asked.contains(&about("SPY")), "{asked:?}");
        for other in ["^GSPC", "BTC-USD", "EURUSD=X"] {
            assert!(!asked.contains(&about(other)), "{other}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_nobody_could_describe_when_it_was_added_becomes_what_it_is() {
    for_each_db(|db| async move {
        let told = |_: &str| Ok(vec![hit("NEWFUND", "A New Fund", Kind::Etf)]);
        let engine = engine_of(db, FakeProvider::new(Source::Yahoo).search(told).shared()).await;
        let bare = crate::testing::company(symbol("NEWFUND"), "NEWFUND");
        crate::testing::listed(&engine, std::slice::from_ref(&bare)).await;
        let run = run(&engine, EtlSource::Reference, Some(&["NEWFUND"])).await;
        assert_eq!(counts(&run), (1, 1, 0, 0, 0), "{run:?}");
        let described = Instrument { name: "A New Fund".into(), kind: Kind::Etf, ..bare };
        assert_eq!(known(&engine, "NEWFUND").await, described);
    })
    .await;
}
