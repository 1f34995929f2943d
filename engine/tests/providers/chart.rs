//! Charts of Yahoo. The answers are written by hand after recorded ones; expected values follow from them by
//! the rules of PRODUCT, not from what the code gave.

use super::support::{always, at, bars, clock, date, says_json, site, symbol};
use domain::{Bar, Interval};
use engine::provider::{Answer, BarsAnswer, BarsAsk, Provider, ProviderError, yahoo::Chart};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

/// Seconds of a moment.
fn s(text: &str) -> i64 {
    at(text).timestamp()
}

/// Apple around a weekend: the session of Friday runs at 18:00 UTC.
fn apple() -> Value {
    json!({"chart": {"error": null, "result": [{
        "meta": {
            "symbol": "AAPL", "currency": "USD", "exchangeTimezoneName": "America/New_York", "gmtoffset": -18000,
            "dataGranularity": "1d", "regularMarketPrice": 156.1, "regularMarketTime": s("2022-03-11T17:59:58Z"),
            "regularMarketVolume": 50_000_000, "chartPreviousClose": 157.44, "priceHint": 2,
            "currentTradingPeriod": {"regular": {"start": s("2022-03-11T14:30:00Z"), "end": s("2022-03-11T21:00:00Z")}}
        },
        "timestamp": [s("2022-03-09T14:30:00Z"), s("2022-03-10T14:30:00Z"), s("2022-03-11T17:59:58Z")],
        "indicators": {
            "quote": [{
                "open": [161.48, 160.2, 158.93], "high": [163.41, 160.39, 159.28], "low": [159.41, 155.98, 155.5],
                "close": [162.95, 158.52, 156.1], "volume": [91_454_900, 105_342_000, 50_000_000]
            }],
            "adjclose": [{"adjclose": [160.9, 156.5, 156.1]}]
        }
    }]}})
}

async fn ask(json: Value, ask: BarsAsk) -> Answer<BarsAnswer> {
    let server = says_json(json).await;
    Chart::new(site(&server.uri()), clock()).bars(&ask).await
}

async fn daily(json: Value) -> BarsAnswer {
    ask(json, bars("AAPL", Interval::Day1)).await.unwrap()
}

fn dates(answer: &BarsAnswer) -> Vec<String> {
    answer.bars.iter().map(|bar| bar.date().to_string()).collect()
}

fn result(json: &mut Value) -> &mut Value {
    &mut json["chart"]["result"][0]
}

#[tokio::test]
async fn finished_sessions_are_bars_and_the_running_one_is_a_quote() {
    let answer = daily(apple()).await;
    let last = Bar {
        time: at("2022-03-10T00:00:00Z"),
        open: Some(160.2),
        high: Some(160.39),
        low: Some(155.98),
        close: 158.52,
        adj_close: Some(156.5),
        volume: Some(105_342_000.0),
    };
    assert_eq!((dates(&answer), answer.bars[1]), (vec!["2022-03-09".into(), "2022-03-10".into()], last));
    assert_eq!((answer.currency.as_deref(), answer.zone.as_deref()), (Some("USD"), Some("America/New_York")));
    let quote = answer.quote.unwrap();
    assert_eq!((quote.price, quote.previous_close), (156.1, Some(158.52)), "against the day before");
    assert_eq!((quote.as_of, quote.volume), (at("2022-03-11T17:59:58Z"), Some(50_000_000.0)));
}

#[tokio::test]
async fn after_the_close_the_day_is_a_bar() {
    let mut json = apple();
    let meta = &mut result(&mut json)["meta"];
    meta["regularMarketTime"] = s("2022-03-11T17:00:01Z").into();
    meta["currentTradingPeriod"]["regular"]["end"] = s("2022-03-11T17:00:00Z").into();
    assert_eq!(dates(&daily(json).await), ["2022-03-09", "2022-03-10", "2022-03-11"]);
}

#[tokio::test]
async fn a_day_told_twice_is_one_bar_as_of_now() {
    let mut json = apple();
    let row = result(&mut json);
    row["meta"]["currentTradingPeriod"] = Value::Null;
    row["timestamp"] =
        json!([s("2022-03-10T14:30:00Z"), s("2022-03-11T14:30:00Z"), s("2022-03-11T17:59:58Z")]);
    let answer = daily(json).await;
    assert_eq!(dates(&answer), ["2022-03-10", "2022-03-11"]);
    assert_eq!(answer.bars[1].close, 156.1);
}

