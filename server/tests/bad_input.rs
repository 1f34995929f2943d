//! Every endpoint with missing, long, unicode and hostile values: a clear 4xx problem or a plain answer, never a
//! failure of ours.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::{Value, json};
use server::router;
use support::{
    Answer, Candlewick,
    surface::{self, encoded, filled},
};

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

fn is_api(route: &router::Route) -> bool {
    route.path.starts_with("/api/") && route.path != "/api/live"
}

fn api() -> impl Iterator<Item = router::Route> {
    router::list().into_iter().filter(is_api)
}

/// What a field of a JSON body may never have met.
fn values() -> Vec<Value> {
    let odd = [Value::Null, json!(true), json!(1e308), json!(-1), json!([]), json!([[[]]]), json!({})];
    HOSTILE.iter().map(|word| json!(word)).chain(odd).chain([json!("x".repeat(60_000))]).collect()
}

#[tokio::test]
async fn hostile_words_in_a_path_are_not_found() {
    let app = Candlewick::start().await;
    let token = app.operator().await;
    for route in api().filter(|route| route.path.contains('{')) {
        for word in HOSTILE.into_iter().filter(|word| !word.is_empty()) {
            let path = filled(route.path, |_| percent(word));
            let answer = app.call(route.method.clone(), &path).bearer(&token).json(json!({})).send().await;
            is_civil(&answer, &format!("{} {path}", route.method));
            assert!(answer.status.is_client_error(), "{} {path}: {}", route.method, answer.status);
        }
        let path = filled(route.path, |_| "%FF%FE".into());
        is_civil(&app.call(route.method, &path).bearer(&token).json(json!({})).send().await, &path);
    }
}

