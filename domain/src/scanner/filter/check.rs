//! A tree to a test: names become fields, and every value has to be of the kind its place asks for.

use super::{
    Fault,
    lexer::{Compare, shortened},
    near::nearest,
    parser::{Node, What},
    test::{Number, Test},
};
use crate::scanner::{FIELDS, Field, Vocabulary, Words, field};

/// What a part of a filter is.
enum Value {
    Number(Number),
    Field(&'static Field),
    Literal(String),
    Truth,
}

fn fault(node: &Node, reason: impl Into<String>) -> Fault {
    Fault::at(node.from, node.to, reason)
}

/// The test of a whole filter.
pub(super) fn checked(tree: &Node) -> Result<Test, Fault> {
    Ok(match &tree.what {
        What::All(parts) => Test::All(parts.iter().map(checked).collect::<Result<_, _>>()?),
        What::Any(parts) => Test::Any(parts.iter().map(checked).collect::<Result<_, _>>()?),
        What::Not(inner) => Test::Not(Box::new(checked(inner)?)),
        What::Compare(left, compare, right) => comparison(left, *compare, right)?,
        What::Name(name) => {
            let found = named(tree, name)?;
            let example = match found.words {
                Words::Number(_) => format!("{} > 0", found.name),
                Words::Text(_, of) => match of.words().first() {
                    Some(word) => format!("{} = \"{word}\"", found.name),
                    None => format!("{} = \"...\"", found.name),
                },
            };
            return Err(fault(
                tree,
                format!("{} is not compared with anything; write {example}", found.name),
            ));
        }
        What::Number(_) | What::Text(_) | What::Minus(_) | What::Chain(..) => {
            // What is wrong inside is worth more.
            value(tree)?;
            return Err(fault(tree, "a filter says yes or no: compare this with something, as close > 100"));
        }
    })
}

fn named(node: &Node, name: &str) -> Result<&'static Field, Fault> {
    field(name).ok_or_else(|| {
        let known = FIELDS.iter().map(|field| field.name);
        let near = nearest(name, known).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        let quoted = if near.is_empty() { "; a text stands in quotes" } else { "" };
        fault(node, format!("there is no field {}{near}{quoted}", shortened(name)))
    })
}

fn value(node: &Node) -> Result<Value, Fault> {
    Ok(match &node.what {
        What::Number(value) => Value::Number(Number::Literal(*value)),
        What::Text(text) => Value::Literal(text.clone()),
        What::Name(name) => {
            let found = named(node, name)?;
            match found.words {
                Words::Number(_) => Value::Number(Number::Field(found)),
                Words::Text(..) => Value::Field(found),
            }
        }
        What::Minus(inner) => Value::Number(Number::Minus(Box::new(number(inner)?))),
        What::Chain(first, rest) => {
            let first = number(first)?;
            let rest = rest.iter().map(|(sign, node)| Ok((*sign, number(node)?)));
            Value::Number(Number::Chain(Box::new(first), rest.collect::<Result<_, Fault>>()?))
        }
        What::Compare(..) | What::Not(_) | What::All(_) | What::Any(_) => {
            checked(node)?;
            Value::Truth
        }
    })
}

fn number(node: &Node) -> Result<Number, Fault> {
    match value(node)? {
        Value::Number(number) => Ok(number),
        other => Err(fault(node, format!("a number is needed here, and this is {}", described(&other)))),
    }
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Number(_) => "a number",
        Value::Field(_) => "a word",
        Value::Literal(_) => "a text",
        Value::Truth => "a comparison",
    }
}

fn comparison(left: &Node, compare: Compare, right: &Node) -> Result<Test, Fault> {
    let equality = matches!(compare, Compare::Equal | Compare::Unequal);
    match (value(left)?, value(right)?) {
        (Value::Number(a), Value::Number(b)) => Ok(Test::Numbers(a, compare, b)),
        (Value::Truth, _) => Err(fault(left, ONCE)),
        (_, Value::Truth) => Err(fault(right, ONCE)),
        (Value::Field(of), Value::Literal(text)) if equality => word(of, compare, &text, right),
        (Value::Literal(text), Value::Field(of)) if equality => word(of, compare, &text, left),
        (Value::Field(a), Value::Field(b)) if equality => Ok(Test::SameWord(a, compare, b)),
        (Value::Literal(_), Value::Literal(_)) if equality => {
            Err(fault(left, "two texts are always the same or never; name a field, as sector"))
        }
        (Value::Number(_), other) => Err(fault(right, needs_number(&other))),
        (other, Value::Number(_)) if !equality => Err(fault(left, needs_number(&other))),
        (Value::Field(of), Value::Number(_)) => {
            Err(fault(right, format!("{} is a word: write {} = \"...\"", of.name, of.name)))
        }
        (other, Value::Number(_)) => Err(fault(left, needs_number(&other))),
        _ => {
            let reason = format!("words are the same or not: write = or != instead of {}", compare.as_str());
            Err(Fault::at(left.to, right.from, reason))
        }
    }
}

const ONCE: &str = "a comparison can not be compared; write and between the two";

fn needs_number(value: &Value) -> String {
    format!("a number is needed here, and this is {}", described(value))
}

fn word(of: &'static Field, compare: Compare, text: &str, at: &Node) -> Result<Test, Fault> {
    let Words::Text(_, vocabulary) = of.words else {
        return Err(fault(at, format!("{} is a number", of.name)));
    };
    match vocabulary.understood(text) {
        Some(word) => Ok(Test::Word(of, compare, word.to_lowercase())),
        None => {
            let words = vocabulary.words();
            let near = nearest(text, words.iter().copied());
            let reason = match (near, vocabulary) {
                (Some(near), _) => {
                    format!("there is no {} \"{}\"; did you mean \"{near}\"?", of.name, shortened(text))
                }
                (None, Vocabulary::Symbols) => "a symbol is 1 to 20 letters, digits or . ^ = -".to_string(),
                (None, Vocabulary::Any) => "the text is empty".to_string(),
                (None, _) => {
                    format!("there is no {} \"{}\"; there are {}", of.name, shortened(text), words.join(", "))
                }
            };
            Err(fault(at, reason))
        }
    }
}
