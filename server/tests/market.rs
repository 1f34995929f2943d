//! Market data as other programs read it. Expected prices are the bundled ones' own source:
//! data/ and its NOTICE; the close of AAPL on 2022-03-10 was 158.52 (Nasdaq's historical quotes).
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::{
    macros::{Observation, SearchInterest},
    source::Source,
};
use engine::{
    ingest::{Ask, Silent},
    provider::Urgency,
    store::Db,
    testing,
};
use hyper::Method;
use serde_json::json;
use support::Candlewick;

#[tokio::test]
async fn instruments_are_listed_page_by_page() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let page = |path: String| app.get(&path).bearer(&token).send();
    let first = page("/api/market/stocks?limit=3".into()).await.json();
    assert_eq!(first["items"].as_array().unwrap().len(), 3);
    let cursor = first["nextCursor"].as_str().unwrap().to_string();
    assert_eq!(first["items"][2]["symbol"], cursor.as_str());
    let path = format!("/api/market/stocks?limit=3&cursor={}", cursor.replace('^', "%5E"));
    let second = page(path).await.json();
    assert!(second["items"][0]["symbol"].as_str().unwrap() > cursor.as_str());
    let apple = page("/api/market/stocks?query=apple".into()).await.json();
    assert!(apple["items"].as_array().unwrap().iter().any(|each| each["symbol"] == "AAPL"));
    assert!(apple["nextCursor"].is_null());
}

#[tokio::test]
async fn a_stock_has_its_last_bundled_price_and_says_so() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let stock = app.get("/api/market/stocks/aapl").bearer(&token).send().await.json();
    assert_eq!(stock["symbol"], "AAPL");
    assert_eq!(stock["kind"], "equity");
    let price = stock["quote"]["price"].as_f64().unwrap();
    assert!((price - 158.52).abs() < 0.01, "{price}");
    assert_eq!(stock["quote"]["source"], "bundled");
    assert_eq!(stock["quote"]["simulated"], false);
    assert_eq!(stock["quote"]["asOf"], "2022-03-10T21:00:00Z");
    app.get("/api/market/stocks/NOSUCH").bearer(&token).send().await.is_problem(404);
}

#[tokio::test]
async fn bars_come_oldest_first_by_exchange_date_and_as_a_table() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let path = "/api/market/stocks/AAPL/bars?from=2022-03-07&to=2022-03-10";
    let bars = app.get(path).bearer(&token).send().await.json();
    let dates: Vec<_> =
        bars["bars"].as_array().unwrap().iter().map(|bar| bar["time"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2022-03-07", "2022-03-08", "2022-03-09", "2022-03-10"]);
    let table = app.get(path).bearer(&token).header("accept", "text/csv").send().await;
    assert!(table.header("content-type").starts_with("text/csv"));
    let text = table.text();
    assert_eq!(text.lines().next().unwrap(), "date,open,high,low,close,adj_close,volume");
    assert_eq!(text.lines().count(), 5);
    assert!(text.lines().last().unwrap().starts_with("2022-03-10,"));
}

#[tokio::test]
async fn indicators_and_bars_of_one_window_have_the_same_times() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let window = "interval=1w&from=2021-06-01&limit=10";
    let times = |body: &serde_json::Value, key: &str| -> Vec<String> {
        body[key].as_array().unwrap().iter().map(|row| row["time"].as_str().unwrap().to_string()).collect()
    };
    let bars = app.get(&format!("/api/market/stocks/AAPL/bars?{window}")).bearer(&token).send().await.json();
    let rows =
        app.get(&format!("/api/market/stocks/AAPL/indicators?{window}")).bearer(&token).send().await.json();
    assert_eq!(times(&bars, "bars").len(), 10);
    assert_eq!(times(&bars, "bars"), times(&rows, "rows"));
    assert!(rows["rows"][9]["rsi14"].is_number());
}