#[tokio::test]
async fn hostile_words_in_a_query_are_refused_or_harmless() {
    let app = Candlewick::start().await;
    let token = app.operator().await;
    let long = "x".repeat(400);
    let names = [
        "query",
        "sector",
        "kind",
        "limit",
        "cursor",
        "interval",
        "from",
        "to",
        "q",
        "sort",
        "range",
        "benchmark",
        "format",
    ];
    for route in api().filter(|route| route.method == Method::GET) {
        let path = filled(route.path, |name| if name == "symbol" { "AAPL".into() } else { "x".into() });
        for word in HOSTILE.into_iter().chain([long.as_str()]) {
            let query: Vec<_> = names.iter().map(|name| format!("{name}={}", percent(word))).collect();
            // Every word in all at once, where the first one refuses; and a few of them alone.
            let alone = if ["\u{0}", "-1", "%s%n%x"].contains(&word) { query.as_slice() } else { &[] };
            for query in alone.iter().chain([&query.join("&")]) {
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
    let token = app.operator().await;
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
    let token = app.operator().await;
    let made = app.post("/api/portfolio/watchlists", json!({ "name": "Mine" })).bearer(&token).send().await;
    let id = made.json()["id"].as_str().unwrap().to_string();
    let made = app.post("/api/portfolio/portfolios", json!({ "name": "Mine" })).bearer(&token).send().await;
    let portfolio = made.json()["id"].as_str().unwrap().to_string();
    let entry = json!({ "type": "deposit", "date": "2021-01-04", "amount": 5, "currency": "USD" });
    let place = format!("/api/portfolio/portfolios/{portfolio}/transactions");
    let made = app.post(&place, entry).bearer(&token).send().await;
    let transaction = made.json()["id"].as_str().unwrap().to_string();
    // Registering and logging in hash passwords and have their own test.
    let slow = ["/api/auth/register", "/api/auth/login"];
    for (route, sample) in surface::routes().into_iter().filter(|(route, _)| is_api(route)) {
        if matches!(route.method, Method::GET | Method::DELETE) || slow.contains(&route.path) {
            continue; // have no body; hostile paths are tried above
        }
        let fields: Vec<&String> = sample.as_object().into_iter().flat_map(|fields| fields.keys()).collect();
        if fields.is_empty() {
            continue; // reads no body
        }
        let path = filled(route.path, |name| match name {
            "symbol" => "AAPL".into(),
            "tid" => transaction.clone(),
            "id" if route.path.contains("/portfolios/") => portfolio.clone(),
            _ => id.clone(),
        });
        let call = || app.call(route.method.clone(), &path).bearer(&token).header("if-match", "*");
        let send = |body: Value| call().json(body).send();
        for value in values() {
            let shown: String = value.to_string().chars().take(60).collect();
            is_civil(&send(value.clone()).await, &format!("{} {path}, whole body {shown}", route.method));
            for &field in &fields {
                let mut body = sample.clone();
                body[field] = value.clone();
                is_civil(&send(body).await, &format!("{} {path}, {field}: {shown}", route.method));
            }
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
async fn every_form_refuses_hostile_words_or_is_not_harmed_by_them() {
    let app = Candlewick::start().await;
    let cookie = format!("candlewick_session={}", app.visitor("ada@example.org").await.session_token);
    let own = format!("http://{}", app.server.addr);
    let long = "x".repeat(20_000);
    for (method, part) in surface::functions() {
        if part.path == "/api/account/logout" {
            continue; // takes nothing, and would end the session of the rest
        }
        let send = |form: String, accept: &'static str| {
            let call = match method == Method::GET {
                true => app.get(&format!("{}?{}", part.path, &form[..form.len().min(8_000)])),
                false => {
                    let call = app.call(method.clone(), part.path);
                    call.body("application/x-www-form-urlencoded", form.into_bytes())
                }
            };
            let call = call.header("cookie", &cookie).header("origin", &own).header("accept", accept);
            call.header("referer", &format!("{own}/watchlists")).send()
        };
        let words = HOSTILE.into_iter().chain([long.as_str()]);
        // Hashing is slow by design; these forms need not meet every word.
        let most = if part.path.ends_with("/password") { 3 } else { usize::MAX };
        for word in words.take(most) {
            for (field, _) in part.fields {
                let fields =
                    part.fields.iter().map(|(name, good)| (*name, if name == field { word } else { good }));
                let form = encoded(fields);
                let answer = send(form.clone(), "application/json").await;
                let shown: String = word.chars().take(40).collect();
                assert!(
                    !answer.status.is_server_error(),
                    "{} {field}: {shown}: {}",
                    part.path,
                    answer.text()
                );
                if method == Method::POST {
                    let answer = send(form, "text/html").await;
                    assert_eq!(answer.status, 302, "{} {field}: {shown}: a browser is sent back", part.path);
                    assert!(answer.headers.values().all(|value| value.len() < 400), "{:?}", answer.headers);
                }
            }
        }
        for form in ["", "=", "&&&", "%FF=%FF", "a=b&a=c&a[b]=c", "id[]=1&id[x][y]=2"] {
            let answer = send(form.to_string(), "application/json").await;
            assert!(!answer.status.is_server_error(), "{} {form:?}: {}", part.path, answer.text());
        }
    }
}

#[tokio::test]
async fn every_page_stands_hostile_words_in_its_address() {
    let app = Candlewick::start().await;
    let cookie = format!("candlewick_session={}", app.visitor("ada@example.org").await.session_token);
    for part in surface::pages() {
        for word in HOSTILE.into_iter().filter(|word| !word.is_empty()) {
            let path = filled(part.path, |_| percent(word));
            let query: Vec<String> =
                part.fields.iter().map(|(name, _)| format!("{name}={}", percent(word))).collect();
            let address = format!("{path}?{}&__err=%FF&__path=x", query.join("&"));
            let answer =
                app.get(&address).header("accept", "text/html").header("cookie", &cookie).send().await;
            assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
            assert!(!answer.text().contains("<script>alert(1)</script>"), "{address}");
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
