//! Operators' alerts over HTTP and on their page.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::ops_alert::{Level, Notice};
use hyper::Method;
use support::Candlewick;

#[tokio::test]
async fn an_operator_reads_and_acknowledges_alerts() {
    let app = Candlewick::start().await;
    let operator = app.operator().await;
    let engine = &app.server.state.engine;
    for (level, key) in [(Level::Critical, "disk"), (Level::Info, "news")] {
        engine.alerts().raise(Notice::new(level, key, format!("About {key}"), "<b>Text</b>")).await;
    }
    let list = |query: &str| app.get(&format!("/api/ops/alerts{query}")).bearer(&operator).send();
    let open = list("?limit=1").await.json();
    assert_eq!(open["items"][0]["key"], "news");
    assert_eq!(open["items"][0]["level"], "info");
    assert_eq!(open["items"][0]["deliveries"], serde_json::json!([]));
    let cursor = open["nextCursor"].as_str().unwrap();
    let second = list(&format!("?limit=1&cursor={cursor}")).await.json();
    assert_eq!(second["items"][0]["key"], "disk");

    let path = format!("/api/ops/alerts/{}/acknowledge", second["items"][0]["id"].as_str().unwrap());
    let acknowledge = || app.call(Method::POST, &path).bearer(&operator).send();
    assert_eq!(acknowledge().await.status, 204);
    acknowledge().await.is_problem(404);
    assert_eq!(list("").await.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(list("?state=all").await.json()["items"].as_array().unwrap().len(), 2);
    for bad in ["?state=some", "?limit=0", "?limit=1000", "?cursor=x"] {
        list(bad).await.is_problem(422);
    }
}