#[tokio::test]
async fn signals_news_and_mood_belong_to_the_symbol() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let get = |what: &str| app.get(&format!("/api/market/stocks/AAPL/{what}")).bearer(&token).send();
    let signals = get("signals").await.json();
    assert!(["BUY", "SELL", "NEUTRAL"].contains(&signals["action"].as_str().unwrap()));
    assert!(!signals["history"].as_array().unwrap().is_empty());
    assert!((-100.0..=100.0).contains(&signals["composite"].as_f64().unwrap()));
    let kinds: Vec<_> =
        signals["parts"].as_array().unwrap().iter().map(|part| part["kind"].clone()).collect();
    assert_eq!(kinds, ["rsi", "macd", "trend", "bollinger", "breakout", "sentiment"]);
    let card = &signals["scorecard"][0];
    assert_eq!((&card["kind"], &card["horizonBars"]), (&json!("rsi"), &json!(5)));
    assert!(card["count"].as_u64().unwrap() > 0 && card["holdReturn"].is_number());
    get("signals?cost=much").await.is_problem(422);
    let news = get("news").await.json();
    assert!(news["items"].as_array().unwrap().iter().all(|article| article["symbol"] == "AAPL"));
    let mood = get("sentiment").await.json();
    let count = mood["count"].as_u64().unwrap();
    assert!(
        mood["trend"]
            .as_array()
            .unwrap()
            .iter()
            .all(|day| day["date"].is_string() && day["score"].is_number())
    );
    assert_eq!(count as usize, news["items"].as_array().unwrap().len().min(10));
}

#[tokio::test]
async fn news_are_searched_filtered_and_told_page_by_page() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let get = |query: String| app.get(&format!("/api/market/stocks/AAPL/news?{query}")).bearer(&token).send();
    let all = get("limit=500".into()).await.json();
    let all = all["items"].as_array().unwrap().clone();
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = get(format!("limit=4&cursor={cursor}")).await.json();
        paged.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = next.to_string(),
            None => break,
        }
    }
    assert_eq!(paged, all);
    for label in ["Positive", "Neutral", "Negative"] {
        let found = get(format!("label={label}")).await.json();
        let found = found["items"].as_array().unwrap().clone();
        assert!(!found.is_empty() && found.iter().all(|each| each["label"] == label), "{label}");
    }
    let phones = get("query=PHONE%20demand".into()).await.json();
    let titles: Vec<_> =
        phones["items"].as_array().unwrap().iter().map(|each| each["title"].clone()).collect();
    assert_eq!(titles, [json!("Apple bulls cheer a strong week for phone demand")]);
    for wrong in ["label=glad", "cursor=x", "limit=0"] {
        get(wrong.into()).await.is_problem(422);
    }
}

#[tokio::test]
async fn a_stock_has_a_trend_and_levels_on_either_side_of_its_price() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let stock = app.get("/api/market/stocks/AAPL").bearer(&token).send().await.json();
    assert!(["up", "down", "sideways"].contains(&stock["trend"].as_str().unwrap()));
    // Quotes move; the levels are those of the last daily close, 158.52.
    let prices = |side: &str| -> Vec<f64> {
        stock[side].as_array().unwrap().iter().map(|level| level["price"].as_f64().unwrap()).collect()
    };
    assert!(
        prices("support").iter().all(|price| *price <= 158.52)
            && prices("support").is_sorted_by(|a, b| a > b)
    );
    assert!(prices("resistance").iter().all(|price| *price > 158.52) && prices("resistance").is_sorted());
    assert!(!prices("support").is_empty() && !prices("resistance").is_empty());
    assert!(
        stock["overview"]["week52High"].as_f64().unwrap() > stock["overview"]["week52Low"].as_f64().unwrap()
    );
}

#[tokio::test]
async fn texts_of_the_caller_are_scored_in_their_order() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let score = |body: serde_json::Value| app.post("/api/market/sentiment", body).bearer(&token).send();
    let scored = score(json!({ "texts": ["The book was good.", "", "Today SUX!"] })).await.json();
    let compounds: Vec<_> =
        scored["scores"].as_array().unwrap().iter().map(|each| each["compound"].clone()).collect();
    // As the reference implementation of VADER prints them in its read-me.
    assert_eq!(compounds, [json!(0.4404), json!(0.0), json!(-0.5461)]);
    assert_eq!(scored["scores"][2]["label"], "Negative");
    score(json!({ "texts": vec!["good"; 501] })).await.is_problem(422);
    score(json!({ "texts": ["x".repeat(10_001)] })).await.is_problem(422);
}

