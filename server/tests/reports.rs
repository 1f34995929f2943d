//! Reports over REST: asked for, made, read; the way out of the mailing.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use serde_json::json;
use support::Candlewick;

#[tokio::test]
async fn a_report_is_asked_for_made_and_downloaded() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let asked = app.post("/api/portfolio/reports?paper=letter", json!({})).bearer(&token).send().await;
    assert_eq!(asked.status, 202, "{}", asked.text());
    let asked = asked.json();
    assert!(asked["jobId"].is_string());
    let place = format!("/api/portfolio/reports/{}", asked["reportId"].as_str().unwrap());
    let started = std::time::Instant::now();
    let report = loop {
        let report = app.get(&place).bearer(&token).send().await.json();
        match report["state"].as_str() {
            Some("building") => assert!(started.elapsed().as_secs() < 30, "is never made"),
            _ => break report,
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!((report["state"].as_str(), report["paper"].as_str()), (Some("ready"), Some("letter")));
    let pdf = app.get(&format!("{place}/pdf")).bearer(&token).send().await;
    assert_eq!((pdf.status.as_u16(), pdf.header("content-type")), (200, "application/pdf"));
    assert!(pdf.body.starts_with(b"%PDF-"));
    assert_eq!(report["made"]["sizeBytes"].as_i64(), Some(pdf.body.len() as i64));
    let listed = app.get("/api/portfolio/reports").bearer(&token).send().await.json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    let stranger = app.member("eve@example.org").await;
    app.get(&format!("{place}/pdf")).bearer(&stranger).send().await.is_problem(404);
    app.get(&format!("{place}/pdf")).send().await.is_problem(401);
}

#[tokio::test]
async fn bad_paper_and_forged_links_are_refused() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    app.post("/api/portfolio/reports?paper=a5", json!({})).bearer(&token).send().await.is_problem(422);
    let unknown = "/api/portfolio/portfolios/01890000-0000-7000-8000-000000000000/reports";
    app.post(unknown, json!({})).bearer(&token).send().await.is_problem(404);
    assert_eq!(app.get("/unsubscribe/a.b.c").send().await.status, 404);
    assert_eq!(app.post("/unsubscribe/a.b.c", json!({})).send().await.status, 404);
}
