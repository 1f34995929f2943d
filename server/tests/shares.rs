//! Shared pages, as strangers with a link see them.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use support::{Answer, Candlewick};

/// A portfolio of 73 shares; its id.
async fn portfolio(app: &Candlewick, token: &str) -> String {
    let wish = json!({ "name": "Growth <b>", "currency": "USD" });
    let made = app.post("/api/portfolio/portfolios", wish).bearer(token).send().await.json();
    let id = made["id"].as_str().unwrap().to_string();
    let entry = json!({ "type": "buy", "symbol": "AAPL", "date": "2021-01-04", "quantity": "73", "price": "129.41",
        "currency": "USD" });
    let place = format!("/api/portfolio/portfolios/{id}/transactions");
    let added = app.post(&place, entry).bearer(token).send().await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
    id
}

async fn share(app: &Candlewick, token: &str, id: &str, wish: Value) -> Value {
    let made = app.post(&format!("/api/portfolio/portfolios/{id}/shares"), wish).bearer(token).send().await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    made.json()
}

async fn form(app: &Candlewick, path: &str, body: &str) -> Answer {
    app.call(Method::POST, path)
        .header("accept", "text/html")
        .body("application/x-www-form-urlencoded", body.into())
        .send()
        .await
}

#[tokio::test]
async fn a_stranger_reads_the_page_until_it_is_taken_back() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let id = portfolio(&app, &token).await;
    let made = share(&app, &token, &id, json!({ "hideAmounts": true })).await;
    let link = format!("/r/{}", made["token"].as_str().unwrap());
    assert!(made["url"].as_str().unwrap().ends_with(&link));
    let page = app.get(&link).header("accept", "text/html").send().await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    for part in ["Growth &lt;b&gt;", "noindex", "og:image", "<svg", "AAPL", "time-weighted"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("<script") && !html.contains(">73<"), "no scripts, no quantities");
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let json = app.get(&format!("{link}/report.json")).send().await;
    assert!(!json.text().contains("\"73\""), "{}", json.text());
    let pdf = app.get(&format!("{link}/report.pdf")).send().await;
    assert!(pdf.body.starts_with(b"%PDF-"));
    let picture = app.get(&format!("{link}/preview.png")).send().await;
    assert_eq!(picture.header("content-type"), "image/png");
    let place = format!("/api/portfolio/portfolios/{id}/shares");
    let listed = app.get(&place).bearer(&token).send().await.json();
    assert_eq!(listed["items"][0]["views"], 1, "a page is a view, its picture is none");
    assert!(listed["items"][0].get("token").is_none());
    let one = format!("{place}/{}", made["id"].as_str().unwrap());
    assert_eq!(app.call(Method::DELETE, &one).bearer(&token).send().await.status, StatusCode::NO_CONTENT);
    let gone = app.get(&link).header("accept", "text/html").send().await;
    let never = app.get(&format!("/r/{}", "A".repeat(43))).header("accept", "text/html").send().await;
    assert_eq!((gone.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(gone.text(), never.text(), "nobody learns that there was one");
    for part in ["report.json", "report.pdf", "preview.png"] {
        assert_eq!(app.get(&format!("{link}/{part}")).send().await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_password_is_asked_for_before_anything_is_told() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let id = portfolio(&app, &token).await;
    let made = share(&app, &token, &id, json!({ "password": "open sesame" })).await;
    let link = format!("/r/{}", made["token"].as_str().unwrap());
    let page = app.get(&link).header("accept", "text/html").send().await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(!page.text().contains("Growth") && page.text().contains("type=\"password\""));
    for part in ["report.json", "report.pdf", "preview.png"] {
        assert_eq!(app.get(&format!("{link}/{part}")).send().await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(form(&app, &link, "password=wrong").await.status, StatusCode::FORBIDDEN);
    let answer = form(&app, &link, "password=open+sesame").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, link.as_str()));
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_string();
    assert!(answer.header("set-cookie").contains("HttpOnly"));
    let page = app.get(&link).header("accept", "text/html").header("cookie", &cookie).send().await;
    assert!(page.text().contains("Growth"));
    assert!(!page.text().contains("og:image"), "a preview would tell what the password hides");
    let other = share(&app, &token, &id, json!({ "password": "open sesame" })).await;
    let other = format!("/r/{}", other["token"].as_str().unwrap());
    let refused = app.get(&other).header("cookie", &cookie).send().await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn guessing_is_limited_by_address() {
    let app = Candlewick::start_with(&[("RATE_LIMITS", "on")]).await;
    let guess = format!("/r/{}", "B".repeat(43));
    let mut refused = 0;
    for _ in 0..610 {
        let status = app.get(&guess).send().await.status;
        refused += u32::from(status == StatusCode::TOO_MANY_REQUESTS);
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::TOO_MANY_REQUESTS));
    }
    assert_eq!(refused, 10);
}
