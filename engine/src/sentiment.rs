//! How a headline sounds: VADER's compound score.
//!
//! One function, so that the rules behind it can change without anybody noticing.

use std::sync::LazyLock;
use vader_sentiment::SentimentIntensityAnalyzer;

static ANALYZER: LazyLock<SentimentIntensityAnalyzer<'static>> =
    LazyLock::new(SentimentIntensityAnalyzer::new);

/// The compound score of a text, -1 (most negative) to 1; 0 for a text without any rated word.
pub fn compound(text: &str) -> f64 {
    ANALYZER.polarity_scores(text).get("compound").copied().unwrap_or(0.0).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::compound;

    // From the examples of VADER's authors, in the read-me of vaderSentiment 3.3.2.
    #[test]
    fn sentences_score_as_the_authors_of_vader_say() {
        assert!((compound("VADER is smart, handsome, and funny.") - 0.8316).abs() < 1e-4);
        assert!(
            (compound("The plot was good, but the characters are uncompelling and the dialog is not great.")
                + 0.7042)
                .abs()
                < 1e-4
        );
    }

    #[test]
    fn a_text_without_rated_words_is_neutral() {
        assert_eq!(compound(""), 0.0);
        assert_eq!(compound("The table has four columns"), 0.0);
    }
}
