//! From the bundled market to the real one, with a stand-in for Yahoo on loopback; and what operators see of it.
#![allow(clippy::unwrap_used)]

mod support;

use axum::{Json, Router, http::StatusCode, routing::get};
use domain::{Symbol, etl::EtlSource};
use serde_json::{Value, json};
use server::commands;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};
use support::Candlewick;
use tokio::net::TcpListener;

async fn chart() -> Json<Value> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let at = now - 24 * 3600;
    Json(json!({"chart": {"error": null, "result": [{
        "meta": {"symbol": "SPY", "currency": "USD", "exchangeTimezoneName": "America/New_York",
            "dataGranularity": "1d", "regularMarketPrice": 683.17, "regularMarketTime": at},
        "timestamp": [at],
        "indicators": {"quote": [{"open": [681.0], "high": [684.0], "low": [680.0], "close": [683.17], "volume": [1]}]}
    }]}}))
}

/// A stand-in for Yahoo that knows SPY of yesterday, and counts how often it is asked.
async fn yahoo(asked: Arc<AtomicU32>) -> SocketAddr {
    let counted = move || {
        asked.fetch_add(1, Ordering::Relaxed);
        chart()
    };
    let app = Router::new().route("/v8/finance/chart/SPY", get(counted));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    addr
}

/// An address where nobody listens.
async fn nowhere() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// Only this Yahoo can be asked.
fn only<'a>(yahoo: &'a str, nobody: &'a str) -> [(&'static str, &'a str); 7] {
    [
        ("MARKET_PROVIDER", "auto"),
        ("YAHOO_BASE_URL", yahoo),
        ("YAHOO_FEEDS_BASE_URL", nobody),
        ("FRED_BASE_URL", nobody),
        ("GDELT_BASE_URL", nobody),
        ("WIKIMEDIA_BASE_URL", nobody),
        ("YAHOO_STREAM_BASE_URL", "ws://127.0.0.1:9"),
    ]
}

async fn started(yahoo: SocketAddr) -> Candlewick {
    let base = format!("http://{yahoo}");
    let nobody = format!("http://{}", nowhere().await);
    Candlewick::start_with(&only(&base, &nobody)).await
}

/// `candlewick etl run --source prices --symbols SPY` on a fresh store; whether nothing failed.
async fn prices_by_command(yahoo: SocketAddr) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let base = format!("http://{yahoo}");
    let nobody = format!("http://{}", nowhere().await);
    let config = support::config_in(folder.path(), &only(&base, &nobody));
    let spy = Symbol::parse("SPY").unwrap();
    commands::etl_run(config, Some(EtlSource::Prices), Some(vec![spy])).await.unwrap()
}

#[tokio::test]
async fn the_command_looks_at_the_market_before_it_collects() {
    let asked = Arc::new(AtomicU32::new(0));
    prices_by_command(yahoo(asked.clone()).await).await;
    let asked = asked.load(Ordering::Relaxed);
    assert!(asked >= 2, "asked {asked} times: once to see whether anybody is there, then for the prices");
}

#[tokio::test]
async fn without_a_network_the_command_checks_what_was_shipped() {
    assert!(prices_by_command(nowhere().await).await);
}

async fn report(candlewick: &Candlewick, operator: &str) -> Value {
    let answer = candlewick.get("/api/ops/providers").bearer(operator).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn the_market_goes_live_when_a_provider_answers() {
    let candlewick = started(yahoo(Arc::default()).await).await;
    let live = candlewick.server.state.engine.market().when_live();
    tokio::time::timeout(Duration::from_secs(60), live).await.expect("goes live");
    let operator = candlewick.operator().await;
    let report = report(&candlewick, &operator).await;
    assert_eq!(report["standing"], "live");
    let chart = &report["items"][0];
    assert_eq!((&chart["name"], &chart["state"]), (&json!("yahoo chart"), &json!("up")));
    assert!(chart["requests"].as_u64() >= Some(1), "{chart}");
    let metrics = candlewick.get("/metrics").send().await.text();
    assert!(metrics.contains("candlewick_provider_up{provider=\"yahoo chart\"} 1"), "{metrics}");
}

#[tokio::test]
async fn without_a_network_the_bundled_data_is_there_at_once() {
    let candlewick = started(nowhere().await).await;
    let operator = candlewick.operator().await;
    assert_eq!(report(&candlewick, &operator).await["standing"], "waiting");
    let quote = candlewick.get("/api/market/stocks/AAPL").bearer(&operator).send().await.json();
    assert_eq!((&quote["quote"]["price"], &quote["quote"]["source"]), (&json!(158.52), &json!("bundled")));
    assert!(!candlewick.server.state.engine.market().is_live());
}

#[tokio::test]
async fn the_bundled_choice_has_nobody_to_ask() {
    let candlewick = Candlewick::start().await;
    let operator = candlewick.operator().await;
    let report = report(&candlewick, &operator).await;
    assert_eq!((&report["standing"], &report["items"]), (&json!("bundled"), &json!([])));
}
