//! How a number is made, as its readers are told. The words are those of the doc comments beside the code that makes it.

use serde::{Deserialize, Serialize};

/// A part of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Block {
    /// A paragraph; what stands between backticks is a formula or a name.
    Words(String),
    /// A worked example, which the tests run.
    Example(String),
}

/// How one figure is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct How {
    /// Names it in addresses: `rsi`.
    pub anchor: String,
    /// What people call it.
    pub name: String,
    /// What it belongs to, as `Indicators`.
    pub group: String,
    /// The file it is made in.
    pub source: String,
    /// Its explanation, in the order it is read.
    pub blocks: Vec<Block>,
}

impl How {
    /// Whether every word of a question stands somewhere in it, whatever their case.
    ///
    /// ```
    /// use domain::how::{Block, How};
    /// let how = How {
    ///     anchor: "rsi".into(), name: "RSI".into(), group: "Indicators".into(), source: "rsi.rs".into(),
    ///     blocks: vec![Block::Words("Wilder's smoothing of gains and losses".into())],
    /// };
    /// assert!(how.answers("wilder GAINS") && how.answers(""));
    /// assert!(!how.answers("wilder volume"));
    /// ```
    pub fn answers(&self, question: &str) -> bool {
        let mut all = format!("{} {} {}", self.name, self.group, self.anchor).to_lowercase();
        for Block::Words(text) | Block::Example(text) in &self.blocks {
            all.push(' ');
            all.push_str(&text.to_lowercase());
        }
        question.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }
}

/// The doc comments of a Rust source: those of the module, and those above `item`, a line of code as
/// `pub fn year_range`; `None` where the source has no such line or it has no comment. Hidden lines of examples are
/// left out, and links are words.
///
/// ```
/// use domain::how::{Block, told};
/// let source = "//! A mean.\n\n/// The sum over the [`count`].\n///\n/// ```\n/// # use x;\n/// mean(2);\n/// ```\n#[inline]\npub fn mean() {}";
/// let blocks = told(source, "pub fn mean").unwrap();
/// assert_eq!(blocks[0], Block::Words("A mean.".into()));
/// assert_eq!(blocks[1], Block::Words("The sum over the `count`.".into()));
/// assert_eq!(blocks[2], Block::Example("mean(2);".into()));
/// assert!(told(source, "pub fn median").is_none());
/// ```
pub fn told(source: &str, item: &str) -> Option<Vec<Block>> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let is_item = |line: &&str| {
        line.strip_prefix(item)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let at = lines.iter().position(is_item)?;
    let above = lines[..at].iter().rev();
    let mut own: Vec<&str> =
        above.take_while(|line| line.starts_with("///") || line.starts_with("#[")).copied().collect();
    own.retain(|line| line.starts_with("///"));
    own.reverse();
    if own.is_empty() {
        return None;
    }
    let module = lines.iter().take_while(|line| line.starts_with("//!")).copied();
    let mut blocks = blocks(module.map(|line| &line[3..]));
    blocks.extend(self::blocks(own.into_iter().map(|line| &line[3..])));
    Some(blocks)
}

/// Paragraphs and examples of a comment without its slashes.
fn blocks<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut words, mut example) = (String::new(), None::<Vec<&str>>);
    for line in lines {
        let line = line.strip_prefix(' ').unwrap_or(line);
        if line.trim_start().starts_with("```") {
            match example.take() {
                Some(code) => blocks.push(Block::Example(code.join("\n"))),
                None => {
                    finish(&mut words, &mut blocks);
                    example = Some(Vec::new());
                }
            }
        } else if let Some(code) = &mut example {
            if line != "#" && !line.starts_with("# ") {
                code.push(line);
            }
        } else if line.trim().is_empty() || line.starts_with("- ") {
            finish(&mut words, &mut blocks);
            words.push_str(line.trim());
        } else {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(line.trim());
        }
    }
    finish(&mut words, &mut blocks);
    blocks
}

fn finish(words: &mut String, blocks: &mut Vec<Block>) {
    if !words.is_empty() {
        blocks.push(Block::Words(plain(&std::mem::take(words))));
    }
}

/// Links of a doc comment as their words: ``[`Sma`](super::Sma)`` and ``[`super::Sma`]`` are `Sma`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else { break };
        let short = name.rsplit("::").next().unwrap_or(name);
        plain += &format!("{before}`{short}`");
        rest = match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    plain + rest
}
