//! The data behind a graph, as CSV. Needs no key; a failure is a web page with status 200.

use super::{observation, series};
use crate::provider::{Answer, Capability, Limits, MacroAsk, Provider, ProviderError, http::Site};
use async_trait::async_trait;
use domain::{macros::MacroSeries, source::Source};

/// The graph data.
pub struct FredCsv {
    site: Site,
}

impl FredCsv {
    /// Graph data at `site`.
    pub fn new(site: Site) -> FredCsv {
        FredCsv { site }
    }
}

#[async_trait]
impl Provider for FredCsv {
    fn source(&self) -> Source {
        Source::Fred
    }

    fn name(&self) -> &'static str {
        "fred graph"
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Macros]
    }

    fn limits(&self) -> Limits {
        Limits {
            per_minute: 30,
            burst: 5,
            per_hour: None,
            per_day: None,
            timeout: self.site.time_limit() * 2,
        }
    }

    async fn macros(&self, ask: &MacroAsk) -> Answer<MacroSeries> {
        let from = ask.from.map(|from| from.to_string());
        let mut query = vec![("id", ask.series.as_str())];
        query.extend(from.as_deref().map(|from| ("cosd", from)));
        let reply = self.site.get(self.site.url(&["graph", "fredgraph.csv"], &query)?, &[]).await?;
        let text = reply.text("CSV", &["csv", "text/plain", "application/octet-stream"])?;
        let mut lines = text.lines().map(|line| line.trim_end_matches('\r'));
        let header = lines.next().unwrap_or_default().to_ascii_uppercase();
        match header.split_once(',') {
            Some(("OBSERVATION_DATE" | "DATE", id)) if id == ask.series.to_ascii_uppercase() => {}
            _ => return Err(reply.malformed("no header of this series")),
        }
        let mut observations = Vec::new();
        for line in lines.filter(|line| !line.is_empty()) {
            let (date, value) =
                line.split_once(',').ok_or_else(|| reply.malformed("a line without a comma"))?;
            observations.extend(observation(&reply, date, value.trim())?);
        }
        if !text.ends_with('\n') {
            // Every line of the source ends; a number cut in two would be another number.
            return Err(ProviderError::Malformed("cut off in the middle of a line".into()));
        }
        Ok(series(ask, observations))
    }
}