#[tokio::test]
async fn nulls_are_no_bars_and_never_zeros() {
    let mut json = apple();
    let quote = &mut result(&mut json)["indicators"]["quote"][0];
    quote["close"][0] = Value::Null;
    quote["open"][1] = Value::Null;
    quote["volume"] = Value::Null;
    let answer = daily(json).await;
    assert_eq!(dates(&answer), ["2022-03-10"]);
    assert_eq!((answer.bars[0].open, answer.bars[0].volume), (None, None));
}

#[tokio::test]
async fn nothing_in_the_window_is_an_empty_answer() {
    let mut json = apple();
    let row = result(&mut json);
    row.as_object_mut().unwrap().remove("timestamp");
    row["indicators"] = json!({"quote": [{}]});
    let answer = daily(json).await;
    assert!(answer.bars.is_empty());
    assert_eq!(answer.currency.as_deref(), Some("USD"));
    let early = json!({"chart": {"result": null, "error": {"code": "Bad Request",
        "description": "Data doesn't exist for startDate = -2208988800, endDate = 0"}}});
    let server = always(ResponseTemplate::new(400).set_body_json(early)).await;
    let chart = Chart::new(site(&server.uri()), clock());
    assert_eq!(chart.bars(&bars("AAPL", Interval::Day1)).await, Ok(BarsAnswer::default()));
}

#[tokio::test]
async fn unsorted_rows_are_put_in_order() {
    let mut json = apple();
    let row = result(&mut json);
    row["timestamp"] =
        json!([s("2022-03-10T14:30:00Z"), s("2022-03-08T14:30:00Z"), s("2022-03-09T14:30:00Z")]);
    let answer = daily(json).await;
    assert_eq!(dates(&answer), ["2022-03-08", "2022-03-09", "2022-03-10"]);
    assert_eq!(answer.bars[2].close, 162.95, "the row went along with its time");
}

#[tokio::test]
async fn hundredths_become_pounds_rands_and_shekels() {
    for (told, code) in [("GBp", "GBP"), ("ZAc", "ZAR"), ("ILA", "ILS")] {
        let mut json = apple();
        let row = result(&mut json);
        row["meta"]["currency"] = told.into();
        row["events"] = json!({"dividends": {"1": {"amount": 22.0, "date": s("2022-03-10T14:30:00Z")}}});
        let answer = daily(json).await;
        let bar = answer.bars[1];
        assert_eq!((answer.currency.as_deref(), bar.close), (Some(code), 1.5852), "{told}");
        assert_eq!((bar.high, bar.adj_close, bar.volume), (Some(1.6039), Some(1.565), Some(105_342_000.0)));
        let quote = answer.quote.unwrap();
        assert_eq!((quote.price, quote.previous_close), (1.561, Some(1.5852)));
        assert_eq!(answer.dividends[0].amount, 0.22);
    }
}

#[tokio::test]
async fn splits_and_everything_paid_come_along() {
    let mut json = apple();
    result(&mut json)["events"] = json!({
        "splits": {"b": {"date": s("2020-08-31T13:30:00Z"), "numerator": 4.0, "denominator": 1.0, "splitRatio": "4:1"},
                   "a": {"date": s("2014-06-09T13:30:00Z"), "numerator": 7, "denominator": 1}},
        "dividends": {"1": {"amount": 0.22, "date": s("2022-02-04T14:30:00Z")}, "2": {"amount": null, "date": 1}},
        "capitalGains": {"1": {"amount": 1.5, "date": s("2021-12-20T14:30:00Z")}}
    });
    let answer = daily(json).await;
    let splits: Vec<_> =
        answer.splits.iter().map(|each| (each.date, each.numerator, each.denominator)).collect();
    assert_eq!(splits, [(date("2014-06-09"), 7.0, 1.0), (date("2020-08-31"), 4.0, 1.0)]);
    let paid: Vec<_> = answer.dividends.iter().map(|each| (each.date, each.amount)).collect();
    assert_eq!(paid, [(date("2021-12-20"), 1.5), (date("2022-02-04"), 0.22)]);
}

