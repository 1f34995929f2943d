//! GDELT DOC 2.0: headlines by text from the world's press, without a key. One question in five seconds.

use super::{Answer, Capability, Limits, NewsAsk, Provider, ProviderError, http::Site, newsapi::words, text};
use async_trait::async_trait;
use chrono::{NaiveDateTime, Utc};
use domain::{news::Headline, source::Source};
use serde::Deserialize;

/// Where it is.
pub const BASE: &str = "https://api.gdeltproject.org";

/// The search for articles.
pub struct Gdelt {
    site: Site,
}

impl Gdelt {
    /// GDELT at `site`.
    pub fn new(site: Site) -> Gdelt {
        Gdelt { site }
    }
}

#[derive(Deserialize)]
struct Found {
    /// Not there at all where nothing was found.
    #[serde(default)]
    articles: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    url: Option<String>,
    title: Option<String>,
    seendate: Option<String>,
    domain: Option<String>,
}

#[async_trait]
impl Provider for Gdelt {
    fn source(&self) -> Source {
        Source::Gdelt
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::News]
    }

    fn limits(&self) -> Limits {
        Limits {
            per_minute: 10,
            burst: 1,
            per_hour: None,
            per_day: None,
            timeout: self.site.time_limit() * 2,
        }
    }

    async fn news(&self, ask: &NewsAsk) -> Answer<Vec<Headline>> {
        let words = format!("{} sourcelang:english", words(ask));
        let from = ask.from.map(|from| from.format("%Y%m%d%H%M%S").to_string());
        let mut query = vec![
            ("query", words.as_str()),
            ("mode", "artlist"),
            ("format", "json"),
            ("maxrecords", "75"),
            ("sort", "datedesc"),
        ];
        match from.as_deref() {
            Some(from) => query.push(("startdatetime", from)),
            None => query.push(("timespan", "1week")),
        }
        let reply = self.site.get(self.site.url(&["api", "v2", "doc", "doc"], &query)?, &[]).await?;
        reply.check()?;
        // Everything that is not an answer is told in plain words, with status 200 and any kind.
        let said = reply.said();
        if !said.starts_with('{') {
            return Err(match () {
                () if said.contains("limit requests") => ProviderError::Throttled { retry_after: None },
                // A sentence says what is wrong; anything else says nothing.
                () if said.starts_with('<') || !said.contains(' ') => reply.malformed("no JSON"),
                () => ProviderError::Refused(said),
            });
        }
        // Titles hold raw control characters now and then, which JSON does not allow; outside of texts a space
        // means the same.
        let body = std::str::from_utf8(reply.body()).map_err(|_| reply.malformed("not UTF-8"))?;
        let body = body.replace(|c: char| c < ' ', " ");
        let found: Found =
            serde_json::from_str(&body).map_err(|error| reply.malformed(&error.to_string()))?;
        let headline = |row: Row| {
            let seen = NaiveDateTime::parse_from_str(&row.seendate?, "%Y%m%dT%H%M%SZ").ok()?;
            Some(Headline {
                symbol: ask.symbol.clone(),
                title: text::plain(&row.title?)?,
                description: None,
                publisher: row.domain.unwrap_or_else(|| "GDELT".into()),
                url: row.url.and_then(|url| text::link(&url)),
                published_at: seen.and_local_timezone(Utc).single()?,
            })
        };
        let mut headlines: Vec<Headline> = found.articles.into_iter().filter_map(headline).collect();
        headlines.sort_by_key(|headline| std::cmp::Reverse(headline.published_at));
        Ok(headlines)
    }
}
