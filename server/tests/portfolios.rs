//! Portfolios as other programs keep them: made, filled, changed with care, and their figures.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::Role;
use hyper::Method;
use serde_json::{Value, json};
use support::{Answer, Candlewick};

const PORTFOLIOS: &str = "/api/portfolio/portfolios";
const HOLDINGS: &str = "/api/portfolio/holdings";

async fn portfolio(app: &Candlewick, token: &str) -> String {
    let body = json!({ "name": "Long term", "currency": "USD", "costMethod": "fifo" });
    let made = app.post(PORTFOLIOS, body).bearer(token).send().await;
    assert_eq!(made.status, 201, "{}", made.text());
    format!("{PORTFOLIOS}/{}", made.json()["id"].as_str().unwrap())
}

/// Ten shares of Apple for 100 each; those of 2021-01-04 are those of today, the last split was in 2020.
fn purchase(quantity: u32) -> Value {
    json!({ "type": "buy", "symbol": "AAPL", "date": "2021-01-04", "quantity": quantity.to_string(), "price": "100",
        "fee": "1", "currency": "USD" })
}

async fn figures(app: &Candlewick, token: &str, portfolio: &str, which: &str) -> Value {
    let id = portfolio.rsplit('/').next().unwrap();
    let answer = app.get(&format!("/api/analytics/portfolios/{id}/{which}")).bearer(token).send().await;
    assert_eq!(answer.status, 200, "{which}: {}", answer.text());
    answer.json()
}

/// Money in JSON is a decimal string; compared as numbers, since 0.50 is 0.5.
#[track_caller]
fn is_money(value: &Value, expected: &str) {
    use domain::portfolio::Decimal;
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no decimal string"));
    assert_eq!(text.parse::<Decimal>().unwrap(), expected.parse::<Decimal>().unwrap());
}

/// Apple closed at 158.52 on 10 March 2022 and at 162.95 the day before, as the shipped history and every paper of
/// those days say. Ten shares for 100 each and a fee of 1: worth 1,585.20, gained 585.20, net 584.20.
#[tokio::test]
async fn a_purchase_is_worth_its_close_and_an_edit_shows_in_every_figure_at_once() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token).await;
    let entries = format!("{path}/transactions");
    let added = app.post(&entries, purchase(10)).bearer(&token).send().await;
    assert_eq!((added.status.as_u16(), added.header("etag")), (201, "\"1\""), "{}", added.text());
    let place = added.header("location").to_string();
    let before = figures(&app, &token, &path, "performance?range=1m").await;
    for (figure, expected) in [
        ("value", "1585.20"),
        ("unrealised", "585.20"),
        ("fees", "1"),
        ("netGain", "584.20"),
        ("invested", "1001"),
        ("dayChange", "-44.30"),
    ] {
        is_money(&before[figure], expected);
    }
    assert!(before["series"].as_array().unwrap().len() > 15, "{before}");
    let positions = figures(&app, &token, &path, "positions").await;
    assert_eq!(positions["items"][0]["symbol"], "AAPL");
    is_money(&positions["items"][0]["value"], "1585.20");
    let allocation = figures(&app, &token, &path, "allocation").await;
    assert_eq!(allocation["bySymbol"][0]["weight"], 1.0);
    let risk = figures(&app, &token, &path, "risk").await;
    assert_eq!(risk["hhi"], 1.0);
    assert!(
        risk["volatility"].as_f64().unwrap() > 0.1 && risk["maxDrawdown"]["depth"].as_f64().unwrap() < 0.0
    );
    assert_eq!(figures(&app, &token, &path, "correlation").await["symbols"], json!(["AAPL"]));
    let checks = figures(&app, &token, &path, "checkup").await;
    assert!(checks["checks"].as_array().unwrap().iter().any(|check| check["passed"] == false), "{checks}");

    let put = app.call(Method::PUT, &place).bearer(&token).header("if-match", "\"1\"").json(purchase(20));
    let put = put.send().await;
    assert_eq!((put.status.as_u16(), put.header("etag")), (200, "\"2\""), "{}", put.text());
    is_money(&figures(&app, &token, &path, "performance").await["value"], "3170.40");
    is_money(&figures(&app, &token, &path, "positions").await["items"][0]["value"], "3170.40");
    assert_eq!(app.call(Method::DELETE, &place).bearer(&token).send().await.status, 204);
    is_money(&figures(&app, &token, &path, "performance").await["value"], "0");
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token).await;
    let added = app.post(&format!("{path}/transactions"), purchase(1)).bearer(&token).send().await;
    let place = added.header("location").to_string();
    let put = |tag: Option<&'static str>, quantity| {
        let call = app.call(Method::PUT, &place).bearer(&token).json(purchase(quantity));
        match tag {
            Some(tag) => call.header("if-match", tag),
            None => call,
        }
        .send()
    };
    put(None, 2).await.is_problem(428);
    assert_eq!(put(Some("\"1\""), 2).await.status, 200);
    put(Some("\"1\""), 3).await.is_problem(412);
    put(Some("W/\"2\""), 3).await.is_problem(412);
    let seen = app.get(&place).bearer(&token).send().await;
    assert_eq!((seen.header("etag"), &seen.json()["quantity"]), ("\"2\"", &json!("2")));
    let known = app.get(&place).bearer(&token).header("if-none-match", "\"2\"").send().await;
    assert_eq!(known.status, 304);
    let patch = |tag: &'static str| {
        let call = app.call(Method::PATCH, &path).bearer(&token).header("if-match", tag);
        call.json(json!({ "name": "Renamed" })).send()
    };
    patch("\"1\"").await.is_problem(412);
    let version = app.get(&path).bearer(&token).send().await.header("etag").to_string();
    assert_eq!(version, "\"3\"", "made, filled and changed");
    assert_eq!(patch("\"3\"").await.json()["name"], "Renamed");
}

