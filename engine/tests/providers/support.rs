//! Stand-ins and questions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Interval, Symbol};
use engine::{
    Clock,
    provider::{
        BarsAsk, MacroAsk, NewsAsk, Provider, ProviderError, TrendAsk, fred, gdelt::Gdelt, http::Site,
        newsapi::NewsApi, tiingo::Tiingo, trends::Trends, wikimedia::Wikimedia, yahoo,
    },
};
use std::time::Duration;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Whether an error is the one that was to come.
pub type Fits = fn(&ProviderError) -> bool;

pub const KEY: &str = "s3cret/key+42";

/// Friday, 11 March 2022, 18:00 UTC: New York trades.
pub fn now() -> DateTime<Utc> {
    "2022-03-11T18:00:00Z".parse().unwrap()
}

pub fn clock() -> Clock {
    Clock::fixed(now())
}

pub fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A server that answers everything with this.
pub async fn always(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// A server that answers everything with this text, of this kind.
pub async fn says(text: &str, kind: &str) -> MockServer {
    always(ResponseTemplate::new(200).set_body_raw(text.as_bytes().to_vec(), kind)).await
}

pub async fn says_json(json: serde_json::Value) -> MockServer {
    always(ResponseTemplate::new(200).set_body_json(json)).await
}

pub fn site(base: &str) -> Site {
    Site::new(base).timeout(Duration::from_secs(5)).secret(Some(KEY.into()))
}

pub fn bars(text: &str, interval: Interval) -> BarsAsk {
    BarsAsk { symbol: symbol(text), interval, from: None, to: None }
}

pub fn news() -> NewsAsk {
    NewsAsk { symbol: Some(symbol("AAPL")), name: Some("Apple".into()), from: None }
}

pub fn macros(series: &str) -> MacroAsk {
    MacroAsk { series: series.into(), from: None }
}

pub fn trend(keyword: &str) -> TrendAsk {
    TrendAsk { keyword: keyword.into(), from: date("2022-03-01"), to: date("2022-03-10") }
}

/// Every provider that speaks HTTP, at this site.
pub fn everybody(site: &Site) -> Vec<Box<dyn Provider>> {
    vec![
        Box::new(yahoo::Chart::new(site.clone(), clock())),
        Box::new(yahoo::QuotePage::new(site.clone(), clock())),
        Box::new(yahoo::SearchPage::new(site.clone())),
        Box::new(yahoo::Feeds::new(site.clone())),
        Box::new(fred::FredJson::new(site.clone())),
        Box::new(fred::FredCsv::new(site.clone())),
        Box::new(NewsApi::new(site.clone())),
        Box::new(Gdelt::new(site.clone())),
        Box::new(Wikimedia::new(site.clone())),
        Box::new(Trends::new(site.clone())),
        Box::new(Tiingo::new(site.clone())),
    ]
}
