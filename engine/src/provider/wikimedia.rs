//! Wikimedia page views: how many people read the article about a thing, a day late, without a key.

mod articles;

use super::{Answer, Capability, Limits, Provider, ProviderError, TrendAsk, http::Site};
use articles::article_about;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    macros::{Observation, SearchInterest},
    source::Source,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where it is.
pub const BASE: &str = "https://wikimedia.org/api/rest_v1";
/// The first day there are views of.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2015, 7, 1).expect("a day of the calendar");

/// Page views of the English Wikipedia.
pub struct Wikimedia {
    site: Site,
}

impl Wikimedia {
    /// Page views at `site`.
    pub fn new(site: Site) -> Wikimedia {
        // A redirect would be another article, with views of its own.
        Wikimedia { site: site.without_redirects() }
    }
}

#[derive(Deserialize)]
struct Found {
    items: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    /// `YYYYMMDDHH`.
    timestamp: String,
    views: u64,
}

#[async_trait]
impl Provider for Wikimedia {
    fn source(&self) -> Source {
        Source::Wikimedia
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Trends]
    }

    fn limits(&self) -> Limits {
        Limits {
            per_minute: 300,
            burst: 10,
            per_hour: None,
            per_day: None,
            timeout: self.site.time_limit() * 2,
        }
    }

    async fn trends(&self, ask: &TrendAsk) -> Answer<SearchInterest> {
        let (from, to) = (ask.from.max(FIRST), ask.to);
        if to < from {
            return Err(ProviderError::Refused(format!("there are no page views before {FIRST}")));
        }
        let article = article_about(&ask.keyword);
        let day = |date: NaiveDate| date.format("%Y%m%d").to_string();
        let (from, to) = (day(from), day(to));
        let path = [
            "metrics",
            "pageviews",
            "per-article",
            "en.wikipedia",
            "all-access",
            "user",
            &article,
            "daily",
            &from,
            &to,
        ];
        let reply = self.site.get(self.site.url(&path, &[])?, &[]).await?;
        let found: Found = reply.json()?;
        // By date: the order is not promised, and a day is told once.
        let mut days = BTreeMap::new();
        for row in found.items {
            let date = row.timestamp.get(..8).and_then(|day| NaiveDate::parse_from_str(day, "%Y%m%d").ok());
            let date = date.ok_or_else(|| reply.malformed("a view without a day"))?;
            days.insert(date, row.views as f64);
        }
        let within = days.range(ask.from..=ask.to);
        let observations = within.map(|(date, value)| Observation { date: *date, value: *value }).collect();
        Ok(SearchInterest { keyword: ask.keyword.clone(), observations })
    }
}
