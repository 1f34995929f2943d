//! Every endpoint with missing, long, unicode and hostile values: a clear 4xx problem or a plain answer, never a
//! failure of ours.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::{Value, json};
use server::router;
use support::{Answer, Candlewick};

const HOSTILE: [&str; 12] = [
    "",
    " ",
    "\u{0}",
    "'; drop table users; --",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "${jndi:ldap://x}",
    "%s%n%x",
    "日本語テキスト🕯️",
    "\u{202e}rtl\u{feff}",
    "-1",
    "99999999999999999999999999",
];

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Fine, or refused in words a program can read.
#[track_caller]
fn is_civil(answer: &Answer, what: &str) {
    assert!(!answer.status.is_server_error(), "{what}: {} {}", answer.status, answer.text());
    if answer.status.is_client_error() {
        answer.is_problem(answer.status.as_u16());
    }
}

fn api() -> impl Iterator<Item = router::Route> {
    router::list().into_iter().filter(|route| route.path.starts_with("/api/") && route.path != "/api/live")
}

#[tokio::test]
async fn hostile_words_in_a_path_are_not_found() {
    let app = Candlewick::start_with(&[("RATE_LIMITS", "off")]).await;
    let token = app.member("ada@example.org").await;
    for route in api().filter(|route| route.path.contains('{')) {
        for word in HOSTILE.into_iter().filter(|word| !word.is_empty()) {
            let mut path = route.path.to_string();
            for name in ["{symbol}", "{id}", "{keyword}"] {
                path = path.replace(name, &percent(word));
            }
            let answer = app.call(route.method.clone(), &path).bearer(&token).json(json!({})).send().await;
            is_civil(&answer, &format!("{} {path}", route.method));
            assert!(answer.status.is_client_error(), "{} {path}: {}", route.method, answer.status);
        }
        let path =
            route.path.replace("{symbol}", "%FF%FE").replace("{id}", "%FF").replace("{keyword}", "%FF");
        is_civil(&app.call(route.method, &path).bearer(&token).json(json!({})).send().await, &path);
    }
}

#[tokio::test]
async fn hostile_words_in_a_query_are_refused_or_harmless() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let long = "x".repeat(400);
    let names = ["query", "sector", "kind", "limit", "cursor", "interval", "from", "to", "q"];
    for route in api().filter(|route| route.method == Method::GET) {
        let path = route.path.replace("{symbol}", "AAPL").replace("{id}", "x").replace("{keyword}", "x");
        for word in HOSTILE.into_iter().chain([long.as_str()]) {
            let query: Vec<_> = names.iter().map(|name| format!("{name}={}", percent(word))).collect();
            for query in query.iter().chain([&query.join("&")]) {
                let call = app.get(&format!("{path}?{query}")).bearer(&token);
                is_civil(&call.send().await, &format!("{path}?{}", &query[..query.len().min(80)]));
            }
        }
        is_civil(&app.get(&format!("{path}?q=%FF&q=1&limit=&&==")).bearer(&token).send().await, &path);
    }
}

#[tokio::test]
async fn a_parameter_that_makes_no_sense_is_named() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    for (path, field) in [
        ("/api/market/stocks?limit=0", "limit"),
        ("/api/market/stocks?limit=many", "limit"),
        ("/api/market/stocks?sector=Magic", "sector"),
        ("/api/market/stocks?kind=magic", "kind"),
        ("/api/market/stocks?cursor=%3B", "cursor"),
        ("/api/market/stocks/AAPL/bars?interval=2d", "interval"),
        ("/api/market/stocks/AAPL/bars?from=yesterday", "from"),
        ("/api/market/stocks/AAPL/bars?from=2022-02-30", "from"),
        ("/api/market/stocks/AAPL/bars?from=2022-03-10&to=2022-03-09", "from"),
        ("/api/market/stocks/AAPL/indicators?to=%00", "to"),
    ] {
        let problem = app.get(path).bearer(&token).send().await.is_problem(422);
        assert_eq!(problem["errors"][0]["field"], field, "{path}");
    }
}

#[tokio::test]
async fn bodies_of_every_sort_are_refused_or_understood() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let made = app.post("/api/portfolio/watchlists", json!({ "name": "Mine" })).bearer(&token).send().await;
    let id = made.json()["id"].as_str().unwrap().to_string();
    let fields =
        ["name", "symbol", "symbols", "theme", "timeZone", "baseCurrency", "fullName", "refreshToken"];
    let values = HOSTILE.iter().map(|word| json!(word)).chain([
        Value::Null,
        json!(true),
        json!(1e308),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!("x".repeat(60_000)),
    ]);
    let values: Vec<Value> = values.collect();
    // Changing routes only; registering and logging in hash passwords and have their own test.
    let slow = ["/api/auth/register", "/api/auth/login"];
    for route in api().filter(|route| route.method != Method::GET && !slow.contains(&route.path)) {
        let path = route.path.replace("{symbol}", "AAPL").replace("{id}", &id);
        if route.method == Method::DELETE {
            continue; // has no body; hostile paths are tried above
        }
        for value in &values {
            let body: Value = fields.iter().map(|field| (field.to_string(), value.clone())).collect();
            let answer = app.call(route.method.clone(), &path).bearer(&token).json(body).send().await;
            is_civil(&answer, &format!("{} {path} {:.60}", route.method, value.to_string()));
            let answer =
                app.call(route.method.clone(), &path).bearer(&token).json(value.clone()).send().await;
            is_civil(&answer, &format!("{} {path} whole body {:.60}", route.method, value.to_string()));
        }
        for raw in [&b""[..], b"{", b"\xff\xfe", b"[1,", &[b'['; 5_000]] {
            let call = app.call(route.method.clone(), &path).bearer(&token);
            let answer = call.body("application/json", raw.to_vec()).send().await;
            is_civil(&answer, &format!("{} {path} raw", route.method));
            assert!(answer.status.is_client_error(), "{} {path}", route.method);
        }
    }
}

#[tokio::test]
async fn registering_and_logging_in_refuse_hostile_words() {
    let app = Candlewick::start().await;
    for word in HOSTILE {
        let body = json!({ "email": word, "password": "long enough for all", "fullName": word });
        app.post("/api/auth/register", body).send().await.is_problem(422);
        let body = json!({ "email": word, "password": word });
        is_civil(&app.post("/api/auth/login", body).send().await, word);
    }
    let long = "x".repeat(30_000);
    let body = json!({ "email": format!("{long}@x.org"), "password": "long enough", "fullName": long });
    let problem = app.post("/api/auth/register", body).send().await.is_problem(422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);
}
