//! Watchlists as other programs keep them.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::Candlewick;

const LISTS: &str = "/api/portfolio/watchlists";

#[tokio::test]
async fn a_new_member_gets_the_starter_list_within_a_second_or_so() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let started = std::time::Instant::now();
    let list = loop {
        let lists = app.get(LISTS).bearer(&token).send().await.json();
        match lists["items"].get(0) {
            Some(list) if !list["symbols"].as_array().unwrap().is_empty() => break list.clone(),
            _ => assert!(started.elapsed().as_secs() < 10, "no list"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!(list["name"], "Core Blue Chips");
    assert_eq!(list["symbols"], json!(["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "NVDA"]));
}

#[tokio::test]
async fn a_list_is_made_changed_filled_emptied_and_removed() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let call =
        |method: Method, path: String, body: Value| app.call(method, &path).bearer(&token).json(body).send();
    let made = call(Method::POST, LISTS.into(), json!({ "name": "Energy" })).await;
    assert_eq!(made.status, 201);
    let path = format!("{LISTS}/{}", made.json()["id"].as_str().unwrap());
    assert_eq!(made.header("location"), path);
    for symbol in ["AAPL", "msft"] {
        assert!(
            call(Method::POST, format!("{path}/symbols"), json!({ "symbol": symbol }))
                .await
                .status
                .is_success()
        );
    }
    let changed =
        call(Method::PATCH, path.clone(), json!({ "name": "Oil", "symbols": ["MSFT", "AAPL"] })).await.json();
    assert_eq!(changed["name"], "Oil");
    assert_eq!(changed["symbols"], json!(["MSFT", "AAPL"]));
    assert!(call(Method::DELETE, format!("{path}/symbols/AAPL"), json!({})).await.status.is_success());
    let seen = app.get(&path).bearer(&token).send().await.json();
    assert_eq!(seen["symbols"], json!(["MSFT"]));
    assert_eq!(call(Method::DELETE, path.clone(), json!({})).await.status, 204);
    app.get(&path).bearer(&token).send().await.is_problem(404);
}

#[tokio::test]
async fn a_refused_change_changes_nothing() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let made = app.post(LISTS, json!({ "name": "Energy" })).bearer(&token).send().await.json();
    let path = format!("{LISTS}/{}", made["id"].as_str().unwrap());
    let body = json!({ "name": "Renamed", "symbols": ["AAPL", "not a symbol"] });
    app.call(Method::PATCH, &path).bearer(&token).json(body).send().await.is_problem(422);
    assert_eq!(app.get(&path).bearer(&token).send().await.json()["name"], "Energy");
    app.post(LISTS, json!({ "name": "Energy" })).bearer(&token).send().await.is_problem(409);
}