#[tokio::test]
async fn search_answers_in_both_forms() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let get = |path: &str| app.get(path).bearer(&token).send();
    let found = get("/api/market/search?q=micros").await.json();
    assert_eq!(found["results"][0]["symbol"], "MSFT");
    assert_eq!(found["results"][0]["known"], true);
    let select = get("/api/stock-search/?q=msf").await.json();
    assert_eq!(select["results"][0]["id"], "MSFT");
    assert!(select["results"][0]["text"].as_str().unwrap().contains("Microsoft"));
    assert_eq!(get("/api/market/search").await.json()["results"], serde_json::json!([]));
}

#[tokio::test]
async fn economic_series_and_search_interest_are_dated() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let get = |path: String| app.get(&path).bearer(&token).send();
    let all = get("/api/market/macro".into()).await.json();
    let id = all["items"][0]["id"].as_str().unwrap();
    let series = get(format!("/api/market/macro/{id}")).await.json();
    assert_eq!(series["id"], id);
    assert_eq!(series["observations"][0]["date"].as_str().unwrap().len(), 10);
    get("/api/market/macro/NOSUCH".into()).await.is_problem(404);
    get("/api/market/trends/nobody-looks-for-this".into()).await.is_problem(404);
    let interest = get("/api/market/trends/christmas".into()).await.json();
    let scores = interest["points"].as_array().unwrap().iter().map(|point| point["score"].as_f64().unwrap());
    assert_eq!(scores.fold(0.0, f64::max), 100.0, "the busiest day");
}

#[tokio::test]
async fn search_interest_in_a_keyword_of_ones_own_is_found_by_that_tenant_alone() {
    let app = Candlewick::start().await;
    let (ada, eve) = (app.visitor("ada@example.org").await, app.visitor("eve@example.org").await);
    let keywords = app.server.state.engine.keywords();
    keywords.add(&ada.cx, "Heat Pumps").await.unwrap();
    let get = |session: &str, word: &str| {
        let cookie = format!("candlewick_session={session}");
        app.get(&format!("/api/market/trends/{word}")).header("cookie", &cookie).send()
    };
    get(&ada.session_token, "heat%20pumps").await.is_problem(404);

    // A worker that collects, on a market that is live the evening after those days.
    let db = Db::open(&app.server.state.config.data.database_url).await.unwrap();
    let views = testing::FakeProvider::new(Source::Wikimedia).trends(|ask| {
        let views = [("2022-03-08", 40.0), ("2022-03-09", 80.0)];
        let observations = views.map(|(day, value)| Observation { date: day.parse().unwrap(), value });
        Ok(SearchInterest { keyword: ask.keyword.clone(), observations: observations.to_vec() })
    });
    let evening = "2022-03-10T22:30:00Z".parse().unwrap();
    let worker = testing::live_engine_on(db, evening, vec![views.shared()]);
    let source = domain::etl::EtlSource::Trends;
    let ask = Ask { source, symbols: None, intraday: false, urgency: Urgency::Manual };
    worker.ingest().run(&ask, &Silent).await.unwrap();
    worker.close().await;

    let told = get(&ada.session_token, "Heat%20Pumps").await.json();
    assert_eq!((&told["keyword"], &told["points"][0]["score"]), (&json!("heat pumps"), &json!(50.0)));
    get(&eve.session_token, "heat%20pumps").await.is_problem(404);
    for session in [&ada.session_token, &eve.session_token] {
        assert_eq!(get(session, "recession").await.json()["points"][1]["score"], 100.0);
    }
    keywords.remove(&ada.cx, "heat pumps").await.unwrap();
    get(&ada.session_token, "heat%20pumps").await.is_problem(404);
}

#[tokio::test]
async fn what_a_caller_has_already_is_not_sent_again() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    for path in [
        "/api/market/stocks/AAPL/bars?limit=50",
        "/api/market/stocks/AAPL/indicators?from=2022-03-01",
        "/api/market/stocks/AAPL/news",
    ] {
        let get = |tags: &str| app.get(path).bearer(&token).header("if-none-match", tags).send();
        let first = get("\"unknown\"").await;
        assert_eq!(first.status, 200, "{path}");
        let tag = first.header("etag").to_string();
        assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() == 34, "{tag}");
        for tags in [tag.clone(), format!("\"a\", W/{tag}, \"b\""), "*".to_string()] {
            let again = get(&tags).await;
            assert_eq!(again.status, 304, "{path} {tags}");
            assert!(again.body.is_empty());
            assert_eq!(again.header("etag"), tag);
            assert_eq!(again.header("cache-control"), "private, no-cache");
        }
        assert_eq!(get(&tag[..20]).await.status, 200);
    }
    let bars = |limit: u32| {
        let path = format!("/api/market/stocks/AAPL/bars?limit={limit}");
        app.get(&path).bearer(&token).send()
    };
    assert_ne!(bars(50).await.header("etag"), bars(51).await.header("etag"), "other content, another tag");
    let csv = app
        .get("/api/market/stocks/AAPL/bars?limit=50")
        .bearer(&token)
        .header("accept", "text/csv")
        .send()
        .await;
    assert_ne!(csv.header("etag"), bars(50).await.header("etag"), "another form of it, another tag");
}

