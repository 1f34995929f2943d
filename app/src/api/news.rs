//! News: what a browser may ask.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use domain::{
    Instrument, Symbol,
    news::Found,
    sentiment::{DayMood, Mood},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Everything a page of news shows first, in one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewsPage {
    /// Whom the page is about; `None` for all news.
    pub instrument: Option<Instrument>,
    /// Over the symbol's latest headlines; `None` without any, and for all news.
    pub mood: Option<Mood>,
    /// What was looked for, newest first.
    pub found: Found,
    /// How each of the last 30 days sounded, by VADER, oldest first.
    pub trend: Vec<DayMood>,
    /// Mood beside price as the server painted it; empty where there is neither.
    pub svg: String,
    /// The market's time.
    pub as_of: DateTime<Utc>,
}

/// What is looked for, as it stands in the address; what is empty is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// Words that all have to be there.
    #[serde(default)]
    pub q: String,
    /// `Positive`, `Neutral` or `Negative`.
    #[serde(default)]
    pub label: String,
    /// Only about this symbol; on the page of all news.
    #[serde(default)]
    pub symbol: String,
    /// Where the page before ended.
    #[serde(default)]
    pub after: String,
}

/// A page of news about one symbol; 404 for a symbol nobody knows.
#[server(prefix = "/api", endpoint = "pages/symbol-news", input = server_fn::codec::GetUrl)]
pub async fn read_symbol_news(symbol: Symbol, wanted: Wanted) -> Result<NewsPage, AppError> {
    crate::backend::symbol_news(symbol, wanted).await
}

/// A page of all news, every story once.
#[server(prefix = "/api", endpoint = "pages/news", input = server_fn::codec::GetUrl)]
pub async fn read_news(wanted: Wanted) -> Result<NewsPage, AppError> {
    crate::backend::all_news(wanted).await
}
