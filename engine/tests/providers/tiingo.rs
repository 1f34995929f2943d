//! Tiingo. Apple's split of four to one on 31 August 2020, with the closes as they were traded: 499.23 before,
//! 129.04 after (Nasdaq).

use super::support::{Fits, KEY, always, at, bars, clock, now, says_json, site};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Interval;
use engine::provider::{BarsAsk, Provider, ProviderError, Registry, Urgency, tiingo::Tiingo};
use serde_json::json;
use std::sync::Arc;
use wiremock::ResponseTemplate;

fn row(date: &str, close: f64, volume: f64, cash: f64, split: f64) -> serde_json::Value {
    json!({"date": format!("{date}T00:00:00.000Z"), "open": close, "high": close, "low": close, "close": close,
        "volume": volume, "adjOpen": 1.0, "adjHigh": 1.0, "adjLow": 1.0, "adjClose": close / 4.1, "adjVolume": 1,
        "divCash": cash, "splitFactor": split})
}

#[tokio::test]
async fn prices_are_brought_onto_todays_basis() {
    // Newest first, as nobody promised an order; 0.82 a share were paid on 7 August.
    let rows = json!([
        row("2020-08-31", 129.04, 225_702_700.0, 0.0, 4.0),
        row("2020-08-07", 444.45, 49_511_400.0, 0.82, 1.0),
        row("2020-08-28", 499.23, 46_907_479.0, 0.0, 1.0),
    ]);
    let server = says_json(rows).await;
    let ask = BarsAsk { to: Some(at("2020-08-31T00:00:00Z")), ..bars("AAPL", Interval::Day1) };
    let tiingo = Tiingo::new(site(&server.uri()));
    let answer = tiingo.bars(&ask).await.unwrap();
    let found: Vec<_> =
        answer.bars.iter().map(|bar| (bar.date().to_string(), bar.close, bar.volume)).collect();
    let expected = [
        ("2020-08-07".to_string(), 111.1125, Some(198_045_600.0)),
        ("2020-08-28".to_string(), 124.8075, Some(187_629_916.0)),
    ];
    assert_eq!(found, expected, "also where the split itself is not in the window");
    assert_eq!((answer.splits.len(), answer.dividends[0].amount), (0, 0.205));
    let whole = tiingo.bars(&bars("AAPL", Interval::Day1)).await.unwrap();
    assert_eq!((whole.splits[0].numerator, whole.bars[2].close), (4.0, 129.04));
    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.headers["authorization"], format!("Token {KEY}").as_str());
    assert!(!request.url.as_str().contains("s3cret"));
}

#[tokio::test]
async fn its_errors_are_told_apart() {
    let cases: [(u16, &str, Fits); 4] = [
        (404, "Error: Ticker 'NOPE' not found", |e| *e == ProviderError::NotFound),
        (401, "Invalid token.", |e| matches!(e, ProviderError::Denied(_))),
        (200, "Error: You have run over your hourly request allocation.", |e| {
            matches!(e, ProviderError::Throttled { .. })
        }),
        (200, "Error: something", |e| matches!(e, ProviderError::Refused(_))),
    ];
    for (status, detail, fits) in cases {
        let server = always(ResponseTemplate::new(status).set_body_json(json!({"detail": detail}))).await;
        let error = Tiingo::new(site(&server.uri())).bars(&bars("NOPE", Interval::Day1)).await.unwrap_err();
        assert!(fits(&error), "{detail}: {error:?}");
    }
}

#[tokio::test]
async fn it_is_not_asked_for_what_it_does_not_have() {
    let server = says_json(json!([])).await;
    let tiingo = Tiingo::new(site(&server.uri()));
    for other in ["^GSPC", "EURUSD=X", "BTC-USD"] {
        assert_eq!(tiingo.bars(&bars(other, Interval::Day1)).await, Err(ProviderError::NotFound));
    }
    assert_eq!(tiingo.bars(&bars("AAPL", Interval::Hour1)).await, Err(ProviderError::Unsupported));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn it_is_asked_fifty_times_an_hour_at_most_and_only_for_what_it_has() {
    let server = says_json(json!([])).await;
    let clock = clock();
    let registry = Registry::new(vec![Arc::new(Tiingo::new(site(&server.uri())))], clock.clone());
    for other in ["^GSPC", "EURUSD=X", "BTC-USD"].repeat(20) {
        let answer = registry.bars(bars(other, Interval::Day1), Urgency::Scheduled).await;
        assert_eq!(answer, Err(ProviderError::NotFound));
        let answer = registry.bars(bars("AAPL", Interval::Minute1), Urgency::Scheduled).await;
        assert_eq!(answer, Err(ProviderError::Unsupported));
    }
    assert_eq!((registry.health()[0].requests, clock.now()), (0, now()), "nobody waited for a turn");
    let mut asked_at = Vec::new();
    for _ in 0..120 {
        registry.bars(bars("AAPL", Interval::Day1), Urgency::Scheduled).await.unwrap();
        asked_at.push(clock.now());
    }
    assert_eq!(asked_at[9], now(), "ten at once after a pause");
    let hour = TimeDelta::hours(1);
    let within =
        |from: DateTime<Utc>| asked_at.iter().filter(|at| **at >= from && **at < from + hour).count();
    assert!(asked_at.iter().all(|from| within(*from) <= 50));
}