#[tokio::test]
async fn prices_of_ones_own_come_as_a_table_and_are_seen_by_their_tenant_alone() {
    let app = Candlewick::start().await;
    let (ada, eve) = (app.member("ada@example.org").await, app.member("eve@example.org").await);
    let path = "/api/market/stocks/MYFUND/bars";
    let send = |token: &str, kind: &str, text: &str| {
        app.call(Method::POST, path).bearer(token).body(kind, text.as_bytes().to_vec()).send()
    };
    let table = "date,open,high,low,close,volume\n2024-01-02,10,11,9,10.5,100\n2024-01-03,1,2,1,x,1\n";
    let done = send(&ada, "text/csv; charset=utf-8", table).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let done = done.json();
    assert_eq!([&done["read"], &done["upserted"], &done["unchanged"], &done["rejected"]], [2, 1, 0, 1]);
    assert_eq!(done["rejects"], json!([{ "line": 3, "reason": "`x` is no close" }]));
    assert_eq!(send(&ada, "text/csv", table).await.json()["unchanged"], 1);
    let bars = app.get(path).bearer(&ada).send().await.json();
    assert_eq!((&bars["bars"][0]["time"], &bars["bars"][0]["close"]), (&json!("2024-01-02"), &json!(10.5)));
    let detail = app.get("/api/market/stocks/MYFUND").bearer(&ada).send().await.json();
    assert_eq!((&detail["kind"], &detail["quote"]["price"]), (&json!("custom"), &json!(10.5)));
    let at = "/api/market/stocks/MYFUND";
    for path in [at, &format!("{at}/bars"), &format!("{at}/indicators")] {
        assert_eq!(app.get(path).bearer(&ada).send().await.status, 200, "{path}");
        app.get(path).bearer(&eve).send().await.is_problem(404);
    }
    send(&ada, "application/json", "{}").await.is_problem(415);
    send(&ada, "text/csv", "no table").await.is_problem(422);
    let of_market = app.call(Method::POST, "/api/market/stocks/AAPL/bars").bearer(&ada);
    of_market.body("text/csv", table.as_bytes().to_vec()).send().await.is_problem(409);
}

#[tokio::test]
async fn prices_of_ones_own_have_a_page_which_is_no_page_for_others() {
    let app = Candlewick::start().await;
    let (ada, eve) = (app.visitor("ada@example.org").await, app.visitor("eve@example.org").await);
    let symbol = domain::Symbol::parse("MYFUND").unwrap();
    let own = app.server.state.engine.custom();
    own.import(&ada.cx, &symbol, Default::default(), "date,close\n2022-03-10,11\n".into()).await.unwrap();
    let asked = |login: &engine::accounts::Login| {
        let cookie = format!("candlewick_session={}", login.session_token);
        app.get("/api/pages/symbol?symbol=MYFUND").header("cookie", &cookie).send()
    };
    let page = asked(&ada).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.json()["quote"]["price"], 11.0);
    assert_eq!(page.json()["outlook"]["sheet"]["prediction"], json!(null), "own prices are not forecast");
    assert_eq!(asked(&eve).await.status, 404);
}

#[tokio::test]
async fn a_new_symbol_can_not_be_added_to_the_bundled_data_and_it_is_said_why() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let add = |symbol: &str| {
        app.call(Method::POST, "/api/market/stocks").bearer(&token).json(json!({ "symbol": symbol })).send()
    };
    let refused = add("NEWCO").await;
    refused.is_problem(409);
    assert!(refused.text().contains("bundled data"), "{}", refused.text());
    assert_eq!(add("AAPL").await.json()["jobId"], json!(null));
    add("no symbol;").await.is_problem(422);
}
