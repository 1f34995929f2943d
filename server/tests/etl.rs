//! Collecting data over HTTP: what an operator orders, sees and decides, and what nobody else does.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::etl::EtlSource;
use engine::{
    ingest::{Ask, Silent},
    provider::Urgency,
    store::Db,
    testing,
};
use serde_json::{Value, json};
use server::commands;
use support::Candlewick;

#[tokio::test]
async fn an_operator_orders_a_run_and_sees_its_record_and_scores() {
    let app = Candlewick::start().await;
    let token = app.operator().await;
    let ordered = app.post("/api/ops/etl/macro", json!({})).bearer(&token).send().await;
    assert_eq!(ordered.status, 202, "{}", ordered.text());
    let id = ordered.json()["jobId"].as_str().unwrap().to_string();
    let run = loop {
        let runs = app.get("/api/ops/etl-runs").bearer(&token).send().await.json();
        if let Some(run) = runs["items"].as_array().unwrap().iter().find(|run| run["status"] != "running") {
            break run.clone();
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((&run["source"], &run["status"]), (&json!("macro"), &json!("done")), "{run}");
    assert_eq!((&run["upserted"], &run["rejected"]), (&json!(0), &json!(0)), "{run}");
    assert_eq!(run["read"], run["unchanged"]);
    let jobs = app.get("/api/ops/jobs").bearer(&token).send().await.json();
    assert!(jobs["items"].as_array().unwrap().iter().any(|job| job["id"] == id.as_str()), "{jobs}");
    let quality = app.get("/api/ops/quality").bearer(&token).send().await.json();
    let is = |score: &&Value| score["source"] == "macro" && score["dimension"] == "accuracy";
    let score = quality["scores"].as_array().unwrap().iter().find(is).unwrap().clone();
    assert_eq!(score["score"], 1.0);
    assert!(score["at"].is_string());
    assert_eq!((&quality["quarantine"], &quality["repairs"]), (&json!([]), &json!([])));
    let metrics = app.get("/metrics").send().await.text();
    for line in [
        r#"candlewick_quality_score{source="macro",dimension="accuracy"} 1"#,
        r#"candlewick_data_collected_seconds{source="macro"} "#,
        r#"candlewick_data_fresh_ratio{source="prices"} 0."#,
        // 10 March 2022, the bundled market's last day.
        r#"candlewick_data_newest_seconds{source="prices"} 1646870400"#,
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let app = Candlewick::start().await;
    let token = app.operator().await;
    let post = |path: &str, body: Value| app.post(path, body).bearer(&token).send();
    post("/api/ops/etl/horoscopes", json!({})).await.is_problem(404);
    post("/api/ops/etl/prices", json!({ "symbols": ["no symbol"] })).await.is_problem(422);
    post("/api/ops/etl/prices", json!({ "symbols": [] })).await.is_problem(422);
    post("/api/ops/etl/macro", json!({ "symbols": ["AAPL"] })).await.is_problem(422);
    post("/api/ops/quarantine/01890000-0000-7000-8000-000000000000/accept", json!({})).await.is_problem(404);
    app.get("/api/ops/etl-runs?limit=0").bearer(&token).send().await.is_problem(422);
}

#[tokio::test]
async fn a_stranger_collects_nothing_and_sees_nothing() {
    let app = Candlewick::start().await;
    let eve = app.member("eve@example.org").await;
    for path in ["/api/ops/etl-runs", "/api/ops/quality"] {
        app.get(path).send().await.is_problem(401);
        app.get(path).bearer(&eve).send().await.is_problem(403);
    }
    let quarantined = "/api/ops/quarantine/01890000-0000-7000-8000-000000000000";
    for path in ["/api/ops/etl/prices", &format!("{quarantined}/accept"), &format!("{quarantined}/reject")] {
        app.post(path, json!({})).bearer(&eve).send().await.is_problem(403);
    }
}

#[tokio::test]
async fn by_command_what_is_too_old_is_counted_or_goes() {
    let folder = tempfile::tempdir().unwrap();
    let config = support::config_in(folder.path(), &[]);
    let db = Db::open(&config.data.database_url).await.unwrap();
    db.migrate().await.unwrap();
    let long_ago = testing::now() - chrono::Duration::days(10 * 366);
    let engine = testing::live_engine_on(db, long_ago, Vec::new());
    let ask = Ask { source: EtlSource::Trends, symbols: None, intraday: false, urgency: Urgency::Manual };
    engine.ingest().run(&ask, &Silent).await.unwrap();
    engine.close().await;
    let runs = async |dry_run: bool| {
        let removed = commands::clean_up(config.clone(), dry_run).await.unwrap();
        removed.iter().find(|each| each.table == "etl_runs").unwrap().rows
    };
    assert_eq!(runs(true).await, 1);
    assert_eq!(runs(true).await, 1, "counting removes nothing");
    assert_eq!(runs(false).await, 1);
    assert_eq!(runs(false).await, 0);
}
