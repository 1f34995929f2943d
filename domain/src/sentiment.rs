//! What a score means in words. The scoring itself is `engine::sentiment`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
        if compound >= EDGE {
            Label::Positive
        } else if compound <= -EDGE {
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

    /// All of them, the glad one first.
    pub const ALL: [Label; 3] = [Label::Positive, Label::Neutral, Label::Negative];

    /// Reads back [`Label::as_str`], in any case.
    ///
    /// ```
    /// use domain::sentiment::Label;
    /// assert_eq!(Label::parse("negative"), Some(Label::Negative));
    /// assert_eq!(Label::parse("bad"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Label> {
        Label::ALL.into_iter().find(|label| label.as_str().eq_ignore_ascii_case(word))
    }
}

/// From here on a compound is a mood.
pub const EDGE: f64 = 0.05;

/// Who says how a text sounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Analyser {
    /// The word lists and rules of VADER; always there.
    #[default]
    Vader,
    /// Google's Gemini, where the operator set it up.
    Gemini,
}

impl Analyser {
    /// All of them.
    pub const ALL: [Analyser; 2] = [Analyser::Vader, Analyser::Gemini];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Analyser::Vader => "vader",
            Analyser::Gemini => "gemini",
        }
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Analyser::Vader => "VADER",
            Analyser::Gemini => "Gemini",
        }
    }

    /// Reads back [`Analyser::as_str`].
    pub fn parse(word: &str) -> Option<Analyser> {
        Analyser::ALL.into_iter().find(|analyser| analyser.as_str() == word)
    }
}

/// A symbol's mood: the mean VADER compound of its latest 10 headlines, rounded to 2 digits. Where Gemini is set up and
/// has judged the very same headlines, its score of them instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mood {
    /// -1 to 1, rounded to 2 digits. By VADER it is the mean compound of the latest 10 headlines.
    pub score: f64,
    /// [`Label::of`] the score.
    pub label: Label,
    /// How many headlines it is made of, 1 to 10.
    pub count: u32,
    /// Who says so.
    #[serde(default)]
    pub analyser: Analyser,
    /// Why, in the analyser's own words, where it has any. Written by a machine about texts of strangers: shown as
    /// plain text and believed by nobody.
    #[serde(default)]
    pub analysis: Option<String>,
}

/// How a day's headlines about a symbol sounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DayMood {
    /// In UTC.
    pub date: NaiveDate,
    /// Mean compound of the day's headlines, -1 to 1.
    pub score: f64,
}

impl DayMood {
    /// How many days a trend shows.
    pub const DAYS: i64 = 30;

    /// The mean of each day that has headlines, oldest first.
    pub fn of(headlines: impl IntoIterator<Item = (NaiveDate, f64)>) -> Vec<DayMood> {
        let mut days: BTreeMap<NaiveDate, (f64, f64)> = BTreeMap::new();
        for (date, score) in headlines {
            let (sum, count) = days.entry(date).or_default();
            (*sum, *count) = (*sum + score, *count + 1.0);
        }
        days.into_iter().map(|(date, (sum, count))| DayMood { date, score: sum / count }).collect()
    }
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
        let (label, count) = (Label::of(score), seen.len() as u32);
        Some(Mood { score, label, count, analyser: Analyser::Vader, analysis: None })
    }
}

/// How a text sounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// All of it in one figure, -1 (most negative) to 1.
    pub compound: f64,
    /// Share of the text that sounds glad, 0 to 1.
    pub positive: f64,
    /// Share of the text that sounds like nothing.
    pub neutral: f64,
    /// Share of the text that sounds bad.
    pub negative: f64,
    /// [`Label::of`] the compound.
    pub label: Label,
}
