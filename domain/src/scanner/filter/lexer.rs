//! Letters to tokens.

use super::{Fault, MAX_FILTER_CHARS};

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    /// Between quotes.
    Text(String),
    /// A field, or `and`, `or`, `not`.
    Name(String),
    /// `<`, `<=`, `>`, `>=`, `=`, `!=`
    Compare(Compare),
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
}

impl Compare {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Compare::Less => "<",
            Compare::AtMost => "<=",
            Compare::More => ">",
            Compare::AtLeast => ">=",
            Compare::Equal => "=",
            Compare::Unequal => "!=",
        }
    }
}

/// A word of a filter and where it stands, in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Token {
    /// Whether it is this word, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Name(name) if name.eq_ignore_ascii_case(word))
    }
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let letters: Vec<char> = text.chars().take(MAX_FILTER_CHARS + 1).collect();
    if letters.len() > MAX_FILTER_CHARS {
        let reason = format!("a filter has at most {MAX_FILTER_CHARS} characters");
        return Err(Fault::at(MAX_FILTER_CHARS, MAX_FILTER_CHARS + 1, reason));
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        if letter.is_whitespace() {
            at += 1;
            continue;
        }
        let next = letters.get(at + 1).copied();
        let (kind, to) = match letter {
            '<' if next == Some('=') => (Kind::Compare(Compare::AtMost), at + 2),
            '<' if next == Some('>') => (Kind::Compare(Compare::Unequal), at + 2),
            '<' => (Kind::Compare(Compare::Less), at + 1),
            '>' if next == Some('=') => (Kind::Compare(Compare::AtLeast), at + 2),
            '>' => (Kind::Compare(Compare::More), at + 1),
            '=' if next == Some('=') => (Kind::Compare(Compare::Equal), at + 2),
            '=' => (Kind::Compare(Compare::Equal), at + 1),
            '!' if next == Some('=') => (Kind::Compare(Compare::Unequal), at + 2),
            '+' => (Kind::Plus, at + 1),
            '-' | '−' => (Kind::Minus, at + 1),
            '*' | '×' => (Kind::Times, at + 1),
            '/' => (Kind::Over, at + 1),
            '(' => (Kind::Open, at + 1),
            ')' => (Kind::Close, at + 1),
            '≤' => (Kind::Compare(Compare::AtMost), at + 1),
            '≥' => (Kind::Compare(Compare::AtLeast), at + 1),
            '≠' => (Kind::Compare(Compare::Unequal), at + 1),
            '"' | '\'' | '“' => quoted(&letters, at)?,
            '0'..='9' | '.' => number(&letters, at)?,
            _ if letter.is_alphabetic() || letter == '_' => name(&letters, at),
            _ => return Err(Fault::at(at, at + 1, stranger(letter, next))),
        };
        tokens.push(Token { kind, from: at, to });
        at = to;
    }
    Ok(tokens)
}

fn stranger(letter: char, next: Option<char>) -> String {
    match letter {
        '%' => "percent is counted in points: write changePercent > 3 for more than 3 %, and 1.02 * sma50 for 2 % above it"
            .to_string(),
        '&' if next == Some('&') => "write and".to_string(),
        '|' if next == Some('|') => "write or".to_string(),
        '!' => "write not, or != for different".to_string(),
        _ => format!("{letter} means nothing here"),
    }
}

fn quoted(letters: &[char], from: usize) -> Result<(Kind, usize), Fault> {
    let closing = if letters[from] == '“' { '”' } else { letters[from] };
    let inner = letters[from + 1..].iter().position(|letter| *letter == closing);
    match inner {
        Some(length) => {
            let text = letters[from + 1..from + 1 + length].iter().collect();
            Ok((Kind::Text(text), from + length + 2))
        }
        None => Err(Fault::at(from, letters.len(), format!("a text ends with {closing}"))),
    }
}

fn name(letters: &[char], from: usize) -> (Kind, usize) {
    let is_part = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let length = letters[from..].iter().take_while(|letter| is_part(letter)).count();
    (Kind::Name(letters[from..from + length].iter().collect()), from + length)
}

fn number(letters: &[char], from: usize) -> Result<(Kind, usize), Fault> {
    let digits = |at: usize| letters[at..].iter().take_while(|letter| letter.is_ascii_digit()).count();
    let mut to = from + digits(from);
    if letters.get(to) == Some(&'.') {
        to += 1 + digits(to + 1);
    }
    // An e only with digits behind: 3e is a mistake, told below.
    if matches!(letters.get(to), Some('e' | 'E')) {
        let sign = usize::from(matches!(letters.get(to + 1), Some('+' | '-')));
        let exponent = letters.get(to + 1 + sign).map_or(0, |_| digits(to + 1 + sign));
        to += if exponent > 0 { 1 + sign + exponent } else { 0 };
    }
    let plain: String = letters[from..to].iter().collect();
    let factor = match letters.get(to) {
        Some('k' | 'K') => 1e3,
        Some('m' | 'M') => 1e6,
        Some('b' | 'B') => 1e9,
        Some('t' | 'T') => 1e12,
        _ => 1.0,
    };
    to += usize::from(factor > 1.0);
    let rest = letters[to..].iter().take_while(|letter| letter.is_alphanumeric() || **letter == '.').count();
    let value = plain.parse::<f64>().ok().map(|value| value * factor).filter(|value| value.is_finite());
    match value {
        Some(value) if rest == 0 => Ok((Kind::Number(value), to)),
        _ => {
            let written: String = letters[from..to + rest].iter().collect();
            let written = shortened(&written);
            let reason = format!("{written} is no number; write 1.5, 2e6, or 10B for ten billion");
            Err(Fault::at(from, to + rest, reason))
        }
    }
}

/// What was written is shown in errors, but not at any length.
pub(super) fn shortened(text: &str) -> String {
    match text.chars().count() {
        ..=40 => text.to_string(),
        _ => text.chars().take(39).chain(['…']).collect(),
    }
}
