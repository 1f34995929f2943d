//! What may come next at a place of a filter: for the editor.

use super::{
    WORDS,
    lexer::{Compare, Kind, Token, tokens},
};
use crate::scanner::{FIELDS, Unit, Words, field};
use serde::Serialize;

/// Offers at most.
const MOST: usize = 12;

/// What an offer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum OfferKind {
    Field,
    Operator,
    Word,
    Text,
}

/// Something that may come next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// What would stand there.
    pub text: String,
    /// What it is.
    pub kind: OfferKind,
    /// What it means; empty where it speaks for itself.
    pub meaning: String,
}

/// What may come next, and what it would take the place of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// First character of the word that is being written.
    pub from: usize,
    /// The character after it.
    pub to: usize,
    /// The likeliest first, at most 12.
    pub offers: Vec<Offer>,
}

/// Where in a filter one is.
enum Place {
    /// A field, a number, `not` or `(`.
    Value,
    /// A word of this field.
    WordOf(&'static str),
    /// A comparison of this value, or more arithmetic.
    AfterValue { compared: bool, of: Option<&'static str> },
    /// Before the caret is something that no filter begins with.
    Nowhere,
}

/// What may come next at the caret, counted in characters from 0. Within a word, its letters before the caret narrow the
/// offers, and the whole word would be replaced.
///
/// ```
/// use domain::scanner::complete;
/// let offers = |text: &str| -> Vec<String> {
///     complete(text, text.len()).offers.into_iter().map(|offer| offer.text).collect()
/// };
/// assert_eq!(offers("rsi"), ["rsi14"]);
/// assert_eq!(offers("rsi14 ")[..2], ["<", "<="]);
/// assert_eq!(offers("trend = ")[..2], ["\"up\"", "\"down\""]);
/// assert_eq!(offers("rsi14 < 30 a"), ["and"]);
/// ```
pub fn complete(text: &str, caret: usize) -> Completion {
    let letters: Vec<char> = text.chars().collect();
    let caret = caret.min(letters.len());
    let (from, to) = word_around(&letters, caret);
    let before: String = letters[..from].iter().collect();
    let typed: String = letters[from..caret].iter().collect();
    let Ok(tokens) = tokens(&before) else { return Completion { from, to, offers: Vec::new() } };
    let mut offers = match place(&tokens) {
        Place::Value => fields_and_words(&typed),
        Place::WordOf(name) => words_of(name, &typed),
        // Letters directly after a value can only be and, or.
        Place::AfterValue { compared, of } => after_value(compared, of, &typed),
        Place::Nowhere => Vec::new(),
    };
    offers.retain(|offer| offer.text != typed);
    offers.truncate(MOST);
    Completion { from, to, offers }
}

/// The word or the opened text around the caret.
fn word_around(letters: &[char], caret: usize) -> (usize, usize) {
    let quotes = letters[..caret].iter().filter(|letter| **letter == '"').count();
    if quotes % 2 == 1 {
        let from = letters[..caret].iter().rposition(|letter| *letter == '"').unwrap_or(caret);
        let rest = letters[caret..].iter().position(|letter| *letter == '"');
        return (from, rest.map_or(caret, |more| caret + more + 1));
    }
    let is_part = |letter: &&char| letter.is_alphanumeric() || **letter == '_';
    let back = letters[..caret].iter().rev().take_while(is_part).count();
    let forth = letters[caret..].iter().take_while(is_part).count();
    let starts_as_name = letters.get(caret - back).is_some_and(|letter| letter.is_alphabetic());
    // The digits of a number are no name to be completed.
    if starts_as_name { (caret - back, caret + forth) } else { (caret, caret) }
}

fn place(tokens: &[Token]) -> Place {
    let mut compared = false;
    let mut value: Option<Option<&'static str>> = None;
    let mut asked: Option<&'static str> = None;
    for token in tokens {
        let connects = ["and", "or"].iter().any(|word| token.is(word));
        match &token.kind {
            Kind::Name(_) if connects => {
                if value.is_none() {
                    return Place::Nowhere;
                }
                (compared, value, asked) = (false, None, None);
            }
            Kind::Name(_) if token.is("not") => (compared, value, asked) = (false, None, None),
            Kind::Name(name) => {
                value = Some(field(name).filter(|it| it.unit == Unit::Word).map(|it| it.name))
            }
            Kind::Number(_) | Kind::Text(_) | Kind::Close => value = Some(None),
            Kind::Open => (compared, value, asked) = (false, None, None),
            Kind::Compare(how) => {
                asked = value.flatten().filter(|_| matches!(how, Compare::Equal | Compare::Unequal));
                (compared, value) = (true, None);
            }
            Kind::Plus | Kind::Minus | Kind::Times | Kind::Over => (value, asked) = (None, None),
        }
    }
    match (value, asked) {
        (Some(of), _) => Place::AfterValue { compared, of },
        (None, Some(name)) => Place::WordOf(name),
        (None, None) => Place::Value,
    }
}

fn offer(text: impl Into<String>, kind: OfferKind, meaning: impl Into<String>) -> Offer {
    Offer { text: text.into(), kind, meaning: meaning.into() }
}

fn begins(word: &str, typed: &str) -> bool {
    word.to_lowercase().starts_with(&typed.to_lowercase())
}

fn fields_and_words(typed: &str) -> Vec<Offer> {
    let meaning = |field: &super::super::Field| format!("{} ({})", field.meaning, field.unit.as_str());
    let one = |field: &super::super::Field| offer(field.name, OfferKind::Field, meaning(field));
    let mut offers: Vec<Offer> = FIELDS.iter().filter(|field| begins(field.name, typed)).map(one).collect();
    if !typed.is_empty() {
        // Then those that hold the letters further inside: volume finds relativeVolume.
        let inside = |name: &str| {
            !begins(name, typed) && name.to_lowercase().contains(&typed.to_lowercase()) && typed.len() > 2
        };
        offers.extend(FIELDS.iter().filter(|field| inside(field.name)).map(one));
        if begins("not", typed) {
            offers.push(offer("not", OfferKind::Word, "The opposite of what follows."));
        }
    }
    offers
}

fn words_of(name: &str, typed: &str) -> Vec<Offer> {
    let typed = typed.trim_start_matches('"');
    let Some(Words::Text(_, of)) = field(name).map(|field| field.words) else { return Vec::new() };
    let words = of.words().into_iter().filter(|word| begins(word, typed));
    words.map(|word| offer(format!("\"{word}\""), OfferKind::Text, "")).collect()
}

fn after_value(compared: bool, of: Option<&str>, typed: &str) -> Vec<Offer> {
    let mut offers = Vec::new();
    if typed.is_empty() && !compared {
        let signs = [
            ("<", "less than"),
            ("<=", "at most"),
            (">", "more than"),
            (">=", "at least"),
            ("=", "the same as"),
            ("!=", "different from"),
        ];
        let fits = |sign: &str| of.is_none() || ["=", "!="].contains(&sign);
        let signs = signs.into_iter().filter(|(sign, _)| fits(sign));
        offers.extend(signs.map(|(sign, meaning)| offer(sign, OfferKind::Operator, meaning)));
    }
    if compared {
        let meanings = ["Both have to hold.", "One is enough."];
        let words = WORDS.iter().zip(meanings).filter(|(word, _)| begins(word, typed));
        offers.extend(words.map(|(word, meaning)| offer(*word, OfferKind::Word, meaning)));
    }
    offers
}