#[tokio::test]
async fn days_are_those_of_the_exchange() {
    // Tokyo opens at 00:00 UTC, Sydney in summer the evening before, London's currencies at midnight there.
    for (zone, stamp) in [
        ("Asia/Tokyo", "2022-03-10T00:00:00Z"),
        ("Australia/Sydney", "2022-03-09T23:00:00Z"),
        ("Europe/London", "2022-03-10T00:00:00Z"),
        ("America/New_York", "2022-03-10T14:30:00Z"),
    ] {
        let mut json = apple();
        let row = result(&mut json);
        row["meta"]["exchangeTimezoneName"] = zone.into();
        row["meta"]["currentTradingPeriod"] = Value::Null;
        row["timestamp"][1] = s(stamp).into();
        let window = BarsAsk {
            from: Some(at("2022-03-10T00:00:00Z")),
            to: Some(at("2022-03-11T00:00:00Z")),
            ..bars("AAPL", Interval::Day1)
        };
        let answer = ask(json, window).await.unwrap();
        assert_eq!(dates(&answer), ["2022-03-10"], "{zone}");
    }
}

#[tokio::test]
async fn answers_that_contradict_the_question_are_refused() {
    type Spoil = fn(&mut Value);
    let spoilt: [(&str, Spoil); 9] = [
        ("another symbol", |row| row["meta"]["symbol"] = "MSFT".into()),
        ("another length", |row| row["meta"]["dataGranularity"] = "1mo".into()),
        ("a short column", |row| row["indicators"]["quote"][0]["close"] = json!([1.0])),
        ("a long column", |row| row["indicators"]["adjclose"][0]["adjclose"] = json!([1.0, 1.0, 1.0, 1.0])),
        ("no zone", |row| {
            row["meta"]["exchangeTimezoneName"] = "Nowhere/Land".into();
            row["meta"]["gmtoffset"] = Value::Null;
        }),
        ("a time nobody has", |row| row["timestamp"][0] = json!(i64::MAX)),
        ("text for a number", |row| row["indicators"]["quote"][0]["open"][0] = "161.48".into()),
        ("no meta", |row| row["meta"] = Value::Null),
        ("a session of texts", |row| row["meta"]["currentTradingPeriod"]["regular"]["end"] = "soon".into()),
    ];
    for (what, spoil) in spoilt {
        let mut json = apple();
        spoil(result(&mut json));
        let answer = ask(json, bars("AAPL", Interval::Day1)).await;
        assert!(matches!(answer, Err(ProviderError::Malformed(_))), "{what}: {answer:?}");
    }
}

#[tokio::test]
async fn errors_in_its_own_words_are_classified() {
    let error =
        |code: &str| json!({"chart": {"result": null, "error": {"code": code, "description": "why"}}});
    let cases = [
        (404, "Not Found", ProviderError::NotFound),
        (200, "Not Found", ProviderError::NotFound),
        (400, "Bad Request", ProviderError::Refused("Bad Request: why".into())),
        (422, "Unprocessable Entity", ProviderError::Refused("Unprocessable Entity: why".into())),
        (200, "Internal Server Error", ProviderError::Faulty("Internal Server Error: why".into())),
    ];
    for (status, code, expected) in cases {
        let server = always(ResponseTemplate::new(status).set_body_json(error(code))).await;
        let chart = Chart::new(site(&server.uri()), clock());
        assert_eq!(chart.bars(&bars("AAPL", Interval::Day1)).await, Err(expected), "{status} {code}");
    }
    for empty in [
        json!({"chart": null}),
        json!({"chart": {"result": null, "error": null}}),
        json!({"chart": {"result": []}}),
    ] {
        let answer = ask(empty, bars("AAPL", Interval::Day1)).await;
        assert!(matches!(answer, Err(ProviderError::Malformed(_))), "{answer:?}");
    }
}

#[tokio::test]
async fn a_body_cut_anywhere_is_never_an_answer() {
    let whole = apple().to_string();
    for length in (0..whole.len()).step_by(37) {
        let server = super::support::says(&whole[..length], "application/json").await;
        let answer = Chart::new(site(&server.uri()), clock()).bars(&bars("AAPL", Interval::Day1)).await;
        assert!(matches!(answer, Err(ProviderError::Malformed(_))), "{length}: {answer:?}");
    }
}

