//! Headlines and what they say about a symbol.

use crate::{Symbol, sentiment::Label, source::Source};
use chrono::{DateTime, Utc};
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
