//! Tokens to a tree, by recursive descent.

use super::{
    Fault, MAX_DEPTH,
    lexer::{Compare, Kind, Token},
};

/// A part of a filter and where it stands, in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) what: What,
    pub(super) from: usize,
    pub(super) to: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Number(f64),
    Text(String),
    Name(String),
    Minus(Box<Node>),
    /// First and then what is added, subtracted, multiplied or divided: a chain is as deep as one.
    Chain(Box<Node>, Vec<(Sign, Node)>),
    Compare(Box<Node>, Compare, Box<Node>),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// The tree of a whole filter; `end` is the length of the text.
pub(super) fn parse(tokens: &[Token], end: usize) -> Result<Node, Fault> {
    if tokens.is_empty() {
        return Err(Fault::at(end, end, "write a comparison, as rsi14 < 30"));
    }
    let mut parser = Parser { tokens, at: 0, end, depth: 0 };
    let tree = parser.any()?;
    match parser.peek() {
        None => Ok(tree),
        Some(token) => Err(leftover(token, tokens[..parser.at].last())),
    }
}

fn leftover(token: &Token, before: Option<&Token>) -> Fault {
    let reason = match (&token.kind, before.map(|before| &before.kind)) {
        (Kind::Close, _) => "there is no ( for this )".to_string(),
        (Kind::Compare(_), _) => {
            "one comparison at a time: write close > low20 and close < high20".to_string()
        }
        (Kind::Name(_) | Kind::Number(_) | Kind::Text(_) | Kind::Open, _) => {
            "and or or is missing before this".to_string()
        }
        _ => "this does not belong here".to_string(),
    };
    Fault::at(token.from, token.to, reason)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Steps over a word if it is the next.
    fn takes(&mut self, word: &str) -> bool {
        let is = self.peek().is_some_and(|token| token.is(word));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Node, Fault> {
        self.list("or", Parser::all, What::Any)
    }

    fn all(&mut self) -> Result<Node, Fault> {
        self.list("and", Parser::one, What::All)
    }

    fn list(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Node, Fault>,
        made: fn(Vec<Node>) -> What,
    ) -> Result<Node, Fault> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.takes(word) {
            parts.push(part(self)?);
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0));
        }
        let (from, to) = (parts[0].from, self.tokens[self.at - 1].to);
        Ok(Node { what: made(parts), from, to })
    }

    fn one(&mut self) -> Result<Node, Fault> {
        if let Some(token) = self.peek().filter(|token| token.is("not")) {
            let (from, to) = (token.from, token.to);
            self.at += 1;
            let inner = self.deeper(from, to, Parser::one)?;
            let end = inner.to;
            return Ok(Node { what: What::Not(Box::new(inner)), from, to: end });
        }
        let left = self.sum()?;
        let Some(&Token { kind: Kind::Compare(compare), .. }) = self.peek() else { return Ok(left) };
        self.at += 1;
        let right = self.sum()?;
        let (from, to) = (left.from, right.to);
        Ok(Node { what: What::Compare(Box::new(left), compare, Box::new(right)), from, to })
    }

    fn sum(&mut self) -> Result<Node, Fault> {
        self.chain(Parser::product, |kind| match kind {
            Kind::Plus => Some(Sign::Plus),
            Kind::Minus => Some(Sign::Minus),
            _ => None,
        })
    }

    fn product(&mut self) -> Result<Node, Fault> {
        self.chain(Parser::part, |kind| match kind {
            Kind::Times => Some(Sign::Times),
            Kind::Over => Some(Sign::Over),
            _ => None,
        })
    }

    fn chain(
        &mut self,
        part: fn(&mut Self) -> Result<Node, Fault>,
        sign: fn(&Kind) -> Option<Sign>,
    ) -> Result<Node, Fault> {
        let first = part(self)?;
        let mut rest = Vec::new();
        while let Some(sign) = self.peek().and_then(|token| sign(&token.kind)) {
            self.at += 1;
            rest.push((sign, part(self)?));
        }
        let Some((_, last)) = rest.last() else { return Ok(first) };
        let (from, to) = (first.from, last.to);
        Ok(Node { what: What::Chain(Box::new(first), rest), from, to })
    }

    fn part(&mut self) -> Result<Node, Fault> {
        let Some(token) = self.peek() else {
            return Err(Fault::at(
                self.end,
                self.end,
                "something is missing at the end: a field or a number",
            ));
        };
        let (from, to) = (token.from, token.to);
        let what = match &token.kind {
            Kind::Number(value) => What::Number(*value),
            Kind::Text(text) => What::Text(text.clone()),
            Kind::Name(_) if ["and", "or", "not"].iter().any(|word| token.is(word)) => {
                return Err(Fault::at(from, to, "a field or a number is missing before this"));
            }
            Kind::Name(name) => What::Name(name.clone()),
            Kind::Minus => {
                self.at += 1;
                let inner = self.deeper(from, to, Parser::part)?;
                let end = inner.to;
                return Ok(Node { what: What::Minus(Box::new(inner)), from, to: end });
            }
            Kind::Open => {
                self.at += 1;
                let inner = self.deeper(from, to, Parser::any)?;
                return match self.peek() {
                    Some(Token { kind: Kind::Close, to, .. }) => {
                        let to = *to;
                        self.at += 1;
                        Ok(Node { what: inner.what, from, to })
                    }
                    Some(token) => Err(match leftover(token, None) {
                        fault if matches!(token.kind, Kind::Compare(_)) => fault,
                        fault => Fault { reason: "and, or or ) is missing before this".into(), ..fault },
                    }),
                    None => Err(Fault::at(from, to, "there is no ) for this (")),
                };
            }
            Kind::Close => return Err(Fault::at(from, to, "a field or a number is missing before this )")),
            _ => return Err(Fault::at(from, to, "a field or a number is missing before this")),
        };
        self.at += 1;
        Ok(Node { what, from, to })
    }

    fn deeper(
        &mut self,
        from: usize,
        to: usize,
        part: fn(&mut Self) -> Result<Node, Fault>,
    ) -> Result<Node, Fault> {
        if self.depth == MAX_DEPTH {
            return Err(Fault::at(from, to, format!("no more than {MAX_DEPTH} levels within each other")));
        }
        self.depth += 1;
        let inner = part(self);
        self.depth -= 1;
        inner
    }
}
