//! Durable work over HTTP: seen and steered by the operator alone; tests/tenancy.rs asks as everybody else.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use serde_json::{Value, json};
use support::{Candlewick, Listener};

const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

/// With nobody who does the work, so that what is queued stays so.
async fn idle() -> Candlewick {
    Candlewick::start_with(&[("JOBS", "off")]).await
}

async fn jobs(app: &Candlewick, token: &str, query: &str) -> Value {
    let answer = app.get(&format!("/api/ops/jobs{query}")).bearer(token).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn jobs_are_listed_by_state_and_queue_page_by_page() {
    let app = idle().await;
    let operator = app.operator().await;
    for name in ["ada", "bob", "eve"] {
        app.member(&format!("{name}@example.org")).await;
    }
    let all = jobs(&app, &operator, "?state=queued&queue=default").await;
    let kinds: Vec<&str> =
        all["items"].as_array().unwrap().iter().map(|job| job["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["onboard_user"; 4]);
    assert_eq!(all["items"][0]["state"], "queued");
    assert_eq!(all["items"][0]["errors"], json!([]));
    assert_eq!(all["nextCursor"], Value::Null);
    assert_eq!(jobs(&app, &operator, "?state=dead").await["items"], json!([]));
    assert_eq!(jobs(&app, &operator, "?queue=reports").await["items"], json!([]));

    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = jobs(&app, &operator, &format!("?limit=3&cursor={cursor}")).await;
        seen.extend(page["items"].as_array().unwrap().clone());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = next.to_string(),
            None => break,
        }
    }
    assert_eq!(json!(seen), all["items"]);
    for query in ["?state=lost", "?queue=mail", "?limit=0", "?limit=201", "?cursor=x"] {
        app.get(&format!("/api/ops/jobs{query}")).bearer(&operator).send().await.is_problem(422);
    }
}

#[tokio::test]
async fn the_largest_page_says_where_the_next_one_begins() {
    let app = idle().await;
    let operator = app.operator().await;
    let engine = &app.server.state.engine;
    engine::testing::work::queue_traces(engine, 201, std::time::Duration::ZERO).await;
    let first = jobs(&app, &operator, "?queue=market_data&limit=200").await;
    assert_eq!(first["items"].as_array().unwrap().len(), 200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let query = format!("?queue=market_data&limit=200&cursor={cursor}");
    let second = jobs(&app, &operator, &query).await;
    assert_eq!((second["items"].as_array().unwrap().len(), &second["nextCursor"]), (1, &Value::Null));
}

#[tokio::test]
async fn a_waiting_job_is_discarded_and_tried_again() {
    let app = idle().await;
    let operator = app.operator().await;
    let id = jobs(&app, &operator, "").await["items"][0]["id"].as_str().unwrap().to_string();
    let post = |path: String| app.post(&path, json!({})).bearer(&operator).send();
    post(format!("/api/ops/jobs/{id}/retry")).await.is_problem(409);
    assert_eq!(post(format!("/api/ops/jobs/{id}/discard")).await.status, 204);
    assert_eq!(jobs(&app, &operator, "?state=cancelled").await["items"][0]["id"], id);
    let again = post(format!("/api/ops/jobs/{id}/retry")).await;
    assert_eq!((again.status.as_u16(), again.json()["state"].clone()), (200, json!("queued")));
    for what in ["retry", "discard"] {
        post(format!("/api/ops/jobs/{NOBODY}/{what}")).await.is_problem(404);
        post(format!("/api/ops/jobs/not-an-id/{what}")).await.is_problem(404);
    }
}

#[tokio::test]
async fn a_queue_is_paused_and_goes_on() {
    let app = Candlewick::start().await;
    let operator = app.operator().await;
    let post = |path: &str| app.post(path, json!({})).bearer(&operator).send();
    assert_eq!(post("/api/ops/queues/default/pause").await.status, 204);
    let queues = app.get("/api/ops/queues").bearer(&operator).send().await.json();
    let names: Vec<&str> =
        queues["items"].as_array().unwrap().iter().map(|one| one["queue"].as_str().unwrap()).collect();
    assert_eq!(names, ["market_data", "predictions", "sentiment", "reports", "default"]);
    assert!(queues["items"][4]["pausedAt"].is_string());
    app.member("ada@example.org").await;
    let waiting = jobs(&app, &operator, "?state=queued").await;
    assert_eq!(waiting["items"].as_array().unwrap().len(), 1, "{waiting}");
    assert_eq!(post("/api/ops/queues/default/resume").await.status, 204);
    while jobs(&app, &operator, "?state=done").await["items"].as_array().unwrap().len() < 2 {
        tokio::task::yield_now().await;
    }
    post("/api/ops/queues/mail/pause").await.is_problem(404);
}

#[tokio::test]
async fn the_schedule_tells_when_each_line_comes_next() {
    let app = idle().await;
    let operator = app.operator().await;
    let schedule = app.get("/api/ops/schedule").bearer(&operator).send().await.json();
    let items = schedule["items"].as_array().unwrap();
    let line = items.iter().find(|line| line["name"] == "tidy_jobs").unwrap();
    assert_eq!((&line["cron"], &line["zone"]), (&json!("0 0 * * *"), &json!("America/New_York")));
    let next: chrono::DateTime<chrono::Utc> = line["nextAt"].as_str().unwrap().parse().unwrap();
    assert!(next > app.server.state.engine.clock().now());
}

#[tokio::test]
async fn the_operator_hears_of_a_strangers_job_and_another_member_does_not() {
    let app = Candlewick::start().await;
    let (operator, eve) = (app.operator().await, app.member("eve@example.org").await);
    while jobs(&app, &operator, "?state=done").await["items"].as_array().unwrap().len() < 2 {
        tokio::task::yield_now().await;
    }
    let mut theirs = Listener::open(app.get("/api/live").bearer(&eve)).await;
    let mut mine = Listener::open(app.get("/api/live").bearer(&operator)).await;
    app.member("ada@example.org").await;
    // Jobs of the schedule may come before.
    let data = loop {
        let event = mine.next().await.unwrap();
        let data: Value = serde_json::from_str(&event.data).unwrap();
        if (event.name.as_str(), &data["kind"]) == ("job", &json!("onboard_user")) {
            break data;
        }
    };
    assert_eq!(data["queue"], "default");
    // What reaches the stranger first is what is sent to the stranger.
    let own = domain::Event::Onboarding(domain::event::OnboardingProgress { percent: 7, step: "own".into() });
    let (engine, request) = (&app.server.state.engine, "test");
    let cx = engine.accounts().bearer(&eve, request).await.unwrap();
    engine.bus().publish_tenant(cx.tenant, own);
    assert!(theirs.next().await.unwrap().data.contains("own"));
}

#[tokio::test]
async fn figures_tell_of_depth_duration_and_outcome() {
    let app = Candlewick::start().await;
    let operator = app.operator().await;
    while jobs(&app, &operator, "?state=done").await["items"].as_array().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let text = app.get("/metrics").send().await.text();
    let counted = r#"candlewick_job_seconds_count{queue="default",kind="onboard_user",outcome="done"}"#;
    assert!(text.contains(counted), "{text}");
    for line in [
        r#"candlewick_jobs{queue="reports",state="waiting"} 0"#,
        r#"candlewick_queue_paused{queue="default"} 0"#,
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}
