//! An answer: status first, then its kind, then what it says.

use super::clean;
use crate::provider::{Answer, ProviderError};
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};
use url::Url;

/// Words of a body that are worth repeating.
const WORDS: usize = 160;
/// No pause is longer than a day, whatever is asked for.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// A whole answer.
pub struct Reply {
    url: Url,
    status: u16,
    kind: String,
    retry_after: Option<Duration>,
    date: Option<DateTime<Utc>>,
    body: Vec<u8>,
    secret: Option<Arc<str>>,
}

impl Reply {
    pub(super) fn new(
        url: Url,
        status: u16,
        headers: &HeaderMap,
        body: Vec<u8>,
        secret: Option<Arc<str>>,
    ) -> Reply {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let instant = |text: &str| DateTime::parse_from_rfc2822(text).ok().map(|at| at.to_utc());
        let date = text(DATE).and_then(instant);
        let retry_after = text(RETRY_AFTER).and_then(|text| match text.trim().parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            // By the server's own clock: ours, or its, may be wrong.
            Err(_) => (instant(text)? - date?).to_std().ok(),
        });
        let kind = text(CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default();
        let kind = kind.trim().to_ascii_lowercase();
        let retry_after = retry_after.map(|pause| pause.min(LONGEST_PAUSE));
        Reply { url, status, kind, retry_after, date, body, secret }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Where it came from, after redirects.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The server's time, where it tells it.
    pub fn date(&self) -> Option<DateTime<Utc>> {
        self.date
    }

    /// The beginning of the body for people, on one line and without the key.
    pub fn words(&self) -> String {
        if self.is_html() { "a web page".to_string() } else { self.said() }
    }

    /// Like [`Reply::words`], also where it is called a web page.
    pub fn said(&self) -> String {
        let start = String::from_utf8_lossy(&self.body[..self.body.len().min(4 * WORDS)]).into_owned();
        // Cleaned before it is cut: half a key is still half a key.
        let text = clean(&start, self.secret.as_deref());
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS).collect()
    }

    /// The failure its status stands for, if it does.
    ///
    /// # Errors
    /// That failure.
    pub fn check(&self) -> Answer<()> {
        let words = || format!("{} {}", self.status, self.words()).trim_end().to_string();
        Err(match self.status {
            200..=299 => return Ok(()),
            300..=399 => ProviderError::Malformed(format!("{} redirects", self.status)),
            404 | 410 => ProviderError::NotFound,
            429 => ProviderError::Throttled { retry_after: self.retry_after },
            401 | 402 | 403 | 407 | 451 => ProviderError::Denied(words()),
            503 if self.retry_after.is_some() => ProviderError::Throttled { retry_after: self.retry_after },
            408 | 425 | 500..=599 => ProviderError::Faulty(words()),
            400..=499 => ProviderError::Refused(words()),
            _ => ProviderError::Malformed(words()),
        })
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// What [`Reply::check`] says, and [`ProviderError::Malformed`] for anything that is not such JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Answer<T> {
        self.check()?;
        self.parse()
    }

    /// Like [`Reply::json`], whatever the status: some put their errors into JSON.
    ///
    /// # Errors
    /// [`ProviderError::Malformed`] for anything that is not such JSON.
    pub fn parse<T: DeserializeOwned>(&self) -> Answer<T> {
        let plain = ["", "text/plain", "application/javascript", "text/javascript"].contains(&&*self.kind);
        if self.is_html() || !(plain || self.kind.contains("json")) {
            return Err(self.not_what_it_should_be("JSON"));
        }
        from_json(&self.body).map_err(|error| self.malformed(&error.to_string()))
    }

    /// The body as text of one of these kinds.
    ///
    /// # Errors
    /// What [`Reply::check`] says, and [`ProviderError::Malformed`] for another kind and for what is not UTF-8.
    pub fn text(&self, wanted: &str, kinds: &[&str]) -> Answer<&str> {
        self.check()?;
        if self.is_html() || !(self.kind.is_empty() || kinds.iter().any(|kind| self.kind.contains(kind))) {
            return Err(self.not_what_it_should_be(wanted));
        }
        let text = std::str::from_utf8(&self.body).map_err(|_| self.malformed("not UTF-8"))?;
        Ok(text.trim_start_matches('\u{feff}'))
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// An answer that makes no sense, because of `why`.
    pub fn malformed(&self, why: &str) -> ProviderError {
        let why: String = clean(why, self.secret.as_deref()).chars().take(WORDS).collect();
        ProviderError::Malformed(why)
    }

    /// Whether a page for people came where data should be.
    pub fn is_html(&self) -> bool {
        let start = &self.body[..self.body.len().min(200)];
        let start = String::from_utf8_lossy(start).trim_start().to_ascii_lowercase();
        self.kind == "text/html" || start.starts_with("<!doctype html") || start.starts_with("<html")
    }

    fn not_what_it_should_be(&self, wanted: &str) -> ProviderError {
        let got = match (self.is_html(), &*self.kind) {
            (true, _) => "a web page",
            (false, "") => "something unnamed",
            (false, kind) => kind,
        };
        self.malformed(&format!("{got} instead of {wanted}"))
    }
}

fn from_json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body))
}
