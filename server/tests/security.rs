//! What protects every answer.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::json;
use server::router::{self, Route};
use support::{
    Candlewick,
    surface::{self, FUNCTIONS, filled},
};

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
    // Somebody who may call everything.
    let app = Candlewick::start_with(&[("ADMIN_EMAIL", "ada@example.org")]).await;
    let token = app.member("ada@example.org").await;
    app.get("/api/nothing/here").send().await.is_problem(404);
    let (methods, mut paths) =
        ([Method::GET, Method::PUT, Method::POST, Method::PATCH, Method::DELETE], Vec::new());
    for route in router::list().into_iter().filter(|route| route.path.starts_with("/api/")) {
        let path = filled(route.path, |_| "AAPL".into());
        let call = || app.call(route.method.clone(), &path).bearer(&token);
        if !paths.contains(&route.path) {
            paths.push(route.path);
            let taken =
                |method: &Method| router::list().iter().any(|r| r.path == route.path && r.method == *method);
            for method in methods.iter().filter(|method| !taken(method)) {
                let answer = app.call(method.clone(), &path).bearer(&token).send().await;
                answer.is_problem(405);
                assert!(!answer.header("allow").is_empty(), "{method} {path}");
            }
        }
        if matches!(route.method, Method::POST | Method::PUT | Method::PATCH) && takes_json(&route) {
            let what = format!("{} {path}", route.method);
            println!("{what}");
            call().body("application/json", b"{".to_vec()).send().await.is_problem(400);
            call().body("text/plain", b"{}".to_vec()).send().await.is_problem(415);
            call().body("application/json", vec![b' '; 70_000]).send().await.is_problem(413);
            // Nobody announced how long this one is.
            call().chunked("application/json", vec![b' '; 70_000]).send().await.is_problem(413);
        }
    }
    for part in FUNCTIONS {
        let answer = app.call(Method::PUT, part.path).bearer(&token).send().await;
        answer.is_problem(405);
    }
}

/// Whether a route reads JSON, by what `surface` sends it.
fn takes_json(route: &Route) -> bool {
    surface::body(route).is_some_and(|body| body.as_object().is_some_and(|fields| !fields.is_empty()))
}

#[tokio::test]
async fn pages_and_cookies_are_as_an_observatory_wants_them() {
    // developer.mozilla.org/en-US/observatory: what its tests look at, for a site behind TLS.
    let app = Candlewick::start_with(&[("PUBLIC_URL", "https://stocks.example.org")]).await;
    let page = app.get("/login").header("accept", "text/html").send().await;
    let policy = page.header("content-security-policy").to_string();
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    for wanted in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(directives.contains(&wanted), "{wanted}: {policy}");
    }
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains("http:")
    );
    assert!(!policy.contains('*') && !policy.contains("data: ;"), "{policy}");
    assert!(page.header("strict-transport-security").contains("includeSubDomains"));
    assert_eq!(page.header("access-control-allow-origin"), "", "no other site may read anything");
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    for tag in page.text().split("<script").skip(1) {
        let tag = tag.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
    }
    let own = "https://stocks.example.org";
    let send = |path: &str, form: &str, cookie: &str| {
        let call = app.call(Method::POST, path).header("origin", own).header("accept", "text/html");
        let call = call.header("cookie", cookie).header("referer", &format!("{own}/settings"));
        call.body("application/x-www-form-urlencoded", form.as_bytes().to_vec()).send()
    };
    let form = "email=ada%40example.org&password=correct+horse+battery&full_name=Ada";
    let made = send("/api/account/register", form, "a=b").await;
    let session = made.header("set-cookie").split(';').next().unwrap().to_string();
    let looks = send("/api/account/looks", "theme=dark&colours=safe", &session).await;
    let refused = send("/api/account/profile", "full_name=&time_zone=x&base_currency=x", &session).await;
    let set: Vec<String> = [&made, &looks, &refused]
        .iter()
        .flat_map(|answer| {
            answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_string())
        })
        .collect();
    assert!(set.len() >= 4, "{set:?}");
    for line in set {
        assert!(line.contains("; Secure") && line.contains("; SameSite=Lax"), "{line}");
        let private = line.starts_with("candlewick_");
        assert_eq!(line.contains("; HttpOnly"), private, "{line}");
    }
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
