//! A filter as it is asked: three values, true, false and undefined.

use super::{lexer::Compare, parser::Sign};
use crate::scanner::{Field, Snapshot, Words};

/// What says yes, no or nothing of a snapshot.
#[derive(Debug, Clone)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Numbers(Number, Compare, Number),
    /// A text field and a word in lower case.
    Word(&'static Field, Compare, String),
    SameWord(&'static Field, Compare, &'static Field),
}

/// A number that depends on a snapshot.
#[derive(Debug, Clone)]
pub(super) enum Number {
    Literal(f64),
    Field(&'static Field),
    Minus(Box<Number>),
    Chain(Box<Number>, Vec<(Sign, Number)>),
}

fn text<'a>(field: &Field, of: &'a Snapshot) -> Option<&'a str> {
    match field.words {
        Words::Text(read, _) => read(of),
        Words::Number(_) => None,
    }
}

impl Test {
    /// `None` is undefined.
    pub(super) fn holds(&self, of: &Snapshot) -> Option<bool> {
        match self {
            Test::All(parts) => kleene(parts, of, false),
            Test::Any(parts) => kleene(parts, of, true),
            Test::Not(inner) => inner.holds(of).map(|holds| !holds),
            Test::Numbers(left, compare, right) => {
                let (left, right) = (left.of(of)?, right.of(of)?);
                Some(match compare {
                    Compare::Less => left < right,
                    Compare::AtMost => left <= right,
                    Compare::More => left > right,
                    Compare::AtLeast => left >= right,
                    Compare::Equal => left == right,
                    Compare::Unequal => left != right,
                })
            }
            Test::Word(field, compare, word) => {
                Some((text(field, of)?.to_lowercase() == *word) == (*compare == Compare::Equal))
            }
            Test::SameWord(a, compare, b) => {
                let same = text(a, of)?.to_lowercase() == text(b, of)?.to_lowercase();
                Some(same == (*compare == Compare::Equal))
            }
        }
    }

    /// Notes the names of the fields, each once.
    pub(super) fn fields(&self, names: &mut Vec<&'static str>) {
        let mut note = |name: &'static str| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        match self {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| part.fields(names)),
            Test::Not(inner) => inner.fields(names),
            Test::Numbers(left, _, right) => {
                left.fields(&mut note);
                right.fields(&mut note);
            }
            Test::Word(field, ..) => note(field.name),
            Test::SameWord(a, _, b) => {
                note(a.name);
                note(b.name);
            }
        }
    }
}

/// All (one `false` decides) or any (one `true` decides) of some tests; undefined where an undefined one could decide.
fn kleene(parts: &[Test], of: &Snapshot, decides: bool) -> Option<bool> {
    let mut undefined = false;
    for part in parts {
        match part.holds(of) {
            Some(holds) if holds == decides => return Some(decides),
            Some(_) => {}
            None => undefined = true,
        }
    }
    (!undefined).then_some(!decides)
}

impl Number {
    /// `None` where a field is undefined, and for what is no number any more, as a division by zero.
    fn of(&self, of: &Snapshot) -> Option<f64> {
        let value = match self {
            Number::Literal(value) => *value,
            Number::Field(field) => match field.words {
                Words::Number(read) => read(of)?,
                Words::Text(..) => return None,
            },
            Number::Minus(inner) => -inner.of(of)?,
            Number::Chain(first, rest) => rest.iter().try_fold(first.of(of)?, |sum, (sign, part)| {
                let part = part.of(of)?;
                Some(match sign {
                    Sign::Plus => sum + part,
                    Sign::Minus => sum - part,
                    Sign::Times => sum * part,
                    Sign::Over => sum / part,
                })
            })?,
        };
        value.is_finite().then_some(value)
    }

    fn fields(&self, note: &mut impl FnMut(&'static str)) {
        match self {
            Number::Literal(_) => {}
            Number::Field(field) => note(field.name),
            Number::Minus(inner) => inner.fields(note),
            Number::Chain(first, rest) => {
                first.fields(note);
                rest.iter().for_each(|(_, part)| part.fields(note));
            }
        }
    }
}
