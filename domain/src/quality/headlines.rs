//! Headlines: complete, dated, and told once.

use super::{Dimension, Judged, Rule, Scores};
use crate::news::Headline;
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeSet, HashMap};

/// What became of headlines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Those worth a judgement, in the order told.
    pub headlines: Vec<Judged<Headline>>,
    /// Told before, under the same address or nearly the same title: dropped, and nobody's fault.
    pub repeated: u64,
    /// Counts per dimension.
    pub scores: Scores,
}

/// Titles and addresses seen already, numbered in the order seen.
#[derive(Debug, Default)]
pub struct Seen {
    urls: HashMap<String, usize>,
    titles: Vec<BTreeSet<String>>,
    /// Which titles have a word among those of [`first_words`].
    by_word: HashMap<String, Vec<usize>>,
}

impl Seen {
    /// Remembers one; false when it repeats an earlier one.
    pub fn insert(&mut self, title: &str, url: Option<&str>) -> bool {
        let known = self.find(title, url).is_some();
        if !known {
            self.remember(title, url);
        }
        !known
    }

    /// The number of the story this one repeats, by address or nearly the same title.
    pub fn find(&self, title: &str, url: Option<&str>) -> Option<usize> {
        let by_url = url.and_then(|url| self.urls.get(&address(url)));
        by_url.copied().or_else(|| self.find_title(&words(title)))
    }

    /// Remembers one, repeated or not, and gives its number.
    pub fn remember(&mut self, title: &str, url: Option<&str>) -> usize {
        let number = self.titles.len();
        if let Some(url) = url {
            self.urls.entry(address(url)).or_insert(number);
        }
        let words = words(title);
        for word in first_words(&words) {
            self.by_word.entry(word.clone()).or_default().push(number);
        }
        self.titles.push(words);
        number
    }

    fn find_title(&self, words: &BTreeSet<String>) -> Option<usize> {
        let candidates = first_words(words).filter_map(|word| self.by_word.get(word)).flatten();
        candidates.copied().filter(|number| nearly_equal(words, &self.titles[*number])).min()
    }
}

/// Words that any nearly equal title has at least one of among its own such: of two sets that share a part of
/// [`ALIKE`] or more, put in one order, the beginnings can only be disjoint where they are shorter than this (prefix
/// filtering; Chaudhuri, Ganti, Kaushik, 2006). So a title is held against few others instead of all.
fn first_words(words: &BTreeSet<String>) -> impl Iterator<Item = &String> {
    let shared_at_least = (ALIKE * words.len() as f64 - 1e-9).ceil() as usize;
    words.iter().take(words.len() - shared_at_least.min(words.len()) + 1)
}

/// How much of two titles has to be the same words for them to be one story, told twice.
const ALIKE: f64 = 0.85;

/// Whether two titles are nearly equal: nearly all of their words are in both. Where one word stands in the place of
/// another it is what the story is about, however long the titles are.
///
/// ```
/// use domain::quality::headlines::same_story;
/// assert!(same_story("Apple shares fall 3% after supplier warning", "Apple Shares Fall 3% After Supplier Warning - Wire"));
/// assert!(!same_story("Apple shares fall 3%", "Apple shares rise 3%"));
/// ```
pub fn same_story(a: &str, b: &str) -> bool {
    nearly_equal(&words(a), &words(b))
}

fn nearly_equal(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    let one_replaced = a.len() == b.len() && both + 1 == a.len();
    all > 0 && both as f64 / all as f64 >= ALIKE && !one_replaced
}

fn words(title: &str) -> BTreeSet<String> {
    let split = title.split(|letter: char| !(letter.is_alphanumeric() || letter == '%'));
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// An address without what only says how the reader came to it.
fn address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("utm_") && !part.starts_with(".tsrc"))
        .collect();
    let base = base.trim_end_matches('/');
    let base = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://")).unwrap_or(base);
    if kept.is_empty() { base.to_string() } else { format!("{base}?{}", kept.join("&")) }
}

/// Judges headlines; `seen` holds those of the store and learns the new ones.
pub fn judge(headlines: &[Headline], seen: &mut Seen, now: DateTime<Utc>) -> Report {
    let mut report = Report::default();
    for headline in headlines {
        if !headline.title.trim().is_empty() && !seen.insert(&headline.title, headline.url.as_deref()) {
            report.repeated += 1;
            continue;
        }
        let mut row = Judged::new(headline.clone());
        if headline.title.trim().is_empty() {
            row.reject(Rule::MissingField, "no title");
        } else if headline
            .url
            .as_deref()
            .is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://"))
        {
            row.reject(Rule::Range, "an address that is no web page");
        } else if headline.published_at > now + Duration::days(1) {
            row.reject(Rule::Range, "published in the future");
        }
        report.headlines.push(row);
    }
    report.scores.records(&report.headlines);
    if let Some(newest) = headlines.iter().map(|each| each.published_at).max() {
        report.scores.count(Dimension::Timeliness, 1, u64::from(now - newest > Duration::days(7)));
    }
    report
}