#[tokio::test]
async fn a_key_creates_once_and_lists_come_in_pages() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token).await;
    let entries = format!("{path}/transactions");
    let add = |key: &'static str, quantity| {
        app.post(&entries, purchase(quantity)).bearer(&token).header("idempotency-key", key).send()
    };
    let (first, again) = (add("a", 1).await, add("a", 1).await);
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert_eq!(first.json()["id"], again.json()["id"]);
    add("a", 2).await.is_problem(422);
    add("b", 2).await;
    add("c", 3).await;
    let page = |query: String| app.get(&format!("{entries}?{query}")).bearer(&token).send();
    let one = page("sort=-date&limit=2".into()).await.json();
    let quantities = |page: &Value| {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["quantity"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(quantities(&one), ["3", "2"]);
    let cursor = one["nextCursor"].as_str().unwrap().to_string();
    let two = page(format!("sort=-date&limit=2&cursor={cursor}")).await.json();
    assert_eq!((quantities(&two), &two["nextCursor"]), (vec!["1".to_string()], &Value::Null));
    for wrong in ["sort=price", "limit=0", "cursor=x"] {
        page(wrong.into()).await.is_problem(422);
    }
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token).await;
    let entry = json!({ "type": "buy", "symbol": "AAPL", "date": "soon", "quantity": -1, "currency": "USD" });
    let problem =
        app.post(&format!("{path}/transactions"), entry).bearer(&token).send().await.is_problem(422);
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["date", "quantity", "price"]);
    let id = path.rsplit('/').next().unwrap();
    for (query, field) in [
        ("range=2y", "range"),
        ("from=x", "from"),
        ("benchmark=%3B", "benchmark"),
        ("from=2022-02-02&to=2022-01-01", "from"),
    ] {
        let path = format!("/api/analytics/portfolios/{id}/performance?{query}");
        let problem = app.get(&path).bearer(&token).send().await.is_problem(422);
        assert_eq!(problem["errors"][0]["field"], field, "{query}");
    }
    let body = json!({ "name": "Long term" });
    app.post(PORTFOLIOS, body).bearer(&token).send().await.is_problem(409);
}

