//! How a text sounds: VADER (Hutto, Gilbert, 2014), rule for rule as its reference implementation 3.3.2.
//!
//! The word lists come from crate `vader_sentiment`; its rules do not, because they answer differently from the
//! reference on one in seven sentences of news: `!` and `?` counted on neutral text, a single `?` counted at all, `no`
//! never negating, boosters found inside other words, emoticons taken for shouting. [`words`] says what had to be
//! corrected in the lists, [`rules`] holds the rules; `docs/SENTIMENT.md` sets all of it beside the crate's.

mod rules;
mod words;

pub use rules::scores;

use crate::{Result, analysis::blocking};
use domain::sentiment::Scores;

/// The compound score of a text, -1 (most negative) to 1; 0 for a text without any rated word.
pub fn compound(text: &str) -> f64 {
    scores(text).compound
}

/// The scores of many texts in their order, worked out off the threads that answer requests.
///
/// # Errors
/// Only when the program is stopping.
pub async fn score_all(texts: Vec<String>) -> Result<Vec<Scores>> {
    blocking(move || texts.iter().map(|text| scores(text)).collect()).await
}

#[cfg(test)]
mod tests;
