//! Headlines and what they say about a symbol.

use crate::{Symbol, sentiment::Label, source::Source};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One article, scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// Identifies the article.
    pub id: Uuid,
    /// Whom it is about; `None` for the market as a whole.
    pub symbol: Option<Symbol>,
    /// Whom else the same story was told about.
    #[serde(default)]
    pub also: Vec<Symbol>,
    /// The headline, as published.
    pub title: String,
    /// The first lines, where the source gives them.
    pub description: Option<String>,
    /// Publisher, in its own words.
    pub publisher: String,
    /// Where to read it; `None` for sample headlines, which lead nowhere.
    pub url: Option<String>,
    /// Market time of publication.
    pub published_at: DateTime<Utc>,
    /// VADER compound of the headline, -1 to 1.
    pub score: f64,
    /// [`Label::of`] the score.
    pub label: Label,
    /// Who delivered it; [`Source::Sample`] is labelled on screen.
    pub source: Source,
    /// When it was collected, by the wall; `None` for what was shipped.
    #[serde(default)]
    pub fetched_at: Option<DateTime<Utc>>,
}

/// Which articles are looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// All of these are in title, description, publisher or symbol; see [`search_words`].
    pub words: Vec<String>,
    /// Only those about this symbol. Without it every story comes once, whomever else it was told about.
    pub symbol: Option<Symbol>,
    /// Only those that sound so.
    pub label: Option<Label>,
    /// Only those after this one, in the order told.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: u32,
}

/// Some of the articles looked for, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Newest first.
    pub articles: Vec<Article>,
    /// Where the next ones begin; `None` on the last page.
    pub next: Option<Place>,
}

/// Where an article stands among all, newest first. As text it is the cursor of a list.
///
/// ```
/// use domain::news::Place;
/// let text = "2022-03-10T21:00:00Z_018f0000-0000-7000-8000-000000000000";
/// assert_eq!(Place::parse(text).unwrap().to_string(), text);
/// assert!(Place::parse("2022-03-10T21:00:00Z").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Place {
    /// Of the article.
    pub published_at: DateTime<Utc>,
    /// Of the article.
    pub id: Uuid,
}

impl Place {
    /// Reads what [`Place`] is written as.
    pub fn parse(text: &str) -> Option<Place> {
        let (time, id) = text.split_once('_')?;
        let published_at: DateTime<Utc> = time.parse().ok()?;
        let sane = (1..=9999).contains(&chrono::Datelike::year(&published_at));
        Some(Place { published_at, id: id.parse().ok()? }).filter(|_| sane)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.published_at.to_rfc3339_opts(SecondsFormat::AutoSi, true), self.id)
    }
}

impl From<Place> for String {
    fn from(place: Place) -> String {
        place.to_string()
    }
}

impl TryFrom<String> for Place {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Place, &'static str> {
        Place::parse(&text).ok_or("is no place in a list of articles")
    }
}

/// Words looked for at most; more make no search clearer.
pub const MOST_WORDS: usize = 6;

/// The words of a search, in lower case, at most [`MOST_WORDS`] of at most 40 letters each.
///
/// ```
/// assert_eq!(domain::news::search_words("  Chip  SHARES "), ["chip", "shares"]);
/// ```
pub fn search_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(|word| folded(&word.chars().take(40).collect::<String>())).collect()
}

/// A text as it is searched: in lower case, in any script.
///
/// ```
/// assert_eq!(domain::news::folded("ÜBER Wert"), "über wert");
/// ```
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// An address that may be opened from a page: of the web and nothing else, without spaces or control characters.
///
/// ```
/// use domain::news::safe_link;
/// assert_eq!(safe_link("https://example.org/a?b=c"), Some("https://example.org/a?b=c"));
/// assert_eq!(safe_link("javascript:alert(1)"), None);
/// assert_eq!(safe_link("//example.org"), None);
/// assert_eq!(safe_link("http:///path"), None);
/// ```
pub fn safe_link(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host = rest.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    let plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    (web && host && plain).then_some(url)
}

/// A headline as a source tells it, before it is scored and kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Whom it is about; `None` for the market as a whole.
    pub symbol: Option<Symbol>,
    /// As published.
    pub title: String,
    /// The first lines, where the source gives them; plain text.
    pub description: Option<String>,
    /// Publisher, in its own words.
    pub publisher: String,
    /// Where to read it: http or https.
    pub url: Option<String>,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}
