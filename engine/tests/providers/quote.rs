//! Search, and quotes behind cookie, consent and crumb.

use super::support::{at, clock, says_json, site, symbol};
use domain::{Kind, Sector, Symbol};
use engine::provider::{
    Provider, ProviderError,
    yahoo::{QuotePage, SearchPage},
};
use serde_json::json;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{body_string_contains, method, path, query_param},
};

fn rows() -> serde_json::Value {
    json!({"quoteResponse": {"error": null, "result": [
        {"symbol": "AAPL", "currency": "USD", "regularMarketPrice": 158.52, "regularMarketPreviousClose": 162.95,
         "regularMarketTime": at("2022-03-10T21:00:01Z").timestamp(), "regularMarketVolume": 105_342_000, "exchangeDataDelayedBy": 0},
        {"symbol": "VOD.L", "currency": "GBp", "regularMarketPrice": 122.5, "regularMarketPreviousClose": 121.0,
         "regularMarketTime": at("2022-03-10T16:35:00Z").timestamp(), "exchangeDataDelayedBy": 15},
        {"symbol": "OTHER", "regularMarketPrice": 1.0, "regularMarketTime": 1},
        {"symbol": "MSFT"}
    ]}})
}

fn symbols() -> Vec<Symbol> {
    ["AAPL", "VOD.L", "MSFT"].map(symbol).into()
}

fn cookies(request: &Request) -> String {
    request.headers.get("cookie").map(|value| value.to_str().unwrap().to_string()).unwrap_or_default()
}

/// Cookie page, crumb page that gives `crumb1`, `crumb2` ... and a quote page that wants `good`.
async fn yahoo(good: &'static str) -> MockServer {
    let server = MockServer::start().await;
    let cookie =
        ResponseTemplate::new(404).insert_header("set-cookie", "A3=abc; Domain=.example.org; Path=/; Secure");
    Mock::given(path("/")).respond_with(cookie).mount(&server).await;
    let count = std::sync::atomic::AtomicUsize::new(0);
    let crumb = move |request: &Request| {
        assert!(cookies(request).contains("A3=abc"));
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
        ResponseTemplate::new(200).set_body_string(format!("crumb{number}"))
    };
    Mock::given(path("/v1/test/getcrumb")).respond_with(crumb).mount(&server).await;
    let quote = ResponseTemplate::new(200).set_body_json(rows());
    Mock::given(path("/v7/finance/quote"))
        .and(query_param("crumb", good))
        .respond_with(quote)
        .mount(&server)
        .await;
    let wrong = json!({"finance": {"result": null, "error": {"code": "Unauthorized", "description": "Invalid Crumb"}}});
    let wrong = ResponseTemplate::new(401).set_body_json(wrong);
    Mock::given(path("/v7/finance/quote")).respond_with(wrong).with_priority(9).mount(&server).await;
    server
}

async fn asked(server: &MockServer, path: &str) -> usize {
    server.received_requests().await.unwrap().iter().filter(|request| request.url.path() == path).count()
}

#[tokio::test]
async fn quotes_need_a_cookie_and_a_crumb_and_hundredths_are_divided() {
    let server = yahoo("crumb1").await;
    let page = QuotePage::new(site(&server.uri()), clock());
    let quotes = page.quotes(&symbols()).await.unwrap();
    let found: Vec<_> = quotes
        .iter()
        .map(|each| (each.symbol.as_str(), each.price, each.previous_close, each.delayed))
        .collect();
    assert_eq!(found, [("AAPL", 158.52, Some(162.95), false), ("VOD.L", 1.225, Some(1.21), true)]);
    page.quotes(&symbols()).await.unwrap();
    assert_eq!(
        (asked(&server, "/v1/test/getcrumb").await, asked(&server, "/v7/finance/quote").await),
        (1, 2)
    );
}

#[tokio::test]
async fn a_refused_crumb_is_fetched_once_more_for_all_who_wait() {
    let server = yahoo("crumb2").await;
    let page = QuotePage::new(site(&server.uri()), clock());
    let all = futures::future::join_all((0..8).map(|_| async { page.quotes(&symbols()).await })).await;
    assert!(all.iter().all(|answer| answer.as_ref().is_ok_and(|quotes| quotes.len() == 2)), "{all:?}");
    assert_eq!((asked(&server, "/").await, asked(&server, "/v1/test/getcrumb").await), (2, 2));
}

#[tokio::test]
async fn a_crumb_that_never_fits_ends_after_two_tries() {
    let server = yahoo("never").await;
    let page = QuotePage::new(site(&server.uri()), clock());
    let error = page.quotes(&symbols()).await.unwrap_err();
    assert!(matches!(error, ProviderError::Denied(_)), "{error:?}");
    assert_eq!(asked(&server, "/v7/finance/quote").await, 2);
}

