//! Headlines: RSS, NewsAPI, GDELT.

use super::support::{Fits, KEY, always, at, news, says, says_json, site};
use engine::provider::{NewsAsk, Provider, ProviderError, gdelt::Gdelt, newsapi::NewsApi, yahoo::Feeds};
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, path, query_param},
};

const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
<title>Yahoo! Finance: AAPL News</title><link>http://finance.yahoo.com/q/h?s=AAPL</link><description>Latest</description>
<item><description>Shares of &lt;b&gt;Apple&lt;/b&gt; rose.</description><guid isPermaLink="false">g1</guid>
<link>https://finance.yahoo.com/news/a.html?.tsrc=rss</link><pubDate>Thu, 10 Mar 2022 21:05:00 +0000</pubDate><title>Apple &amp;amp; others rise</title></item>
<item><guid isPermaLink="false">g2</guid><link>javascript:alert(1)</link><pubDate>Fri, 11 Mar 2022 09:00:00 +0000</pubDate><title>Without description</title></item>
<item><guid isPermaLink="false">g1</guid><link>https://finance.yahoo.com/news/a.html</link><pubDate>Thu, 10 Mar 2022 21:05:00 +0000</pubDate><title>Apple again</title></item>
<item><guid isPermaLink="false">g3</guid><pubDate>Fri, 11 Mar 2022 09:00:00 +0000</pubDate></item>
</channel></rss>"#;

#[tokio::test]
async fn a_feed_gives_each_item_once_and_newest_first() {
    let server = says(FEED, "application/rss+xml").await;
    let headlines = Feeds::new(site(&server.uri())).news(&news()).await.unwrap();
    let titles: Vec<&str> = headlines.iter().map(|each| each.title.as_str()).collect();
    assert_eq!(titles, ["Without description", "Apple & others rise"]);
    assert_eq!((&headlines[0].description, &headlines[0].url), (&None, &None), "no link but to the web");
    assert_eq!(headlines[1].description.as_deref(), Some("Shares of Apple rose."));
    assert_eq!(headlines[1].url.as_deref(), Some("https://finance.yahoo.com/news/a.html?.tsrc=rss"));
    assert_eq!(headlines[1].published_at, at("2022-03-10T21:05:00Z"));
    let url = &server.received_requests().await.unwrap()[0].url;
    assert_eq!((url.path(), url.query()), ("/rss/2.0/headline", Some("s=AAPL&region=US&lang=en-US")));
}

#[tokio::test]
async fn a_feed_of_nobody_is_empty_and_old_items_are_left_out() {
    let nobody = "<rss version=\"2.0\"><channel><title>x</title><link>http://x.org</link><description>d</description></channel></rss>";
    let server = says(nobody, "application/rss+xml").await;
    assert_eq!(Feeds::new(site(&server.uri())).news(&news()).await, Ok(vec![]));
    let server = says(FEED, "text/xml").await;
    let ask = NewsAsk { from: Some(at("2022-03-11T00:00:00Z")), ..news() };
    assert_eq!(Feeds::new(site(&server.uri())).news(&ask).await.unwrap().len(), 1);
}

#[tokio::test]
async fn newsapi_gets_its_key_in_a_header_and_removed_articles_are_dropped() {
    let server = MockServer::start().await;
    let articles = json!({"status": "ok", "totalResults": 3, "articles": [
        {"source": {"id": null, "name": "The Paper"}, "author": null, "title": "Apple rises", "description": null,
         "url": "https://example.org/a", "urlToImage": null, "publishedAt": "2022-03-10T20:00:00Z", "content": null},
        {"source": {"id": null, "name": "[Removed]"}, "title": "[Removed]", "description": "[Removed]",
         "url": "https://removed.com", "publishedAt": "1970-01-01T00:00:00Z"},
        {"source": {"id": null, "name": null}, "title": "Apple falls", "url": null, "publishedAt": "2022-03-11T20:00:00Z"}
    ]});
    Mock::given(path("/v2/everything"))
        .and(header("x-api-key", KEY))
        .and(query_param("q", "\"Apple\""))
        .and(query_param("from", "2022-03-01T00:00:00Z"))
        .respond_with(ResponseTemplate::new(200).set_body_json(articles))
        .mount(&server)
        .await;
    let ask = NewsAsk { from: Some(at("2022-03-01T00:00:00Z")), ..news() };
    let headlines = NewsApi::new(site(&server.uri())).news(&ask).await.unwrap();
    let found: Vec<_> = headlines.iter().map(|each| (each.title.as_str(), each.publisher.as_str())).collect();
    assert_eq!(found, [("Apple falls", "NewsAPI"), ("Apple rises", "The Paper")]);
}

