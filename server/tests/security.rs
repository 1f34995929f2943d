//! What protects every answer.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::json;
use support::Candlewick;

#[tokio::test]
async fn every_answer_carries_the_protecting_headers() {
    let app = Candlewick::start().await;
    for path in ["/healthz", "/api/nothing", "/api/auth/profile", "/nothing", "/metrics"] {
        let answer = app.get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "plain http promises no TLS");
        assert_eq!(answer.headers.get_all("cache-control").iter().count(), 1, "{path}");
    }
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_stay_there() {
    let app = Candlewick::start_with(&[("PUBLIC_URL", "https://stocks.example.org")]).await;
    let answer = app.get("/healthz").send().await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"));
}

#[tokio::test]
async fn a_change_asked_for_by_another_site_is_refused() {
    let app = Candlewick::start().await;
    let host = app.server.addr.to_string();
    let own = format!("http://{host}");
    let refused: &[&[(&str, &str)]] = &[
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "https://evil.example")],
    ];
    let accepted: &[&[(&str, &str)]] =
        &[&[], &[("origin", &own)], &[("sec-fetch-site", "same-origin"), ("origin", &own)]];
    let login = |headers: &[(&str, &str)]| {
        let call = app.post("/api/auth/login", json!({ "email": "a@b.co", "password": "xxxxxxxx" }));
        headers.iter().fold(call, |call, (name, value)| call.header(name, value)).send()
    };
    for headers in refused {
        login(headers).await.is_problem(403);
    }
    for headers in accepted {
        login(headers).await.is_problem(401);
    }
}

#[tokio::test]
async fn a_bearer_token_needs_no_origin() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let call = app.post("/api/auth/api-keys", json!({ "name": "x" })).bearer(&token);
    assert_eq!(call.header("origin", "https://tool.example").send().await.status, 201);
}

#[tokio::test]
async fn methods_bodies_and_addresses_that_do_not_fit_are_problems() {
    let app = Candlewick::start().await;
    app.call(Method::PUT, "/api/auth/login").send().await.is_problem(405);
    app.get("/api/nothing/here").send().await.is_problem(404);
    let post = |media_type: &str, body: &[u8]| {
        app.call(Method::POST, "/api/auth/login").body(media_type, body.to_vec()).send()
    };
    post("application/json", b"{").await.is_problem(400);
    post("text/plain", b"{}").await.is_problem(415);
    post("application/json", &vec![b' '; 70_000]).await.is_problem(413);
}

#[tokio::test]
async fn it_says_whether_it_lives_and_is_ready() {
    let app = Candlewick::start().await;
    assert_eq!(app.get("/healthz").send().await.json()["status"], "ok");
    assert_eq!(app.get("/readyz").send().await.json()["status"], "ready");
    app.server.state.stopping.cancel();
}

#[tokio::test]
async fn metrics_count_answers_by_route_and_never_by_address() {
    let app = Candlewick::start().await;
    app.get("/api/nothing/very-private").send().await;
    app.get("/api/auth/profile").send().await;
    let text = app.get("/metrics").send().await.text();
    assert!(text.contains(
        "candlewick_http_request_seconds_count{method=\"GET\",route=\"/api/auth/profile\",status=\"401\"}"
    ));
    assert!(!text.contains("very-private"));
}