#[tokio::test]
async fn a_block_that_does_not_mention_the_crumb_is_not_argued_with() {
    let server = yahoo("never").await;
    let blocked = ResponseTemplate::new(403).set_body_string("Forbidden");
    Mock::given(path("/v7/finance/quote")).respond_with(blocked).with_priority(1).mount(&server).await;
    let page = QuotePage::new(site(&server.uri()), clock());
    assert!(matches!(page.quotes(&symbols()).await, Err(ProviderError::Denied(_))));
    assert_eq!(
        (asked(&server, "/v7/finance/quote").await, asked(&server, "/v1/test/getcrumb").await),
        (1, 1)
    );
}

#[tokio::test]
async fn what_is_no_crumb_is_not_used_as_one() {
    for apology in ["", "<html>", "Too Many Requests", "a crumb", "abcdefghijklmnopqrstuvwxyz", "ab\ncd"] {
        let server = MockServer::start().await;
        Mock::given(path("/v1/test/getcrumb"))
            .respond_with(ResponseTemplate::new(200).set_body_string(apology))
            .mount(&server)
            .await;
        let error = QuotePage::new(site(&server.uri()), clock()).quotes(&symbols()).await.unwrap_err();
        assert_eq!(error, ProviderError::Denied("no crumb".into()), "{apology:?}");
        assert_eq!(asked(&server, "/v7/finance/quote").await, 0);
    }
}

#[tokio::test]
async fn the_question_about_consent_is_answered_with_no() {
    let server = MockServer::start().await;
    let to_consent = ResponseTemplate::new(302).insert_header("location", "/v2/collectConsent?sessionId=7");
    Mock::given(method("GET")).and(path("/")).respond_with(to_consent).mount(&server).await;
    let form = r#"<html><form method="post" class="consent-form" action="/v2/collectConsent?sessionId=7&amp;lang=en">
        <input type="hidden" name="csrfToken" value="tok&amp;en"><input type="hidden" name="sessionId" value="7">
        <input type="text" name="other" value="no"><button name="agree" value="agree">Yes</button></form></html>"#;
    Mock::given(method("GET"))
        .and(path("/v2/collectConsent"))
        .respond_with(ResponseTemplate::new(200).set_body_raw(form, "text/html"))
        .mount(&server)
        .await;
    let done = ResponseTemplate::new(302)
        .insert_header("location", "/done")
        .insert_header("set-cookie", "A1=yes; Path=/");
    Mock::given(method("POST"))
        .and(path("/v2/collectConsent"))
        .and(body_string_contains("csrfToken=tok%26en&sessionId=7&reject=reject"))
        .respond_with(done)
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path("/done")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let crumb = |request: &Request| match cookies(request).contains("A1=yes") {
        true => ResponseTemplate::new(200).set_body_string("crumb"),
        false => ResponseTemplate::new(401),
    };
    Mock::given(path("/v1/test/getcrumb")).respond_with(crumb).mount(&server).await;
    Mock::given(path("/v7/finance/quote"))
        .respond_with(ResponseTemplate::new(200).set_body_json(rows()))
        .mount(&server)
        .await;
    assert_eq!(QuotePage::new(site(&server.uri()), clock()).quotes(&symbols()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_search_gives_what_has_a_symbol_and_a_kind() {
    let server = says_json(json!({"quotes": [
        {"symbol": "AAPL", "shortname": "Apple", "longname": "Apple Inc.", "exchDisp": "NASDAQ", "quoteType": "EQUITY",
         "sector": "Technology", "sectorDisp": "Technology", "industry": "Consumer Electronics",
         "industryDisp": "Consumer Electronics"},
        {"symbol": "TSLA", "shortname": "Tesla", "quoteType": "EQUITY", "sectorDisp": "Consumer Cyclical", "industry": ""},
        {"symbol": "ODD", "shortname": "Odd", "quoteType": "EQUITY", "sector": "Something else"},
        {"name": "A private company", "quoteType": "PRIVATE_COMPANY"},
        {"symbol": "AAPL220318C00150000", "quoteType": "OPTION"},
        {"symbol": "not a symbol", "quoteType": "EQUITY"},
        {"symbol": "BTC-USD", "shortname": "Bitcoin USD", "quoteType": "CRYPTOCURRENCY"}
    ], "news": [{"title": "x"}]}))
    .await;
    let hits = SearchPage::new(site(&server.uri())).search("apple & co").await.unwrap();
    let found: Vec<_> =
        hits.iter().map(|hit| (hit.symbol.as_str(), hit.name.as_str(), hit.kind, hit.known)).collect();
    assert_eq!(
        found,
        [
            ("AAPL", "Apple Inc.", Kind::Equity, false),
            ("TSLA", "Tesla", Kind::Equity, false),
            ("ODD", "Odd", Kind::Equity, false),
            ("BTC-USD", "Bitcoin USD", Kind::Crypto, false)
        ]
    );
    // By the names of the Global Industry Classification Standard.
    let told: Vec<_> =
        hits.iter().map(|hit| (hit.sector.map(Sector::as_str), hit.industry.as_deref())).collect();
    let apple = (Some("Information Technology"), Some("Consumer Electronics"));
    assert_eq!(told, [apple, (Some("Consumer Discretionary"), None), (None, None), (None, None)]);
    let url = server.received_requests().await.unwrap()[0].url.clone();
    assert_eq!(url.query_pairs().next().unwrap().1, "apple & co");
}
