//! Economic series. The values are those published: UNRATE was 4.4 in September 2025 and blank in October.

use super::support::{KEY, always, date, macros, says, says_json, site};
use engine::provider::{
    MacroAsk, Provider, ProviderError,
    fred::{FredCsv, FredJson},
};
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path, query_param},
};

const CSV: &str = "observation_date,UNRATE\n2025-08-01,4.3\n2025-09-01,4.4\n2025-10-01,\n2025-11-01,.\n";

fn values(series: &domain::macros::MacroSeries) -> Vec<(String, f64)> {
    series.observations.iter().map(|each| (each.date.to_string(), each.value)).collect()
}

#[tokio::test]
async fn blanks_are_no_observations_in_csv() {
    for text in [
        CSV.to_string(),
        CSV.replace("observation_date", "DATE"),
        CSV.replace('\n', "\r\n"),
        format!("\u{feff}{CSV}"),
    ] {
        let server = says(&text, "text/csv").await;
        let series = FredCsv::new(site(&server.uri())).macros(&macros("UNRATE")).await.unwrap();
        assert_eq!(values(&series), [("2025-08-01".to_string(), 4.3), ("2025-09-01".to_string(), 4.4)]);
        assert_eq!(
            (&*series.name, &*series.frequency, &*series.units),
            ("Unemployment rate", "monthly", "percent")
        );
    }
}

#[tokio::test]
async fn csv_that_is_not_this_series_is_refused() {
    for text in [
        "",
        "observation_date,GDP\n2025-08-01,4.3\n",
        "UNRATE\n4.3\n",
        "observation_date,UNRATE\n2025-08-01\n",
        "observation_date,UNRATE\n2025-08-01,n/a\n",
        "observation_date,UNRATE\n2025-08-01,NaN\n",
        "observation_date,UNRATE\n2025-08-01,inf\n",
        "observation_date,UNRATE\n01.08.2025,4.3\n",
        "observation_date,UNRATE\n2025-08-01,14.3\n2025-09-01,1",
    ] {
        let server = says(text, "text/csv").await;
        let answer = FredCsv::new(site(&server.uri())).macros(&macros("UNRATE")).await;
        assert!(matches!(answer, Err(ProviderError::Malformed(_))), "{text:?}: {answer:?}");
    }
}

#[tokio::test]
async fn the_key_and_the_start_go_into_the_question() {
    let server = MockServer::start().await;
    let rows = json!({"observations": [
        {"date": "2025-09-01", "value": "4.4"}, {"date": "2025-08-01", "value": "4.3"}, {"date": "2025-10-01", "value": "."}
    ]});
    Mock::given(method("GET"))
        .and(path("/fred/series/observations"))
        .and(query_param("series_id", "UNRATE"))
        .and(query_param("api_key", KEY))
        .and(query_param("file_type", "json"))
        .and(query_param("observation_start", "2025-08-01"))
        .respond_with(ResponseTemplate::new(200).set_body_json(rows))
        .expect(1)
        .mount(&server)
        .await;
    let ask = MacroAsk { from: Some(date("2025-08-01")), ..macros("UNRATE") };
    let series = FredJson::new(site(&server.uri())).macros(&ask).await.unwrap();
    assert_eq!(values(&series), [("2025-08-01".to_string(), 4.3), ("2025-09-01".to_string(), 4.4)]);
}

#[tokio::test]
async fn a_bad_key_and_an_unknown_series_are_told_apart() {
    let says = |message: &str| json!({"error_code": 400, "error_message": message});
    let cases = [
        (
            "Bad Request. The value for variable api_key is not registered.",
            ProviderError::Denied("the key is not accepted".into()),
        ),
        ("Bad Request. The series does not exist.", ProviderError::NotFound),
    ];
    for (message, expected) in cases {
        let server = always(ResponseTemplate::new(400).set_body_json(says(message))).await;
        let answer = FredJson::new(site(&server.uri())).macros(&macros("UNRATE")).await;
        assert_eq!(answer, Err(expected));
    }
    let server = always(ResponseTemplate::new(400).set_body_json(says("Bad Request. Something else."))).await;
    let answer = FredJson::new(site(&server.uri())).macros(&macros("UNRATE")).await;
    assert!(matches!(answer, Err(ProviderError::Refused(_))), "{answer:?}");
}

#[tokio::test]
async fn values_that_are_no_numbers_are_refused() {
    for value in ["n/a", "4,3", "1e999", "NaN"] {
        let server = says_json(json!({"observations": [{"date": "2025-09-01", "value": value}]})).await;
        let answer = FredJson::new(site(&server.uri())).macros(&macros("UNRATE")).await;
        assert!(matches!(answer, Err(ProviderError::Malformed(_))), "{value}: {answer:?}");
    }
}

#[tokio::test]
async fn a_series_nobody_described_tells_its_frequency_by_its_dates() {
    let text = "observation_date,XYZ\n2025-01-01,1\n2025-04-01,2\n2025-07-01,3\n";
    let server = says(text, "application/csv").await;
    let series = FredCsv::new(site(&server.uri())).macros(&macros("XYZ")).await.unwrap();
    assert_eq!((&*series.name, &*series.frequency, &*series.units), ("XYZ", "quarterly", ""));
}
