//! Sample headlines: written for Candlewick to show the place of news, labelled as samples, leading nowhere.

use super::{files, market_close};
use crate::sentiment;
use chrono::Duration;
use domain::{Symbol, news::Article, sentiment::Label, source::Source};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

const PUBLISHER: &str = "Candlewick sample";

#[derive(Deserialize)]
struct Row {
    symbol: Option<Symbol>,
    title: String,
    description: Option<String>,
    /// Before the close of the market date.
    hours_before: i64,
}

/// The samples, scored, newest first.
pub fn headlines() -> Vec<Article> {
    let mut articles: Vec<Article> = files::table("headlines.csv").into_iter().map(article).collect();
    articles.sort_by_key(|article| std::cmp::Reverse(article.published_at));
    articles
}

fn article(row: Row) -> Article {
    let score = sentiment::compound(&row.title);
    Article {
        id: id(&row.title),
        symbol: row.symbol,
        also: Vec::new(),
        title: row.title,
        description: row.description,
        publisher: PUBLISHER.to_string(),
        url: None,
        published_at: market_close() - Duration::hours(row.hours_before),
        score,
        label: Label::of(score),
        source: Source::Sample,
        fetched_at: None,
    }
}

/// Made of the title, so that loading twice gives the same article.
fn id(title: &str) -> Uuid {
    let hash = Sha256::digest(title);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sentiment::Mood;
    use std::collections::HashSet;

    const STARTERS: [&str; 6] = ["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "NVDA"];

    #[test]
    fn starter_symbols_have_ten_headlines_each_for_a_full_mood() {
        let all = headlines();
        for symbol in STARTERS {
            let own = all.iter().filter(|a| a.symbol.as_ref().is_some_and(|s| s.as_str() == symbol));
            assert_eq!(own.count(), 10, "{symbol}");
        }
        assert!(all.iter().any(|article| article.symbol.is_none()));
    }

    #[test]
    fn samples_say_so_and_lead_nowhere() {
        for article in headlines() {
            assert_eq!((article.source, article.publisher.as_str()), (Source::Sample, PUBLISHER));
            assert!(article.url.is_none() && article.published_at <= market_close());
            assert!(article.description.is_some_and(|text| text.starts_with("Sample text:")));
        }
    }

    #[test]
    fn ids_differ_and_stay_the_same_when_loaded_twice() {
        let ids: Vec<Uuid> = headlines().iter().map(|article| article.id).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        assert_eq!(headlines().iter().map(|article| article.id).collect::<Vec<_>>(), ids);
    }

    #[test]
    fn moods_of_every_kind_are_there() {
        for label in [Label::Positive, Label::Neutral, Label::Negative] {
            assert!(headlines().iter().filter(|article| article.label == label).count() >= 8, "{label:?}");
        }
        let mood = |symbol: &str| {
            let own =
                headlines().into_iter().filter(|a| a.symbol.as_ref().is_some_and(|s| s.as_str() == symbol));
            Mood::of(&own.map(|article| article.score).collect::<Vec<_>>()).unwrap().label
        };
        assert_eq!(
            (mood("NVDA"), mood("GOOG"), mood("TSLA")),
            (Label::Positive, Label::Neutral, Label::Negative)
        );
    }
}
