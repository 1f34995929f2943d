//! Where a number came from: every figure on screen can say it.

use serde::{Deserialize, Serialize};

/// Who delivered a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Source {
    /// Real history shipped with the program.
    Bundled,
    /// Seeded ticks made up by the program, never written into history.
    Simulated,
    /// Written for the project, to show the place; not news.
    Sample,
    Yahoo,
    Fred,
    Tiingo,
    NewsApi,
    Gdelt,
    Wikimedia,
    /// Google Trends.
    Trends,
    /// Uploaded by the tenant itself.
    Import,
}

impl Source {
    /// All of them.
    pub const ALL: [Source; 11] = [
        Source::Bundled,
        Source::Simulated,
        Source::Sample,
        Source::Yahoo,
        Source::Fred,
        Source::Tiingo,
        Source::NewsApi,
        Source::Gdelt,
        Source::Wikimedia,
        Source::Trends,
        Source::Import,
    ];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Bundled => "bundled",
            Source::Simulated => "simulated",
            Source::Sample => "sample",
            Source::Yahoo => "yahoo",
            Source::Fred => "fred",
            Source::Tiingo => "tiingo",
            Source::NewsApi => "newsapi",
            Source::Gdelt => "gdelt",
            Source::Wikimedia => "wikimedia",
            Source::Trends => "trends",
            Source::Import => "import",
        }
    }

    /// Reads back [`Source::as_str`].
    pub fn parse(word: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.as_str() == word)
    }
}

/// What one file of the bundled data set holds and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Inside the data set.
    pub path: String,
    /// What sort of content: `bars`, `minute`, `macro`, `trends`, `universe`, ...
    pub content: String,
    /// The symbol, series or keyword, where the file is about one.
    pub name: Option<String>,
    /// What it was made from; empty for what was written for Candlewick.
    pub sources: Vec<SourceFile>,
    /// Of the file, lower-case hexadecimal.
    pub sha256: String,
    /// First date or time inside.
    pub first: Option<String>,
    /// Last date or time inside; may lie after the market date, and is then not loaded.
    pub last: Option<String>,
    /// How many rows.
    pub rows: u32,
    /// What its prices are adjusted for.
    pub basis: Option<String>,
    /// True where only closes are given.
    pub close_only: bool,
}

/// A published file the data set was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name.
    pub file: String,
    /// The package it was published in.
    pub package: String,
    /// Of the package.
    pub version: String,
    /// Of the package, as SPDX writes it.
    pub licence: String,
    /// Of the file, lower-case hexadecimal.
    pub sha256: String,
}
