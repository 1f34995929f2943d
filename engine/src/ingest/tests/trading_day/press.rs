//! Stand-ins for FRED and for GDELT, each of which fails once: a fault, and a web page where JSON should be.

use super::{moment, new_york};
use crate::{Clock, ingest::FOLLOWED};
use chrono::NaiveTime;
use serde_json::json;
use std::{
    collections::HashMap,
    sync::atomic::{AtomicBool, Ordering},
};
use wiremock::{Request, Respond, ResponseTemplate};

/// What was asked for under this name.
pub(super) fn asked(request: &Request, name: &str) -> String {
    let query: HashMap<_, _> = request.url.query_pairs().collect();
    query.get(name).map(|text| text.to_string()).unwrap_or_default()
}

/// FRED on the day, which has a fault when it is asked for unemployment the first time.
#[derive(Default)]
pub(super) struct Statistics {
    failed: AtomicBool,
}

impl Respond for Statistics {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let id = asked(request, "series_id");
        if id == "UNRATE" && !self.failed.swap(true, Ordering::Relaxed) {
            return ResponseTemplate::new(500).set_body_string("Internal Server Error");
        }
        let Some(series) = FOLLOWED.iter().find(|series| series.id == id) else {
            let error = json!({ "error_code": 400, "error_message": "The series does not exist." });
            return ResponseTemplate::new(400).set_body_json(error);
        };
        let dates = match series.frequency {
            "daily" => ["2022-03-07", "2022-03-08", "2022-03-09"],
            "monthly" => ["2021-12-01", "2022-01-01", "2022-02-01"],
            _ => ["2021-04-01", "2021-07-01", "2021-10-01"],
        };
        // Unemployment as published on 4 March 2022; the others have to be there only.
        let rows: Vec<_> = dates
            .iter()
            .zip(["3.9", "4.0", "3.8"])
            .map(|(date, value)| json!({ "date": date, "value": value }))
            .collect();
        ResponseTemplate::new(200).set_body_json(json!({ "observations": rows }))
    }
}

pub(super) const MORNING: &str = "Apple shares gain on strong phone sales";
pub(super) const NOON: &str = "Regulators open a worrying case against Apple";

/// GDELT on the day: of Apple it knows one headline from the start and another one since noon, of nobody else any.
/// The first time it is asked about Apple after seven it answers with a web page.
pub(super) struct Press {
    clock: Clock,
    failed: AtomicBool,
}

impl Press {
    pub(super) fn new(clock: Clock) -> Press {
        Press { clock, failed: AtomicBool::new(false) }
    }
}

impl Respond for Press {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if !asked(request, "query").contains("Apple") {
            return ResponseTemplate::new(200).set_body_json(json!({}));
        }
        let now = self.clock.now();
        let seven = NaiveTime::from_hms_opt(7, 0, 0).unwrap();
        if new_york(now) >= seven && !self.failed.swap(true, Ordering::Relaxed) {
            let page = "<!DOCTYPE html><html><body>Checking your browser</body></html>";
            return ResponseTemplate::new(200).set_body_raw(page, "text/html");
        }
        let told = [(MORNING, "20220310T101500Z", moment(5, 15)), (NOON, "20220310T170000Z", moment(12, 0))];
        let articles: Vec<_> = told
            .iter()
            .filter(|(_, _, at)| *at <= now)
            .enumerate()
            .map(|(number, (title, seen, _))| {
                let url = format!("https://news.example/{number}");
                json!({ "url": url, "title": title, "seendate": seen, "domain": "news.example" })
            })
            .collect();
        ResponseTemplate::new(200).set_body_json(json!({ "articles": articles }))
    }
}
