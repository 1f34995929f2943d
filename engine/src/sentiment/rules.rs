//! The rules of VADER, in the order of the reference implementation.
//!
//! Where the reference does something surprising, it is done here too and said so: scores are compared with those of
//! other programs.

use super::words::{boost, boost_of_two, emoji, idiom, negates, rating};
use domain::sentiment::{Label, Scores};
use std::borrow::Cow;

/// What a rated word in capitals among others in small letters gains.
const SHOUTED: f64 = 0.733;
/// What a negation makes of a rating.
const NEGATED: f64 = -0.74;
/// What an exclamation mark adds, at most four times.
const EXCLAMATION: f64 = 0.292;
/// What a question mark adds where there are two or three.
const QUESTION: f64 = 0.18;
/// What four question marks and more add together.
const QUESTIONS: f64 = 0.96;
/// Brings the sum between -1 and 1: about the largest sum expected.
const ALPHA: f64 = 15.0;

/// How a text sounds. A text without words is all zero.
pub fn scores(text: &str) -> Scores {
    let text = spelled_out(text);
    let words = Words::of(&text);
    let mut ratings: Vec<f64> = (0..words.written.len()).map(|at| words.rating(at)).collect();
    if ratings.is_empty() {
        return Scores { compound: 0.0, positive: 0.0, neutral: 0.0, negative: 0.0, label: Label::Neutral };
    }
    weigh_around_but(&words.lower, &mut ratings);
    let emphasis = emphasis(&text);
    let sum: f64 = ratings.iter().sum();
    let loud = if sum > 0.0 {
        sum + emphasis
    } else if sum < 0.0 {
        sum - emphasis
    } else {
        sum
    };
    let compound = rounded((loud / (loud * loud + ALPHA).sqrt()).clamp(-1.0, 1.0), 4);
    // One more for each rated word makes up for neutral words, which count one.
    let of = |sign: f64| {
        let rated = ratings.iter().map(|each| each * sign).filter(|each| *each > 0.0);
        rated.fold(0.0, |sum, each| sum + each + 1.0)
    };
    let (mut positive, mut negative): (f64, f64) = (of(1.0), of(-1.0));
    if positive > negative {
        positive += emphasis;
    } else if positive < negative {
        negative += emphasis;
    }
    let neutral = ratings.iter().filter(|each| **each == 0.0).count() as f64;
    let share = |part: f64| rounded(part / (positive + negative + neutral), 3);
    Scores {
        compound,
        positive: share(positive),
        neutral: share(neutral),
        negative: share(negative),
        label: Label::of(compound),
    }
}

fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    (value * scale).round_ties_even() / scale
}

/// The text with the names of its emoji, apart from what stands before them.
fn spelled_out(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text.trim());
    }
    let mut out = String::with_capacity(text.len());
    let mut is_after_space = true;
    for character in text.chars() {
        match emoji(character) {
            Some(name) => {
                if !is_after_space {
                    out.push(' ');
                }
                out.push_str(name);
                is_after_space = false;
            }
            None => {
                out.push(character);
                is_after_space = character == ' ';
            }
        }
    }
    Cow::Owned(out.trim().to_string())
}