#[tokio::test]
async fn a_quote_is_told_against_the_close_before_and_not_from_the_future() {
    let server = says_json(apple()).await;
    let chart = Chart::new(site(&server.uri()), clock());
    let quote = chart.quotes(&[symbol("AAPL")]).await.unwrap().remove(0);
    assert_eq!((quote.price, quote.previous_close), (156.1, Some(157.44)));

    // The server says it is noon on Thursday, and the price says Friday: one of them is wrong.
    let skewed = ResponseTemplate::new(200)
        .set_body_json(apple())
        .insert_header("date", "Thu, 10 Mar 2022 12:00:00 GMT");
    let server = always(skewed).await;
    let chart = Chart::new(site(&server.uri()), clock());
    let error = chart.quotes(&[symbol("AAPL")]).await.unwrap_err();
    assert_eq!(error, ProviderError::Malformed("a price of the future".into()));
    let answer = chart.bars(&bars("AAPL", Interval::Day1)).await.unwrap();
    assert_eq!((answer.bars.len(), answer.quote), (2, None), "the history is not to blame");

    for price in [json!(0.0), json!(-1.0), Value::Null] {
        let mut json = apple();
        result(&mut json)["meta"]["regularMarketPrice"] = price;
        let server = says_json(json).await;
        let answer = Chart::new(site(&server.uri()), clock()).quotes(&[symbol("AAPL")]).await;
        assert_eq!(answer, Err(ProviderError::Malformed("no price".into())));
    }
}

#[tokio::test]
async fn symbols_are_escaped_and_windows_are_those_that_are_kept() {
    let server = always(ResponseTemplate::new(404)).await;
    let chart = Chart::new(site(&server.uri()), clock());
    chart.bars(&bars("^GSPC", Interval::Day1)).await.unwrap_err();
    chart.bars(&bars("EURUSD=X", Interval::Hour1)).await.unwrap_err();
    let seen = server.received_requests().await.unwrap();
    let query = |at: usize, name: &str| {
        let url = seen[at].url.clone();
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.to_string()).unwrap()
    };
    assert_eq!(seen[0].url.path(), "/v8/finance/chart/%5EGSPC");
    assert_eq!(
        (query(0, "interval"), query(0, "period1")),
        ("1d".into(), s("1900-01-01T00:00:00Z").to_string())
    );
    assert_eq!(query(0, "events"), "div,splits,capitalGains");
    assert_eq!(seen[1].url.path(), "/v8/finance/chart/EURUSD%3DX");
    // Hours are kept for 730 days; a day less is asked for.
    assert_eq!(query(1, "period1"), s("2020-03-12T18:00:00Z").to_string());

    let old = BarsAsk { to: Some(at("2021-01-01T00:00:00Z")), ..bars("AAPL", Interval::Minute1) };
    assert!(matches!(chart.bars(&old).await, Err(ProviderError::Refused(_))));
    let odd = chart.bars(&bars("AAPL", Interval::Minute5)).await;
    assert_eq!(odd, Err(ProviderError::Unsupported));
}

#[tokio::test]
async fn minutes_are_asked_for_a_week_at_a_time() {
    let mut json = apple();
    let row = result(&mut json);
    row["meta"]["dataGranularity"] = "1m".into();
    row["timestamp"] =
        json!([s("2022-03-11T14:30:00Z"), s("2022-03-11T14:31:00Z"), s("2022-03-11T14:32:00Z")]);
    let server = says_json(json).await;
    let chart = Chart::new(site(&server.uri()), clock());
    let ask = BarsAsk { from: Some(at("2022-03-01T00:00:00Z")), ..bars("AAPL", Interval::Minute1) };
    let answer = chart.bars(&ask).await.unwrap();
    assert_eq!(answer.bars[0].time, at("2022-03-11T14:30:00Z"));
    let seen = server.received_requests().await.unwrap();
    let spans = seen.iter().map(|request| {
        let number = |name: &str| {
            let (_, value) = request.url.query_pairs().find(|(key, _)| key == name).unwrap();
            value.parse::<i64>().unwrap()
        };
        number("period2") - number("period1")
    });
    assert!(spans.clone().all(|span| span <= 7 * 24 * 3600));
    assert_eq!(spans.count(), 2);
}
