//! What a score means in words. The scoring itself is `engine::sentiment`.

use serde::{Deserialize, Serialize};

/// The mood of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Label {
    Positive,
    Neutral,
    Negative,
}

impl Label {
    /// `Positive` from 0.05 up, `Negative` from -0.05 down, else `Neutral` (the thresholds VADER's authors give).
    ///
    /// ```
    /// use domain::sentiment::Label;
    /// assert_eq!(Label::of(0.05), Label::Positive);
    /// assert_eq!(Label::of(0.049), Label::Neutral);
    /// assert_eq!(Label::of(-0.05), Label::Negative);
    /// ```
    pub fn of(compound: f64) -> Label {
        if compound >= 0.05 {
            Label::Positive
        } else if compound <= -0.05 {
            Label::Negative
        } else {
            Label::Neutral
        }
    }

    /// The word people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Label::Positive => "Positive",
            Label::Neutral => "Neutral",
            Label::Negative => "Negative",
        }
    }
}

/// A symbol's mood: the mean compound over its latest headlines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mood {
    /// Mean of the latest 10 headlines, rounded to 2 digits, -1 to 1.
    pub score: f64,
    /// [`Label::of`] the score.
    pub label: Label,
    /// How many headlines it is made of, 1 to 10.
    pub count: u32,
}

impl Mood {
    /// How many headlines a mood looks at.
    pub const WINDOW: usize = 10;

    /// The mood of compound scores, newest first; `None` without any headline.
    ///
    /// ```
    /// use domain::sentiment::Mood;
    /// assert_eq!(Mood::of(&[0.5, 0.25]).unwrap().score, 0.38);
    /// assert!(Mood::of(&[]).is_none());
    /// ```
    pub fn of(newest_first: &[f64]) -> Option<Mood> {
        let seen = &newest_first[..newest_first.len().min(Mood::WINDOW)];
        if seen.is_empty() {
            return None;
        }
        let mean = seen.iter().sum::<f64>() / seen.len() as f64;
        let score = (mean * 100.0).round() / 100.0;
        Some(Mood { score, label: Label::of(score), count: seen.len() as u32 })
    }
}
