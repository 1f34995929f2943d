//! Google Trends, as far as it answers: unofficial, off unless somebody turns it on, and asked sparingly. The
//! scores run from 0 to 100 within the window asked for, so two windows cannot be joined.

use super::{
    Answer, Capability, Limits, Provider, ProviderError, TrendAsk,
    http::{Jar, Reply, Site},
};
use async_trait::async_trait;
use chrono::DateTime;
use domain::{
    macros::{Observation, SearchInterest},
    source::Source,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

/// Where it is.
pub const BASE: &str = "https://trends.google.com";

/// The explore page and its chart over time.
pub struct Trends {
    site: Site,
}

impl Trends {
    /// Google Trends at `site`.
    pub fn new(site: Site) -> Trends {
        Trends { site }
    }
}

#[derive(Deserialize)]
struct Explored {
    widgets: Vec<Widget>,
}

#[derive(Deserialize)]
struct Widget {
    id: Option<String>,
    token: Option<String>,
    request: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Timeline {
    default: Points,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Points {
    timeline_data: Vec<Point>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Point {
    /// Seconds, as a string.
    time: String,
    value: Vec<f64>,
    has_data: Option<Vec<bool>>,
    is_partial: Option<bool>,
}

/// JSON behind a prefix that keeps other pages from reading it.
fn guarded<T: DeserializeOwned>(reply: &Reply) -> Answer<T> {
    reply.check()?;
    let body = std::str::from_utf8(reply.body()).map_err(|_| reply.malformed("not UTF-8"))?;
    let json = body.strip_prefix(")]}'").ok_or_else(|| reply.malformed("not what Trends answers"))?;
    let json = json.trim_start_matches(',').trim_start();
    serde_json::from_str(json).map_err(|error| reply.malformed(&error.to_string()))
}

#[async_trait]
impl Provider for Trends {
    fn source(&self) -> Source {
        Source::Trends
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Trends]
    }

    fn limits(&self) -> Limits {
        Limits {
            per_minute: 2,
            burst: 1,
            per_hour: None,
            per_day: Some(200),
            timeout: self.site.time_limit() * 4,
        }
    }

    async fn trends(&self, ask: &TrendAsk) -> Answer<SearchInterest> {
        if ask.to < ask.from {
            return Err(ProviderError::Refused("an empty window".into()));
        }
        let mut jar = Jar::default();
        // Only for its cookie: what the page says does not matter.
        self.site.get_with(self.site.url(&["trends", "explore"], &[("geo", "US")])?, &mut jar).await?;
        let window = format!("{} {}", ask.from, ask.to);
        let item = json!({ "keyword": ask.keyword, "geo": "US", "time": window });
        let request = json!({ "comparisonItem": [item], "category": 0, "property": "" }).to_string();
        let query = [("hl", "en-US"), ("tz", "0"), ("req", request.as_str())];
        let url = self.site.url(&["trends", "api", "explore"], &query)?;
        let reply = self.site.get_with(url, &mut jar).await?;
        let explored: Explored = guarded(&reply)?;
        let widget = explored.widgets.into_iter().find(|widget| widget.id.as_deref() == Some("TIMESERIES"));
        let (token, request) = widget
            .and_then(|widget| Some((widget.token?, widget.request?.to_string())))
            .ok_or_else(|| reply.malformed("no chart over time"))?;
        let query = [("req", request.as_str()), ("token", token.as_str()), ("tz", "0")];
        let url = self.site.url(&["trends", "api", "widgetdata", "multiline"], &query)?;
        let reply = self.site.get_with(url, &mut jar).await?;
        let timeline: Timeline = guarded(&reply)?;
        let mut observations = Vec::new();
        for point in timeline.default.timeline_data {
            let at = point.time.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            let date = at.ok_or_else(|| reply.malformed("a score without a day"))?.date_naive();
            let told = point.has_data.and_then(|told| told.first().copied()).unwrap_or(true);
            let done = !point.is_partial.unwrap_or(false) && (ask.from..=ask.to).contains(&date);
            if let Some(value) = point.value.first().filter(|_| told && done) {
                if !(0.0..=100.0).contains(value) {
                    return Err(reply.malformed("a score outside of 0 to 100"));
                }
                observations.push(Observation { date, value: *value });
            }
        }
        observations.sort_by_key(|each| each.date);
        Ok(SearchInterest { keyword: ask.keyword.clone(), observations })
    }
}