#[tokio::test]
async fn newsapi_tells_its_errors_by_code_whatever_the_status() {
    let cases: [(u16, &str, Fits); 6] = [
        (401, "apiKeyInvalid", |e| matches!(e, ProviderError::Denied(_))),
        (200, "apiKeyMissing", |e| matches!(e, ProviderError::Denied(_))),
        (429, "rateLimited", |e| matches!(e, ProviderError::Throttled { .. })),
        (200, "rateLimited", |e| matches!(e, ProviderError::Throttled { retry_after: None })),
        (426, "parameterInvalid", |e| matches!(e, ProviderError::Refused(_))),
        (500, "unexpectedError", |e| matches!(e, ProviderError::Faulty(_))),
    ];
    for (status, code, fits) in cases {
        let body = json!({"status": "error", "code": code, "message": "why"});
        let server = always(ResponseTemplate::new(status).set_body_json(body)).await;
        let error = NewsApi::new(site(&server.uri())).news(&news()).await.unwrap_err();
        assert!(fits(&error), "{status} {code}: {error:?}");
    }
}

#[tokio::test]
async fn long_names_and_quotation_marks_do_not_break_the_question() {
    let server = says_json(json!({"status": "ok", "articles": []})).await;
    let name = format!("\" OR \"{}", "x".repeat(600));
    NewsApi::new(site(&server.uri())).news(&NewsAsk { name: Some(name), ..news() }).await.unwrap();
    let url = server.received_requests().await.unwrap()[0].url.clone();
    let (_, words) = url.query_pairs().find(|(key, _)| key == "q").unwrap();
    assert!(words.chars().count() <= 500 && words.matches('"').count() <= 2, "{words}");
}

#[tokio::test]
async fn gdelt_answers_in_json_or_complains_in_words() {
    let row = "{\"url\":\"https://example.org/a\",\"title\":\"Apple \u{1} rises\",\"seendate\":\"20220310T201500Z\",\"domain\":\"example.org\"}";
    let server = says(&format!("{{\"articles\":[{row},{{\"title\":null}}]}}"), "application/json").await;
    let headlines = Gdelt::new(site(&server.uri())).news(&news()).await.unwrap();
    assert_eq!((headlines.len(), headlines[0].title.as_str()), (1, "Apple rises"));
    assert_eq!(
        (headlines[0].published_at, headlines[0].publisher.as_str()),
        (at("2022-03-10T20:15:00Z"), "example.org")
    );

    let server = says("{}", "application/json").await;
    assert_eq!(Gdelt::new(site(&server.uri())).news(&news()).await, Ok(vec![]));

    let busy = "Please limit requests to one every 5 seconds or contact us for larger queries.";
    let server = says(busy, "text/html").await;
    let error = Gdelt::new(site(&server.uri())).news(&news()).await.unwrap_err();
    assert_eq!(error, ProviderError::Throttled { retry_after: None });

    let server = says("The specified phrase is too short.", "text/plain").await;
    let error = Gdelt::new(site(&server.uri())).news(&news()).await.unwrap_err();
    assert_eq!(error, ProviderError::Refused("The specified phrase is too short.".into()));
}