/// A text cut into words and emoticons.
struct Words<'a> {
    /// As written, without the punctuation around them.
    written: Vec<&'a str>,
    lower: Vec<String>,
    /// Of each word for itself.
    rated: Vec<Option<f64>>,
    /// Whether some words are in capitals and others not.
    is_mixed: bool,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Words<'a> {
        let bare = |token: &'a str| {
            let word = token.trim_matches(|c: char| c.is_ascii_punctuation());
            // What is nearly all punctuation is an emoticon.
            if word.chars().count() <= 2 { token } else { word }
        };
        let written: Vec<&str> = text.split_whitespace().map(bare).collect();
        let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
        let rated = lower.iter().map(|word| rating(word)).collect();
        let shouted = written.iter().filter(|word| is_shouted(word)).count();
        let is_mixed = shouted > 0 && shouted < written.len();
        Words { written, lower, rated, is_mixed }
    }

    /// What the word at a place says in its surroundings; 0 for a word without a rating.
    fn rating(&self, at: usize) -> f64 {
        let Some(own) = self.rated[at] else { return 0.0 };
        let word = &self.lower[at];
        let is_kind_of = word == "kind" && self.lower.get(at + 1).is_some_and(|next| next == "of");
        if is_kind_of || boost(word).is_some() {
            return 0.0;
        }
        let mut value = own;
        if word == "no" && self.rated.get(at + 1).is_some_and(Option::is_some) {
            value = 0.0;
        }
        if self.is_after_no(at) {
            value = own * NEGATED;
        }
        if self.is_mixed && is_shouted(self.written[at]) {
            value += if value > 0.0 { SHOUTED } else { -SHOUTED };
        }
        for back in 1..=3.min(at) {
            if self.rated[at - back].is_some() {
                continue;
            }
            value += self.boost(at - back, value) * [1.0, 0.95, 0.9][back - 1];
            value = self.negated(value, at, back);
            if back == 3 {
                value = self.idioms(value, at);
            }
        }
        self.least(value, at)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.lower[at] == word
    }

    fn is_after_no(&self, at: usize) -> bool {
        (at > 0 && self.is(at - 1, "no"))
            || (at > 1 && self.is(at - 2, "no"))
            || (at > 2 && self.is(at - 3, "no") && (self.is(at - 1, "or") || self.is(at - 1, "nor")))
    }

    /// What the word at a place adds to a value after it.
    fn boost(&self, at: usize, value: f64) -> f64 {
        let Some(step) = boost(&self.lower[at]) else { return 0.0 };
        let loud = if self.is_mixed && is_shouted(self.written[at]) { SHOUTED } else { 0.0 };
        let step = if value < 0.0 { -step } else { step };
        if value > 0.0 { step + loud } else { step - loud }
    }

    fn negated(&self, value: f64, at: usize, back: usize) -> f64 {
        let is_so = |at: usize| self.is(at, "so") || self.is(at, "this");
        let (is_lifted, is_certain) = match back {
            1 => (false, false),
            2 => (
                self.is(at - 2, "never") && is_so(at - 1),
                self.is(at - 2, "without") && self.is(at - 1, "doubt"),
            ),
            // `so` or `this` right before the word lifts it without any `never`: so does the reference.
            _ => (
                (self.is(at - 3, "never") && is_so(at - 2)) || is_so(at - 1),
                self.is(at - 3, "without") && (self.is(at - 2, "doubt") || self.is(at - 1, "doubt")),
            ),
        };
        match () {
            () if is_lifted => value * 1.25,
            () if is_certain => value,
            () if negates(&self.lower[at - back]) => value * NEGATED,
            () => value,
        }
    }

    /// Phrases around a word that has three before it.
    fn idioms(&self, value: f64, at: usize) -> f64 {
        let phrase = |from: usize, to: usize| self.lower.get(from..=to);
        let rated = |from: usize, to: usize| phrase(from, to).and_then(idiom);
        let before = [(at - 1, at), (at - 2, at), (at - 2, at - 1), (at - 3, at - 1), (at - 3, at - 2)];
        let mut value = before.into_iter().find_map(|(from, to)| rated(from, to)).unwrap_or(value);
        value = rated(at, at + 1).unwrap_or(value);
        value = rated(at, at + 2).unwrap_or(value);
        let degrees = [(at - 3, at - 1), (at - 3, at - 2), (at - 2, at - 1)];
        value + degrees.into_iter().filter_map(|(from, to)| boost_of_two(phrase(from, to)?)).sum::<f64>()
    }

    /// `least` turns a word around, `at least` and `very least` do not.
    fn least(&self, value: f64, at: usize) -> f64 {
        let is_least = at > 0 && self.is(at - 1, "least") && self.rated[at - 1].is_none();
        let is_harmless = at > 1 && (self.is(at - 2, "at") || self.is(at - 2, "very"));
        if is_least && !is_harmless { value * NEGATED } else { value }
    }
}

/// All letters that have a case are capitals, and there is one.
fn is_shouted(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// What stands before the first `but` counts half, what stands after it half as much again. The reference looks each
/// rating up by its value and changes the first that equals it, also where that is another word's.
fn weigh_around_but(words: &[String], ratings: &mut [f64]) {
    let Some(but) = words.iter().position(|word| word == "but") else { return };
    for at in 0..ratings.len() {
        let value = ratings[at];
        let Some(first) = ratings.iter().position(|each| *each == value) else { continue };
        match first.cmp(&but) {
            std::cmp::Ordering::Less => ratings[first] = value * 0.5,
            std::cmp::Ordering::Greater => ratings[first] = value * 1.5,
            std::cmp::Ordering::Equal => {}
        }
    }
}

/// What exclamation and question marks add.
fn emphasis(text: &str) -> f64 {
    let count = |mark: u8| text.bytes().filter(|each| *each == mark).count();
    let questions = match count(b'?') {
        0 | 1 => 0.0,
        few @ 2..=3 => few as f64 * QUESTION,
        _ => QUESTIONS,
    };
    count(b'!').min(4) as f64 * EXCLAMATION + questions
}