#[tokio::test]
async fn a_viewer_reads_all_of_it_and_changes_nothing() {
    let app = Candlewick::start().await;
    let engine = &app.server.state.engine;
    let ada = app.visitor("ada@example.org").await;
    let draft = serde_json::from_value(json!({ "name": "Ours" })).unwrap();
    let made = engine.portfolios().create(&ada.cx, &draft, None).await.unwrap();
    let entry = serde_json::from_value(purchase(10)).unwrap();
    let (_, entry) = engine.portfolios().add(&ada.cx, made.id, &entry, None).await.unwrap();
    let viewer = engine::testing::colleague(engine, &ada.cx, "viewer@example.org", Role::Viewer).await;
    // Viewers make no keys; what one may do is decided when it is used.
    let maker = engine::Cx { role: Role::Analyst, ..viewer.clone() };
    let (_, key) = engine.accounts().create_api_key(&maker, "robot").await.unwrap();
    let path = format!("{PORTFOLIOS}/{}", made.id);
    let call = |method: Method, path: String, body: Value| {
        let call = app.call(method, &path).header("x-api-key", &key).header("if-match", "*");
        async move { call.json(body).send().await }
    };
    let refused = |answer: Answer| drop(answer.is_problem(403));
    assert_eq!(call(Method::GET, path.clone(), json!({})).await.status, 200);
    let performance = format!("/api/analytics/portfolios/{}/performance", made.id);
    is_money(&call(Method::GET, performance, json!({})).await.json()["value"], "1585.20");
    refused(call(Method::POST, PORTFOLIOS.into(), json!({ "name": "Mine" })).await);
    refused(call(Method::PATCH, path.clone(), json!({ "name": "Mine" })).await);
    refused(call(Method::POST, format!("{path}/transactions"), purchase(1)).await);
    let one = format!("{path}/transactions/{}", entry.id);
    refused(call(Method::PUT, one.clone(), purchase(1)).await);
    refused(call(Method::DELETE, one, json!({})).await);
    refused(call(Method::DELETE, path, json!({})).await);
}

#[tokio::test]
async fn holdings_are_the_simple_form_of_a_portfolio() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let body = json!({ "symbol": "AAPL", "shares": "10", "averagePrice": "100", "purchaseDate": "2021-01-04",
        "notes": "first" });
    let made = app.post(HOLDINGS, body.clone()).bearer(&token).send().await;
    assert_eq!(made.status, 201, "{}", made.text());
    app.post(HOLDINGS, body).bearer(&token).send().await.is_problem(409);
    let place = made.header("location").to_string();
    let patched = app.call(Method::PATCH, &place).bearer(&token).json(json!({ "shares": 20 })).send().await;
    assert_eq!(patched.json()["shares"], "20");
    let list = app.get(HOLDINGS).bearer(&token).send().await.json();
    assert_eq!(list["items"][0]["averagePrice"], "100");
    let portfolios = app.get(PORTFOLIOS).bearer(&token).send().await.json();
    assert_eq!(portfolios["items"][0]["name"], "Holdings");
    let path = format!("{PORTFOLIOS}/{}", portfolios["items"][0]["id"].as_str().unwrap());
    is_money(&figures(&app, &token, &path, "performance").await["value"], "3170.40");
    assert_eq!(app.call(Method::DELETE, &place).bearer(&token).send().await.status, 204);
    app.get(&place).bearer(&token).send().await.is_problem(404);
}

/// The sample is bought at the closes of its days: Apple on 11 June 2018 at 191.23, as the papers of the time say, four
/// times the close on today's basis.
#[tokio::test]
async fn the_sample_is_marked_and_bought_at_the_closes_of_its_days() {
    let app = Candlewick::start().await;
    let engine = &app.server.state.engine;
    let ada = app.visitor("ada@example.org").await;
    let sample = engine.portfolios().sample(&ada.cx).await.unwrap();
    assert!(sample.sample);
    let order = engine::portfolios::Order::OldestFirst;
    let entries = engine.portfolios().transactions(&ada.cx, sample.id, order, None, 100).await.unwrap().items;
    let day: chrono::NaiveDate = "2018-06-11".parse().unwrap();
    let apple = entries.iter().find(|each| each.entry.date == day).unwrap();
    let price: f64 = apple.entry.price.unwrap().try_into().unwrap();
    assert!((price - 191.23).abs() < 0.1, "{price}");
    let asked = engine::portfolios::Asked::default();
    let performance = engine.portfolios().performance(&ada.cx, sample.id, &asked).await.unwrap();
    assert_eq!(performance.unavailable, []);
    assert!(performance.cash.unwrap() >= domain::portfolio::Decimal::ZERO, "{:?}", performance.cash);
    assert!(matches!(engine.portfolios().sample(&ada.cx).await, Err(engine::Error::Conflict(_))));
}
