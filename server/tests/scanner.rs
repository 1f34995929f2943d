//! Scans and screens over HTTP, on the bundled market, which stands at 10 March 2022.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use serde_json::{Value, json};
use support::Candlewick;

fn items(answer: &Value) -> &Vec<Value> {
    answer["items"].as_array().unwrap()
}

#[tokio::test]
async fn every_scan_answers_rows_of_the_newest_session_in_its_order() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let names = [
        "gainers",
        "losers",
        "active",
        "unusual-volume",
        "breakouts",
        "breakdowns",
        "new-highs",
        "new-lows",
        "oversold",
        "overbought",
    ];
    for timeframe in ["daily", "weekly"] {
        for name in names {
            let path = format!("/api/market/scanner/{name}?timeframe={timeframe}&limit=5");
            let answer = app.get(&path).bearer(&token).send().await.json();
            assert_eq!((&answer["day"], &answer["timeframe"]), (&json!("2022-03-10"), &json!(timeframe)));
            assert!(items(&answer).len() <= 5, "{name}");
            assert!(answer["total"].as_u64().unwrap() >= items(&answer).len() as u64);
            assert!(items(&answer).iter().all(|item| item["date"] == "2022-03-10"), "{name}");
        }
    }
    let gainers = app.get("/api/market/scanner/gainers").bearer(&token).send().await.json();
    let changes: Vec<f64> =
        items(&gainers).iter().map(|item| item["changePercent"].as_f64().unwrap()).collect();
    assert!(!changes.is_empty() && changes.windows(2).all(|two| two[0] >= two[1]) && changes[0] > 0.0);
    app.get("/api/market/scanner/nonsense").bearer(&token).send().await.is_problem(404);
    app.get("/api/market/scanner/gainers?timeframe=hourly").bearer(&token).send().await.is_problem(422);
    app.get("/api/market/scanner/gainers?day=2022-03-06").bearer(&token).send().await.is_problem(404);
}

#[tokio::test]
async fn last_friday_is_told_as_it_was() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = "/api/market/scanner/losers?day=2022-03-04";
    let first = app.get(path).bearer(&token).send().await.json();
    assert_eq!(first["day"], "2022-03-04");
    // Tesla closed at 839.29 on 3 March and 838.29 on 4 March 2022 before its split of three for one: -0.12 %.
    let all = app.get(&format!("{path}&limit=1000")).bearer(&token).send().await.json();
    let tesla = items(&all).iter().find(|item| item["symbol"] == "TSLA").unwrap();
    assert!((tesla["changePercent"].as_f64().unwrap() + 0.12).abs() < 0.01, "{tesla}");
    let again = app.get(path).bearer(&token).send().await.json();
    assert_eq!(first, again, "kept, with the moment it was worked out");
}

#[tokio::test]
async fn a_screen_answers_the_values_that_matched_and_a_wrong_one_its_place() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let screen = |filter: &str| {
        let body = json!({ "filter": filter, "limit": 10 });
        app.post("/api/market/screen", body).bearer(&token).send()
    };
    let found = screen("rsi14 < 50 and sector = \"Technology\"").await.json();
    assert!(!items(&found).is_empty());
    for item in items(&found) {
        assert_eq!(item["sector"], "Information Technology");
        assert!(item["values"]["rsi14"].as_f64().unwrap() < 50.0);
    }
    let wrong = screen("rsi14 < 50 and closs > 5").await;
    assert_eq!(wrong.status, 422);
    let problem = wrong.json();
    assert_eq!((&problem["position"], &problem["length"]), (&json!(15), &json!(5)));
    assert_eq!(problem["errors"][0]["field"], "filter");
    assert_eq!(problem["errors"][0]["reason"], "there is no field closs; did you mean close?");
    let many = json!({ "filter": "close > 5", "limit": 0 });
    app.post("/api/market/screen", many).bearer(&token).send().await.is_problem(422);
}

