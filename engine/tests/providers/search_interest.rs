//! Page views and Google Trends.

use super::support::{always, date, says_json, site, trend};
use engine::provider::{Provider, ProviderError, TrendAsk, trends::Trends, wikimedia::Wikimedia};
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, path, query_param},
};

fn found(interest: &domain::macros::SearchInterest) -> Vec<(String, f64)> {
    interest.observations.iter().map(|each| (each.date.to_string(), each.value)).collect()
}

#[tokio::test]
async fn views_come_in_order_each_day_once_and_missing_days_stay_missing() {
    let server = says_json(json!({"items": [
        {"article": "Recession", "timestamp": "2022030300", "views": 300},
        {"article": "Recession", "timestamp": "2022030100", "views": 100},
        {"article": "Recession", "timestamp": "2022030300", "views": 301},
        {"article": "Recession", "timestamp": "2022022800", "views": 9}
    ]}))
    .await;
    let interest = Wikimedia::new(site(&server.uri())).trends(&trend("recession")).await.unwrap();
    assert_eq!(found(&interest), [("2022-03-01".to_string(), 100.0), ("2022-03-03".to_string(), 301.0)]);
    assert_eq!(interest.keyword, "recession");
    let url = &server.received_requests().await.unwrap()[0].url;
    let expected =
        "/metrics/pageviews/per-article/en.wikipedia/all-access/user/Recession/daily/20220301/20220310";
    assert_eq!(url.path(), expected);
}

#[tokio::test]
async fn symbols_are_looked_up_by_the_title_of_their_article() {
    let server = always(ResponseTemplate::new(404)).await;
    let wikimedia = Wikimedia::new(site(&server.uri()));
    for (keyword, title) in [("AAPL", "Apple_Inc."), ("SPY", "SPDR_S%26P_500_ETF_Trust"), ("a/b", "A%2Fb")] {
        assert_eq!(wikimedia.trends(&trend(keyword)).await, Err(ProviderError::NotFound));
        let url = server.received_requests().await.unwrap().pop().unwrap().url;
        assert!(url.path().contains(&format!("/user/{title}/daily/")), "{}", url.path());
    }
}

#[tokio::test]
async fn nothing_is_asked_before_there_were_views_and_redirects_are_not_followed() {
    let server = always(ResponseTemplate::new(302).insert_header("location", "/other")).await;
    let wikimedia = Wikimedia::new(site(&server.uri()));
    let early = TrendAsk { from: date("2010-01-01"), to: date("2015-06-30"), ..trend("recession") };
    assert!(matches!(wikimedia.trends(&early).await, Err(ProviderError::Refused(_))));
    assert!(server.received_requests().await.unwrap().is_empty());
    assert!(matches!(wikimedia.trends(&trend("recession")).await, Err(ProviderError::Malformed(_))));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

/// Cookie, widgets, points: each step needs what the one before gave.
async fn google(points: serde_json::Value) -> MockServer {
    let server = MockServer::start().await;
    let page = ResponseTemplate::new(200).insert_header("set-cookie", "NID=1; path=/");
    Mock::given(path("/trends/explore")).respond_with(page).mount(&server).await;
    let widgets = json!({"widgets": [
        {"id": "GEO_MAP", "token": "other", "request": {}},
        {"id": "TIMESERIES", "token": "tok", "request": {"time": "2022-03-01 2022-03-10"}}
    ]});
    Mock::given(path("/trends/api/explore"))
        .and(header("cookie", "NID=1"))
        .respond_with(ResponseTemplate::new(200).set_body_string(format!(")]}}'\n{widgets}")))
        .mount(&server)
        .await;
    let body = json!({"default": {"timelineData": points}});
    Mock::given(path("/trends/api/widgetdata/multiline"))
        .and(query_param("token", "tok"))
        .and(query_param("req", "{\"time\":\"2022-03-01 2022-03-10\"}"))
        .respond_with(ResponseTemplate::new(200).set_body_string(format!(")]}}',\n{body}")))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn scores_without_data_and_unfinished_days_are_left_out() {
    let day = |text: &str| super::support::at(text).timestamp().to_string();
    let server = google(json!([
        {"time": day("2022-03-01T00:00:00Z"), "value": [55], "hasData": [true]},
        {"time": day("2022-03-02T00:00:00Z"), "value": [0], "hasData": [false]},
        {"time": day("2022-03-03T00:00:00Z"), "value": [100], "hasData": [true], "isPartial": true}
    ]))
    .await;
    let interest = Trends::new(site(&server.uri())).trends(&trend("recession")).await.unwrap();
    assert_eq!(found(&interest), [("2022-03-01".to_string(), 55.0)]);
}

#[tokio::test]
async fn scores_outside_of_their_scale_are_refused() {
    let server = google(json!([{"time": "1646092800", "value": [101]}])).await;
    let answer = Trends::new(site(&server.uri())).trends(&trend("recession")).await;
    assert!(matches!(answer, Err(ProviderError::Malformed(_))), "{answer:?}");
}
