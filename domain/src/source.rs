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
    /// Uploaded by the tenant itself.
    Import,
}

impl Source {
    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Bundled => "bundled",
            Source::Simulated => "simulated",
            Source::Sample => "sample",
            Source::Yahoo => "yahoo",
            Source::Fred => "fred",
            Source::Import => "import",
        }
    }

    /// Reads back [`Source::as_str`].
    pub fn parse(word: &str) -> Option<Source> {
        use Source::*;
        [Bundled, Simulated, Sample, Yahoo, Fred, Import].into_iter().find(|source| source.as_str() == word)
    }
}
