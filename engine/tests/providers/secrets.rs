//! Keys go to their provider and nowhere else: not into errors, not into the log, however much is logged.

use super::support::{KEY, always, bars, everybody, macros, news, site, trend};
use domain::Interval;
use engine::provider::Capability;
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;
use wiremock::ResponseTemplate;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

/// As it is, in a query, and in a path.
fn shows_the_key(text: &str) -> bool {
    ["s3cret", KEY].iter().any(|key| text.contains(key))
}

#[tokio::test]
async fn a_key_is_neither_logged_nor_told() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone());
    let guard = tracing::subscriber::set_default(subscriber.finish());
    let echo = format!(
        "{{\"error_message\":\"bad key {KEY}\",\"status\":\"error\",\"message\":\"{KEY}\",\"detail\":\"{KEY}\",\"code\":\"{KEY}\"}}"
    );
    let mut told = String::new();
    for answer in [
        ResponseTemplate::new(400).set_body_raw(echo.clone(), "application/json"),
        ResponseTemplate::new(200).set_body_raw(echo.clone(), "application/json"),
        ResponseTemplate::new(403).set_body_string(format!("{}{KEY}", "x".repeat(150))),
        ResponseTemplate::new(500).set_body_string("s3cret%2Fkey%2B42"),
        ResponseTemplate::new(200).set_body_raw(format!("observation_date,UNRATE\n{KEY},1\n"), "text/csv"),
    ] {
        let server = always(answer).await;
        for provider in everybody(&site(&server.uri())) {
            for capability in provider.capabilities() {
                let error = match capability {
                    Capability::Bars => provider.bars(&bars("AAPL", Interval::Day1)).await.err(),
                    Capability::Quotes => provider.quotes(&[]).await.err(),
                    Capability::Search => provider.search("apple").await.err(),
                    Capability::News => provider.news(&news()).await.err(),
                    Capability::Macros => provider.macros(&macros("UNRATE")).await.err(),
                    Capability::Trends => provider.trends(&trend("recession")).await.err(),
                };
                let error = error.map(|error| format!("{error} {error:?}")).unwrap_or_default();
                assert!(!shows_the_key(&error), "{}: {error}", provider.name());
                tracing::info!(error, "asked");
                told.push_str(&error);
            }
        }
    }
    drop(guard);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("asked") && log.contains("hyper"), "the log is not what it should be: {log}");
    assert!(!shows_the_key(&log), "{log}");
    assert!(told.contains("***"), "{told}");
}
