//! NewsAPI: headlines by text, with a key. The free plan is for development, gives 100 answers a day and is a
//! day late.

use super::{
    Answer, Capability, Limits, NewsAsk, Provider, ProviderError,
    http::{Reply, Site},
    text,
};
use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{news::Headline, source::Source};
use serde::Deserialize;

/// Where it is.
pub const BASE: &str = "https://newsapi.org";
/// Longest query it takes.
const LONGEST_QUERY: usize = 500;
/// Stands where an article was.
const REMOVED: &str = "[Removed]";

/// The search for articles.
pub struct NewsApi {
    site: Site,
}

impl NewsApi {
    /// NewsAPI at `site`, which has the key.
    pub fn new(site: Site) -> NewsApi {
        NewsApi { site }
    }
}

#[derive(Deserialize)]
struct Envelope {
    status: String,
    code: Option<String>,
    message: Option<String>,
    articles: Option<Vec<Row>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    source: Option<Publisher>,
    title: Option<String>,
    description: Option<String>,
    url: Option<String>,
    published_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Publisher {
    name: Option<String>,
}

/// The words that find articles about whom was asked for.
pub(super) fn words(ask: &NewsAsk) -> String {
    // Quotation marks inside would end the phrase.
    let name = ask.name.as_deref().map(|name| name.replace('"', " ").trim().to_string());
    let text = match (&ask.symbol, name.filter(|name| !name.is_empty())) {
        (_, Some(name)) => format!("\"{name}\""),
        (Some(symbol), None) => format!("\"{symbol}\" stock"),
        (None, None) => "\"stock market\"".to_string(),
    };
    text.chars().take(LONGEST_QUERY).collect()
}

/// Errors come with any status, also with 200.
fn refusal(envelope: &Envelope, reply: &Reply) -> ProviderError {
    let code = envelope.code.as_deref().unwrap_or_default();
    let said = reply.malformed(&format!("{code}: {}", envelope.message.as_deref().unwrap_or_default()));
    let ProviderError::Malformed(said) = said else { return said };
    match code {
        "apiKeyDisabled" | "apiKeyExhausted" | "apiKeyInvalid" | "apiKeyMissing" => {
            ProviderError::Denied(said)
        }
        "rateLimited" => match reply.check() {
            Err(throttled @ ProviderError::Throttled { .. }) => throttled,
            _ => ProviderError::Throttled { retry_after: None },
        },
        "unexpectedError" => ProviderError::Faulty(said),
        _ => ProviderError::Refused(said),
    }
}

#[async_trait]
impl Provider for NewsApi {
    fn source(&self) -> Source {
        Source::NewsApi
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::News]
    }

    fn limits(&self) -> Limits {
        Limits {
            per_minute: 30,
            burst: 5,
            per_hour: None,
            per_day: Some(100),
            timeout: self.site.time_limit() * 2,
        }
    }

    async fn news(&self, ask: &NewsAsk) -> Answer<Vec<Headline>> {
        let (words, from) =
            (words(ask), ask.from.map(|from| from.to_rfc3339_opts(SecondsFormat::Secs, true)));
        let mut query =
            vec![("q", words.as_str()), ("language", "en"), ("sortBy", "publishedAt"), ("pageSize", "100")];
        query.extend(from.as_deref().map(|from| ("from", from)));
        let url = self.site.url(&["v2", "everything"], &query)?;
        let reply = self.site.get(url, &[("x-api-key", self.site.key())]).await?;
        let envelope: Envelope = match reply.parse() {
            Ok(envelope) => envelope,
            Err(error) => return Err(reply.check().err().unwrap_or(error)),
        };
        if envelope.status != "ok" {
            return Err(refusal(&envelope, &reply));
        }
        reply.check()?;
        let headline = |row: Row| {
            let title = row.title.filter(|title| title.trim() != REMOVED)?;
            Some(Headline {
                symbol: ask.symbol.clone(),
                title: text::plain(&title)?,
                description: row.description.and_then(|words| text::plain(&words)),
                publisher: row.source.and_then(|source| source.name).unwrap_or_else(|| "NewsAPI".into()),
                url: row.url.and_then(|url| text::link(&url)),
                published_at: row.published_at?,
            })
        };
        let articles = envelope.articles.ok_or_else(|| reply.malformed("no articles"))?;
        let mut headlines: Vec<Headline> = articles.into_iter().filter_map(headline).collect();
        headlines.sort_by_key(|headline| std::cmp::Reverse(headline.published_at));
        Ok(headlines)
    }
}
