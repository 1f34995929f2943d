//! Whose prices are collected, and in which order.

use super::*;
use crate::{
    portfolios::{EntryDraft, PortfolioDraft},
    testing::member,
};
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A pause that nobody waits out.
const LONG: std::time::Duration = std::time::Duration::from_secs(3600);

fn asked_about(provider: &FakeProvider) -> Vec<Symbol> {
    let about = |ask| match ask {
        registry::Ask::Bars(ask) => vec![ask.symbol],
        registry::Ask::Quotes(symbols) => symbols,
        other => panic!("{other:?}"),
    };
    provider.asked().into_iter().flat_map(about).collect()
}

#[tokio::test]
async fn what_is_held_and_the_rates_it_is_counted_with_are_collected_like_what_is_watched() {
    for_each_db(|db| async move {
        let provider = FakeProvider::new(Source::Yahoo)
            .bars(|_| Err(ProviderError::NotFound))
            .quotes(|_| Ok(Vec::new()))
            .shared();
        let engine = engine_of(db, provider.clone()).await;
        let ada = member(&engine, "ada@example.org").await;
        let draft = PortfolioDraft::typed("Mine", "CHF", "fifo", "SPY");
        let id = engine.portfolios().create(&ada, &draft, None).await.unwrap().id;
        // The last one is nobody's symbol, in nobody's currency.
        for (word, currency) in [("KO", "USD"), ("PEP", "GBX"), ("NOBODY", "QQQ")] {
            let bought = json!({ "type": "buy", "symbol": word, "date": "2022-03-01", "quantity": "1",
                "price": "100", "currency": currency });
            let bought: EntryDraft = serde_json::from_value(bought).unwrap();
            engine.portfolios().add(&ada, id, &bought, None).await.unwrap();
        }
        run(&engine, EtlSource::Prices, None).await;
        let asked = asked_about(&provider);
        for wanted in ["KO", "PEP", "CHF=X", "GBPUSD=X", "EURUSD=X", "^GSPC"] {
            assert_eq!(asked.iter().filter(|each| **each == symbol(wanted)).count(), 1, "{wanted}");
        }
        for other in ["NOBODY", "QQQ=X", "QQQUSD=X", "USDCHF=X"] {
            assert!(!asked.contains(&symbol(other)), "{other}");
        }
        let listed = engine.instruments().find(&symbol("CHF=X")).await.unwrap().unwrap();
        assert_eq!((listed.kind, listed.currency.as_str()), (domain::Kind::Fx, "CHF"));

        let stop = CancellationToken::new();
        engine.ingest().quotes(Urgency::Scheduled, &stop).await.unwrap();
        let quotes = asked_about(&provider).split_off(asked.len());
        assert!(["KO", "PEP", "CHF=X", "GBPUSD=X"].iter().all(|word| quotes.contains(&symbol(word))));
    })
    .await;
}

#[tokio::test]
async fn a_run_begins_with_those_whom_the_last_one_did_not_reach() {
    for_each_db(|db| async move {
        let count = AtomicUsize::new(0);
        let provider = FakeProvider::new(Source::Yahoo)
            .bars(move |_| match count.fetch_add(1, Ordering::SeqCst) {
                5 => Err(ProviderError::Throttled { retry_after: Some(LONG) }),
                _ => Err(ProviderError::NotFound),
            })
            .shared();
        let engine = engine_of(db, provider.clone()).await;
        run(&engine, EtlSource::Prices, None).await;
        let first = asked_about(&provider);
        assert_eq!(first.len(), 6, "nobody else was asked about");
        engine.clock().advance(Duration::hours(2));
        run(&engine, EtlSource::Prices, None).await;
        let second = asked_about(&provider).split_off(6);
        assert_eq!(second[0], first[5]);
        assert_eq!(second[second.len() - 5..], first[..5]);
    })
    .await;
}

#[tokio::test]
async fn quotes_are_told_by_the_portion_and_who_was_not_reached_comes_first_the_next_time() {
    for_each_db(|db| async move {
        let count = AtomicUsize::new(0);
        let says = move |asked: &[Symbol]| {
            if count.fetch_add(1, Ordering::SeqCst) == 30 {
                return Err(ProviderError::Throttled { retry_after: Some(LONG) });
            }
            let quote = |symbol: &Symbol| {
                domain::Quote::new(symbol.clone(), 10.0, None, None, evening(), Source::Yahoo)
            };
            Ok(asked.iter().map(quote).collect())
        };
        let provider = FakeProvider::new(Source::Yahoo).quotes(says).shared();
        let engine = engine_of(db, provider.clone()).await;
        let ada = member(&engine, "ada@example.org").await;
        let many = bundled::instruments().into_iter().map(|each| each.symbol).take(60).collect();
        let list = engine.watchlists().create(&ada, "More").await.unwrap();
        engine.watchlists().replace(&ada, list.id, many).await.unwrap();
        let all = engine.ingest().followed().await.unwrap();
        let stop = CancellationToken::new();
        let quotes = async || engine.ingest().quotes(Urgency::Scheduled, &stop).await.unwrap();

        assert_eq!(quotes().await, (25, 0), "the first portion was told before the second one failed");
        assert!(engine.quotes().one(&all[0]).await.unwrap().is_some());
        assert_eq!(asked_about(&provider), all[..31]);

        engine.clock().advance(Duration::hours(2));
        assert_eq!(quotes().await, (all.len() as u32, 0));
        let second = asked_about(&provider).split_off(31);
        assert_eq!((&second[0], &second[second.len() - 25..]), (&all[25], &all[..25]));

        // What streams in is not asked for within a minute.
        engine.memory().streamed.note(&all[3], engine.clock().now());
        engine.clock().advance(Duration::seconds(59));
        assert_eq!(quotes().await, (all.len() as u32 - 1, 0));
        let third = asked_about(&provider).split_off(31 + all.len());
        assert!(!third.contains(&all[3]));
        engine.clock().advance(Duration::seconds(1));
        assert_eq!(quotes().await, (all.len() as u32, 0));

        stop.cancel();
        assert_eq!(quotes().await, (0, 0), "told to stop");
    })
    .await;
}
