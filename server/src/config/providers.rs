//! Where the providers of market data are, and the keys they want.

use super::{Setting, Values};
use engine::provider::{Sites, gdelt, gemini, newsapi, tiingo, trends, wikimedia, yahoo};

const fn address(name: &'static str, default: &'static str, explain: &'static str) -> Setting {
    Setting { name, default, secret: false, explain }
}

const fn key(name: &'static str, explain: &'static str) -> Setting {
    Setting { name, default: "none", secret: true, explain }
}

pub(super) const SETTINGS: &[Setting] = &[
    address("YAHOO_BASE_URL", yahoo::BASE, "Where Yahoo answers charts, search and quotes."),
    address("YAHOO_FEEDS_BASE_URL", yahoo::FEEDS, "Where Yahoo has its headlines."),
    address("YAHOO_STREAM_BASE_URL", yahoo::STREAM, "Where Yahoo streams prices: ws:// or wss://."),
    address(
        "FRED_BASE_URL",
        "https://api.stlouisfed.org with a key, https://fred.stlouisfed.org without",
        "Where FRED is.",
    ),
    key("FRED_KEY", "Key of FRED, free of charge. Without it the data behind its graphs is read."),
    address("NEWSAPI_BASE_URL", newsapi::BASE, "Where NewsAPI is."),
    key("NEWSAPI_KEY", "Key of NewsAPI; without it, it is not asked."),
    address("GDELT_BASE_URL", gdelt::BASE, "Where GDELT is."),
    address("WIKIMEDIA_BASE_URL", wikimedia::BASE, "Where Wikimedia counts page views."),
    address("TRENDS_BASE_URL", trends::BASE, "Where Google Trends is."),
    address("TRENDS", "off", "on or off: ask Google Trends too. It is unofficial and answers nearly nobody."),
    address("TIINGO_BASE_URL", tiingo::BASE, "Where Tiingo is."),
    key(
        "TIINGO_KEY",
        "Key of Tiingo: daily prices where Yahoo does not answer; without it, it is not asked.",
    ),
    address("GEMINI_BASE_URL", gemini::BASE, "Where Gemini is."),
    key(
        "GEMINI_KEY",
        "Key of Gemini, which then judges the headlines of watched symbols; without it VADER alone does.",
    ),
    address("GEMINI_MODEL", gemini::MODEL, "Which model of Gemini is asked."),
    address("GEMINI_REQUESTS_PER_DAY", "200", "Questions to Gemini a day (UTC) at most; 0 asks nothing."),
    address("GEMINI_TOKENS_PER_DAY", "200000", "Tokens of Gemini a day (UTC), after which it is not asked."),
];

/// The section.
#[derive(Clone)]
pub struct Providers {
    /// Addresses and keys.
    pub sites: Sites,
    /// Where prices are streamed.
    pub stream: String,
}

/// Without the keys.
impl std::fmt::Debug for Providers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Providers").field("stream", &self.stream).finish_non_exhaustive()
    }
}

impl Providers {
    pub(super) fn read(values: &mut Values) -> Providers {
        let on = values.parse("TRENDS", |word| match word {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err(format!("`{word}` is neither on nor off")),
        });
        let stream = values.parse("YAHOO_STREAM_BASE_URL", |text| url(text, &["ws", "wss"]));
        let mut address = |name| values.parse(name, |text| url(text, &["http", "https"]));
        let mut sites = Sites {
            yahoo: address("YAHOO_BASE_URL"),
            yahoo_feeds: address("YAHOO_FEEDS_BASE_URL"),
            fred: address("FRED_BASE_URL"),
            newsapi: address("NEWSAPI_BASE_URL"),
            gdelt: address("GDELT_BASE_URL"),
            wikimedia: address("WIKIMEDIA_BASE_URL"),
            trends: address("TRENDS_BASE_URL"),
            trends_on: on.unwrap_or(false),
            tiingo: address("TIINGO_BASE_URL"),
            gemini: address("GEMINI_BASE_URL"),
            ..Sites::default()
        };
        sites.contact = values.get("PUBLIC_URL").map(str::to_string);
        let mut key = |name| values.parse(name, plain);
        sites.fred_key = key("FRED_KEY");
        sites.newsapi_key = key("NEWSAPI_KEY");
        sites.tiingo_key = key("TIINGO_KEY");
        sites.gemini_key = key("GEMINI_KEY");
        sites.gemini_model = values.parse("GEMINI_MODEL", model);
        let mut count =
            |name| values.parse(name, |text| text.parse::<u32>().map_err(|_| "is no count".into()));
        let usual = gemini::Budget::default();
        sites.gemini_budget = gemini::Budget {
            requests: count("GEMINI_REQUESTS_PER_DAY").unwrap_or(usual.requests),
            tokens: count("GEMINI_TOKENS_PER_DAY").unwrap_or(usual.tokens),
        };
        Providers { sites, stream: stream.unwrap_or_else(|| yahoo::STREAM.to_string()) }
    }
}

fn url(text: &str, schemes: &[&str]) -> Result<String, String> {
    let fits = text.parse::<http::Uri>().ok().filter(|url| {
        url.scheme_str().is_some_and(|scheme| schemes.contains(&scheme)) && url.host().is_some()
    });
    match fits {
        Some(_) => Ok(text.trim_end_matches('/').to_string()),
        None => Err(format!("`{text}` is not an address that begins with {}://", schemes.join(":// or "))),
    }
}

/// A key as it is written into a header.
fn plain(key: &str) -> Result<String, String> {
    let fits = key.chars().all(|c| c.is_ascii_graphic());
    fits.then(|| key.to_string()).ok_or("has characters that no key has".to_string())
}

/// The name of a model as it stands in an address.
fn model(name: &str) -> Result<String, String> {
    let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    fits.then(|| name.to_string()).ok_or_else(|| format!("`{name}` is no name of a model"))
}