#[tokio::test]
async fn a_screen_is_put_in_order_before_it_is_cut_and_so_is_its_table() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let screen = "/api/market/screen?filter=rsi14%20%3E%200";
    let all = app.get(&format!("{screen}&limit=1000")).bearer(&token).send().await.json();
    let rsi = |item: &Value| item["values"]["rsi14"].as_f64().unwrap();
    let mut ordered: Vec<f64> = items(&all).iter().map(rsi).collect();
    ordered.sort_by(f64::total_cmp);
    assert!(ordered.len() > 10);
    let lowest =
        app.get(&format!("{screen}&sort=rsi14&order=asc&limit=3")).bearer(&token).send().await.json();
    assert_eq!(items(&lowest).iter().map(rsi).collect::<Vec<_>>(), ordered[..3]);
    assert_eq!(lowest["total"], all["total"]);
    let body = json!({ "filter": "rsi14 > 0", "sort": "RSI14", "limit": 1 });
    let highest = app.post("/api/market/screen", body).bearer(&token).send().await.json();
    assert_eq!(rsi(&items(&highest)[0]), ordered[ordered.len() - 1]);

    let first = |table: String| table.lines().nth(1).unwrap().split(',').next().unwrap().to_string();
    let table = app.get(&format!("{screen}&sort=rsi14&order=asc&limit=3&format=csv")).bearer(&token);
    assert_eq!(first(table.send().await.text()), items(&lowest)[0]["symbol"]);
    // A scan is in an order of its own unless it is told another.
    let scan = "/api/market/scanner/active?format=csv&limit=1000&sort=symbol&order=asc";
    let table = app.get(scan).bearer(&token).send().await.text();
    let symbols: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert!(symbols.len() > 5 && symbols.is_sorted(), "{symbols:?}");
}

#[tokio::test]
async fn an_order_that_makes_no_sense_is_named() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    for (path, field) in [
        ("/api/market/screen?filter=close%20%3E%205&sort=rsi", "sort"),
        ("/api/market/screen?filter=close%20%3E%205&sort=rsi14&order=up", "order"),
        ("/api/market/scanner/gainers?sort=nonsense", "sort"),
        ("/api/market/scanner/gainers?sort=sma200", "sort"),
    ] {
        let problem = app.get(path).bearer(&token).send().await.is_problem(422);
        assert_eq!(problem["errors"][0]["field"], field, "{path}");
    }
    let body = json!({ "filter": "close > 5", "sort": "closs" });
    app.post("/api/market/screen", body).bearer(&token).send().await.is_problem(422);
}

#[tokio::test]
async fn scans_and_screens_come_as_tables_too() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let table = app.get("/api/market/scanner/active?format=csv&limit=3").bearer(&token).send().await;
    assert!(table.header("content-type").starts_with("text/csv"));
    assert_eq!(table.text().lines().count(), 4);
    let path = "/api/market/screen?filter=rsi14%20%3C%2050&limit=2";
    let table = app.get(path).bearer(&token).header("accept", "text/csv").send().await.text();
    assert!(
        table.starts_with("symbol,name,kind,sector,date,price,change_percent,volume,rsi14\r\n"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 3);
}

#[tokio::test]
async fn past_signals_are_judged_at_the_cost_of_the_settings_and_the_page_says_which() {
    let app = Candlewick::start_with(&[("TRADE_COST", "0.25")]).await;
    let login = app.visitor("ada@example.org").await;
    let cookie = format!("candlewick_session={}", login.session_token);
    let page = app.get("/symbols/AAPL").header("accept", "text/html").header("cookie", &cookie).send();
    let page = page.await.text();
    assert!(page.contains("less 0.25% a trade"));
    assert!(page.contains("Median %") && page.contains("95 % range"));
    let token = app.member("eve@example.org").await;
    let card =
        |query: &str| app.get(&format!("/api/market/stocks/AAPL/signals{query}")).bearer(&token).send();
    let (own, told, free) =
        (card("").await.json(), card("?cost=0.0025").await.json(), card("?cost=0").await.json());
    assert_eq!(own["scorecard"], told["scorecard"]);
    let mean = |card: &Value| card["scorecard"][0]["meanReturn"].as_f64().unwrap();
    assert!((mean(&free) - mean(&own) - 0.005).abs() < 1e-9, "paid at entry and exit");
}

#[tokio::test]
async fn the_page_shows_where_a_filter_is_wrong_without_scripts() {
    let app = Candlewick::start().await;
    let login = app.visitor("ada@example.org").await;
    let cookie = format!("candlewick_session={}", login.session_token);
    let page = |path: &str| app.get(path).header("accept", "text/html").header("cookie", &cookie).send();
    let wrong = page("/scanner?filter=rsi14%20%3C%2050%20and%20closs%20%3E%205").await.text();
    assert!(wrong.contains("there is no field closs; did you mean close?"));
    let marked = wrong.split("class=\"filter-wrong\"").nth(1).unwrap();
    let marked = marked.split("</span>").next().unwrap().replace("<!>", "");
    assert!(marked.ends_with("closs"), "the word itself is underlined: {marked}");
    let right = page("/scanner?filter=close%20%3E%205").await.text();
    assert!(right.contains("data-row") && right.contains("10 Mar 2022"));
    let past = page("/scanner?scan=losers&day=2022-03-04").await.text();
    assert!(past.contains("4 Mar 2022"));
}
