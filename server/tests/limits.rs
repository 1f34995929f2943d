//! How often the REST API may be called, and how it says so.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::account::Tier;
use hyper::StatusCode;
use server::router::{self, Limit};
use support::{Answer, Candlewick, PASSWORD};

const ON: &[(&str, &str)] = &[("RATE_LIMITS", "on")];

/// Name, quota and what is left, from the two headers.
fn said(answer: &Answer) -> (String, u32, u32) {
    let (policy, now) = (answer.header("ratelimit-policy"), answer.header("ratelimit"));
    let (name, rest) = policy.split_once(";q=").unwrap_or_else(|| panic!("{policy:?}"));
    let quota = rest.strip_suffix(";w=3600").unwrap();
    let (same, rest) = now.split_once(";r=").unwrap();
    let (left, seconds) = rest.split_once(";t=").unwrap();
    assert_eq!(name, same);
    assert!((1..=3_660).contains(&seconds.parse::<u32>().unwrap()), "{now}");
    (name.trim_matches('"').to_string(), quota.parse().unwrap(), left.parse().unwrap())
}

#[tokio::test]
async fn a_user_has_a_thousand_calls_an_hour_and_each_answer_counts_down() {
    let app = Candlewick::start_with(ON).await;
    let token = app.member("ada@example.org").await;
    let key = app.post("/api/auth/api-keys", serde_json::json!({ "name": "x" })).bearer(&token).send().await;
    assert_eq!(said(&key), ("user".into(), 1_000, 999));
    let profile = app.get("/api/auth/profile").bearer(&token).send().await;
    assert_eq!(said(&profile), ("user".into(), 1_000, 998));
    // A key counts for the user who made it; somebody else has an hour of their own.
    let key = key.json()["key"].as_str().unwrap().to_string();
    let by_key = app.get("/api/market/stocks").header("x-api-key", &key).send().await;
    assert_eq!(said(&by_key), ("user".into(), 1_000, 997));
    let eve = app.member("eve@example.org").await;
    assert_eq!(said(&app.get("/api/auth/profile").bearer(&eve).send().await).2, 999);
}

#[tokio::test]
async fn the_hundred_and_first_anonymous_call_is_refused_and_says_when_to_come_back() {
    let app = Candlewick::start_with(ON).await;
    let token = app.member("ada@example.org").await;
    for left in (0..100).rev() {
        // A wrong token is refused at the cost of the address.
        let answer = app.get("/api/auth/profile").bearer("wrong").send().await;
        answer.is_problem(401);
        assert_eq!(said(&answer), ("anonymous".into(), 100, left));
    }
    let refused = app.get("/api/market/stocks").send().await;
    refused.is_problem(429);
    assert_eq!(said(&refused), ("anonymous".into(), 100, 0));
    let wait: u32 = refused.header("retry-after").parse().unwrap();
    assert!((3_000..=3_660).contains(&wait), "{wait}");
    let profile = app.get("/api/auth/profile").bearer(&token).send().await;
    assert_eq!(
        profile.status,
        StatusCode::OK,
        "who is known is not held up by strangers at the same address"
    );
}

#[tokio::test]
async fn the_door_has_a_limit_of_its_own_whoever_knocks() {
    let app = Candlewick::start_with(ON).await;
    let token = app.member("ada@example.org").await;
    let knock = || {
        let body = serde_json::json!({ "email": "ada@example.org", "password": PASSWORD });
        app.post("/api/auth/login", body).bearer(&token).send()
    };
    assert_eq!(said(&knock().await), ("door".into(), 60, 58), "registering was the first");
    assert_eq!(said(&app.get("/api/auth/profile").bearer(&token).send().await).2, 999);
}

#[tokio::test]
async fn a_subscription_multiplies() {
    let app = Candlewick::start_with(ON).await;
    let token = app.member("ada@example.org").await;
    app.server.state.engine.accounts().subscribe("ada@example.org", Tier::Pro).await.unwrap();
    let answer = app.get("/api/auth/profile").bearer(&token).send().await;
    assert_eq!(said(&answer), ("user".into(), 5_000, 4_999));
}

#[tokio::test]
async fn pages_assets_server_functions_and_streams_are_not_limited() {
    let app = Candlewick::start_with(ON).await;
    for path in ["/", "/login", "/healthz", "/metrics", "/robots.txt", "/api/account/me", "/api/live"] {
        let answer = app.get(path).send().await;
        assert_eq!(answer.header("ratelimit"), "", "{path}");
    }
    for route in router::list() {
        let is_api = route.path.starts_with("/api/") && route.path != "/api/live";
        let is_by_link = route.path.starts_with("/r/") || route.path.starts_with("/unsubscribe/");
        assert_eq!(route.limit != Limit::Free, is_api || is_by_link, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn limits_can_be_switched_off_and_logins_stay_throttled() {
    let app = Candlewick::start_with(&[("RATE_LIMITS", "off")]).await;
    assert_eq!(app.get("/api/auth/profile").send().await.header("ratelimit"), "");
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let body = serde_json::json!({ "email": "ada@example.org", "password": "not the password" });
        statuses.push(app.post("/api/auth/login", body).send().await.status.as_u16());
    }
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[10], 429);
}
