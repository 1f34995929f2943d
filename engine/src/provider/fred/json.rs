//! The interface with a key. Values are strings; a bad key and an unknown series are both a 400.

use super::{observation, series};
use crate::provider::{Answer, Capability, Limits, MacroAsk, Provider, ProviderError, http::Site};
use async_trait::async_trait;
use domain::{macros::MacroSeries, source::Source};
use serde::Deserialize;

/// The keyed interface.
pub struct FredJson {
    site: Site,
}

impl FredJson {
    /// The interface at `site`, which has the key.
    pub fn new(site: Site) -> FredJson {
        FredJson { site }
    }
}

#[derive(Deserialize)]
struct Found {
    observations: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    date: String,
    value: String,
}

#[derive(Deserialize)]
struct Failed {
    error_message: String,
}

#[async_trait]
impl Provider for FredJson {
    fn source(&self) -> Source {
        Source::Fred
    }

    fn name(&self) -> &'static str {
        "fred"
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Macros]
    }

    fn limits(&self) -> Limits {
        Limits {
            per_minute: 100,
            burst: 10,
            per_hour: None,
            per_day: None,
            timeout: self.site.time_limit() * 2,
        }
    }

    async fn macros(&self, ask: &MacroAsk) -> Answer<MacroSeries> {
        let from = ask.from.map(|from| from.to_string());
        let mut query =
            vec![("series_id", ask.series.as_str()), ("api_key", self.site.key()), ("file_type", "json")];
        query.extend(from.as_deref().map(|from| ("observation_start", from)));
        let reply = self.site.get(self.site.url(&["fred", "series", "observations"], &query)?, &[]).await?;
        if reply.status() == 400
            && let Ok(failed) = reply.parse::<Failed>()
        {
            let said = failed.error_message.to_ascii_lowercase();
            return Err(match said.contains("api_key") {
                true => ProviderError::Denied("the key is not accepted".into()),
                false if said.contains("does not exist") => ProviderError::NotFound,
                false => ProviderError::Refused(reply.words()),
            });
        }
        let found: Found = reply.json()?;
        let mut observations = Vec::with_capacity(found.observations.len());
        for row in &found.observations {
            observations.extend(observation(&reply, &row.date, row.value.trim())?);
        }
        Ok(series(ask, observations))
    }
}
