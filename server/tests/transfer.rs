//! Files into a portfolio and out of it, as other programs send them.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use hyper::Method;
use serde_json::{Value, json};
use support::{Answer, Candlewick};

const PORTFOLIOS: &str = "/api/portfolio/portfolios";

/// As Ghostfolio exports it.
fn ghostfolio() -> Vec<u8> {
    let activity = |kind: &str, date: &str, quantity: f64, price: f64, fee: f64| {
        json!({ "accountId": "1", "comment": null, "fee": fee, "quantity": quantity, "type": kind, "unitPrice": price,
            "currency": "USD", "dataSource": "YAHOO", "date": format!("{date}T00:00:00.000Z"), "symbol": "AAPL" })
    };
    let activities = [
        activity("BUY", "2021-01-04", 10.0, 100.0, 1.0),
        activity("DIVIDEND", "2021-02-05", 10.0, 0.205, 0.0),
    ];
    let meta = json!({ "date": "2022-03-10T00:00:00.000Z", "version": "2.0.0" });
    json!({ "meta": meta, "accounts": [], "activities": activities }).to_string().into_bytes()
}

async fn portfolio(app: &Candlewick, token: &str, name: &str) -> String {
    let made = app.post(PORTFOLIOS, json!({ "name": name, "currency": "USD" })).bearer(token).send().await;
    format!("{PORTFOLIOS}/{}", made.json()["id"].as_str().unwrap())
}

async fn import(app: &Candlewick, token: &str, path: &str, query: &str, file: Vec<u8>) -> Answer {
    let call = app.call(Method::POST, &format!("{path}/import?{query}")).bearer(token);
    call.body("application/octet-stream", file).send().await
}

/// Every transaction, without its id.
async fn entries(app: &Candlewick, token: &str, path: &str) -> Vec<Value> {
    let answer = app.get(&format!("{path}/transactions?limit=1000")).bearer(token).send().await.json();
    let plain = |mut entry: Value| {
        entry["id"] = Value::Null;
        entry
    };
    answer["items"].as_array().unwrap().iter().cloned().map(plain).collect()
}

/// Ten shares at the close of 158.52 on 10 March 2022; ten dividends of 0.205.
#[tokio::test]
async fn a_ghostfolio_file_is_looked_at_taken_once_and_makes_figures() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token, "Mine").await;
    let look = import(&app, &token, &path, "format=ghostfolio&dryRun=true", ghostfolio()).await;
    assert_eq!((look.status.as_u16(), &look.json()["new"]), (200, &json!(2)), "{}", look.text());
    assert!(entries(&app, &token, &path).await.is_empty(), "nothing is changed by looking");
    let taken = import(&app, &token, &path, "format=ghostfolio", ghostfolio()).await;
    assert_eq!(taken.json(), json!({ "imported": 2, "duplicates": 0, "skipped": 0 }));
    let again = import(&app, &token, &path, "format=ghostfolio", ghostfolio()).await;
    assert_eq!(again.json(), json!({ "imported": 0, "duplicates": 2, "skipped": 0 }));
    assert_eq!(entries(&app, &token, &path).await.len(), 2);
    let id = path.rsplit('/').next().unwrap();
    let performance = app.get(&format!("/api/analytics/portfolios/{id}/performance")).bearer(&token);
    let performance = performance.send().await.json();
    assert_eq!(performance["value"].as_str().unwrap().parse::<f64>().unwrap(), 1585.20);
    assert_eq!(performance["dividends"].as_str().unwrap().parse::<f64>().unwrap(), 2.05);
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token, "Mine").await;
    let file = "Date,Action,Ticker,Shares,Price,Currency\n2021-01-04,Buy,AAPL,10,100,USD\n\
        2021-01-05,Buy,AAPL,ten,100,USD\n";
    let look = import(&app, &token, &path, "format=csv&dryRun=true", file.into()).await.json();
    assert_eq!((&look["faulty"], &look["faults"][0]["row"]), (&json!(1), &json!(3)), "{look}");
    assert_eq!(look["faults"][0]["column"], "Shares");
    let problem = import(&app, &token, &path, "format=csv", file.into()).await.is_problem(422);
    assert_eq!(problem["errors"][0]["field"], "row 3, Shares");
    assert!(entries(&app, &token, &path).await.is_empty());
    for (query, file) in [
        ("format=xml", &b"x"[..]),
        ("format=csv&dryRun=maybe", b"x"),
        ("format=csv&mapping=x", b"x"),
        ("format=csv", b""),
        ("format=csv", b"PK\x03\x04 an archive"),
        ("format=ghostfolio", b"{\"activities\": 7}"),
    ] {
        import(&app, &token, &path, query, file.to_vec()).await.is_problem(422);
    }
    let large = vec![b'x'; 25 * 1024 * 1024];
    import(&app, &token, &path, "format=csv", large).await.is_problem(413);
}

#[tokio::test]
async fn what_is_exported_is_imported_without_a_difference() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = portfolio(&app, &token, "Mine").await;
    for entry in [
        json!({ "type": "buy", "symbol": "AAPL", "date": "2021-01-04", "quantity": "0.123456789012",
            "price": "1234.000000000001", "fee": "0.5", "currency": "EUR", "fxRate": "1.2271", "note": "=1+1" }),
        json!({ "type": "deposit", "date": "2021-01-01", "amount": "1000.10", "currency": "USD",
            "note": "a \"quoted\", line;\nand another" }),
        json!({ "type": "split", "symbol": "AAPL", "date": "2021-06-01", "quantity": 2, "currency": "USD" }),
    ] {
        let made = app.post(&format!("{path}/transactions"), entry).bearer(&token).send().await;
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let before = entries(&app, &token, &path).await;
    for format in ["json", "csv"] {
        let file = app.get(&format!("{path}/export?format={format}")).bearer(&token).send().await;
        assert!(file.header("content-disposition").ends_with(&format!("filename=\"Mine.{format}\"")));
        let copy = portfolio(&app, &token, &format!("A copy of {format}")).await;
        let taken = import(&app, &token, &copy, "format=candlewick", file.body.to_vec()).await;
        assert_eq!(taken.json()["imported"], 3, "{format}: {}", taken.text());
        assert_eq!(entries(&app, &token, &copy).await, before, "{format}");
    }
    let csv = app.get(&format!("{path}/export?format=csv")).bearer(&token).send().await.text();
    assert!(csv.contains("'=1+1"), "no formula for a spreadsheet: {csv}");
}
