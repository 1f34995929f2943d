//! Finding an instrument by what a person types: symbol prefix, then name words.

use crate::{
    Engine, Result,
    provider::{Capability, Urgency},
    universe::{Entry, Universe, fold},
};
use domain::{
    Kind, Symbol,
    search::{Found, Hit, MIN_CHARS, StandIn},
};
use std::time::Duration;

/// How long a search waits for a provider.
const PATIENCE: Duration = Duration::from_secs(3);
/// Longer texts are not sent to a provider.
const LONGEST_ASKED: usize = 40;

/// The search of an [`Engine`].
pub struct Search<'a>(&'a Engine);

impl Engine {
    /// Finding instruments.
    pub fn search(&self) -> Search<'_> {
        Search(self)
    }
}

impl Search<'_> {
    /// The best `limit` answers, best first; none for less than [`MIN_CHARS`] characters. Where nothing matches here,
    /// what a provider knows; and what nobody knows but could be a symbol is answered with itself. Neither is `known`.
    pub async fn find(&self, text: &str, limit: usize) -> Result<Vec<Hit>> {
        Ok(self.look(text, limit).await?.0)
    }

    /// [`Search::find`], and how old the answer of a provider is where it is not of now.
    async fn look(&self, text: &str, limit: usize) -> Result<(Vec<Hit>, Option<StandIn>)> {
        let universe = self.0.universe().await?;
        let hits = universe.find(text, limit);
        if !hits.is_empty() || text.trim().chars().count() < MIN_CHARS {
            return Ok((hits, None));
        }
        let (mut hits, stand_in) = self.outside(text).await;
        hits.truncate(limit);
        for hit in &mut hits {
            hit.known = universe.get(&hit.symbol).is_some();
        }
        if let Some(symbol) =
            Symbol::parse(text).filter(|symbol| hits.iter().all(|hit| hit.symbol != *symbol))
        {
            let name = symbol.to_string();
            hits.push(Hit::stranger(symbol, name, Kind::Equity));
        }
        Ok((hits, stand_in))
    }

    /// [`Search::find`] for somebody who may add what is not known: where nothing can be added, it is left out.
    pub async fn found(&self, text: &str, limit: usize) -> Result<Found> {
        let (mut hits, stand_in) = self.look(text, limit).await?;
        let no_new_symbols = self.0.no_new_symbols().map(str::to_string);
        if no_new_symbols.is_some() {
            hits.retain(|hit| hit.known);
        }
        Ok(Found { hits, no_new_symbols, stand_in })
    }

    /// What a provider knows; nothing where nobody can be asked or answers soon. A person is typing. With its age where it
    /// is the last good answer of a provider that does not answer now.
    async fn outside(&self, text: &str) -> (Vec<Hit>, Option<StandIn>) {
        let engine = self.0;
        let words = text.trim();
        if !engine.market().is_live()
            || !engine.providers().offers(Capability::Search)
            || words.chars().count() > LONGEST_ASKED
        {
            return (Vec::new(), None);
        }
        let asked = engine.providers().search(words, Urgency::Manual);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(fetched)) => {
                let (told_at, asked_at) = (fetched.fetched_at, engine.clock().now());
                (fetched.value, fetched.stands_in.map(|_| StandIn { told_at, asked_at }))
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "a provider could not be searched");
                (Vec::new(), None)
            }
            Err(_) => (Vec::new(), None),
        }
    }
}

impl Universe {
    /// What matches the text, best first.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Hit> {
        let symbol = text.trim().to_lowercase();
        if symbol.chars().count() < MIN_CHARS {
            return Vec::new();
        }
        let plain = symbol.trim_start_matches('^');
        let folded = fold(text);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let phrase = words.join(" ");
        let mut found: Vec<(Rank, &Entry)> = self
            .index
            .iter()
            .filter_map(|entry| Some((rank(entry, plain, &phrase, &words)?, entry)))
            .collect();
        let order = |(rank, entry): &(Rank, &Entry)| (*rank, !entry.priced, entry.plain.len());
        found.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.1.symbol.cmp(&b.1.symbol)));
        let hit = |entry: &Entry| {
            let each = self.get(&entry.symbol)?;
            let (exchange, sector, industry) = (each.exchange.clone(), each.sector, each.industry.clone());
            let hit = Hit::stranger(each.symbol.clone(), each.name.clone(), each.kind);
            Some(Hit { exchange, known: true, sector, industry, ..hit })
        };
        found.into_iter().take(limit).filter_map(|(_, entry)| hit(entry)).collect()
    }
}

/// Why something matches, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Symbol,
    SymbolPrefix,
    NamePrefix,
    NameWords,
    NamePart,
}

fn rank(entry: &Entry, symbol: &str, phrase: &str, words: &[&str]) -> Option<Rank> {
    if !symbol.is_empty() && entry.plain == symbol {
        return Some(Rank::Symbol);
    }
    if !symbol.is_empty() && entry.plain.starts_with(symbol) {
        return Some(Rank::SymbolPrefix);
    }
    if words.is_empty() {
        return None;
    }
    if entry.name.starts_with(phrase) {
        return Some(Rank::NamePrefix);
    }
    if words.iter().all(|word| entry.words.iter().any(|of_name| of_name.starts_with(word))) {
        return Some(Rank::NameWords);
    }
    (phrase.chars().count() > MIN_CHARS && entry.name.contains(phrase)).then_some(Rank::NamePart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::company;
    use std::collections::HashSet;

    fn universe() -> Universe {
        let one = |symbol: &str, name: &str| company(Symbol::parse(symbol).unwrap(), name);
        let all = vec![
            one("MA", "Mastercard Incorporated"),
            one("MAR", "Marriott International"),
            one("MSFT", "Microsoft Corporation"),
            one("MCD", "McDonald's Corporation"),
            one("GOOG", "Alphabet Inc. Class C"),
            one("GOOGL", "Alphabet Inc. Class A"),
            one("^GSPC", "S&P 500"),
            one("BRK-B", "Berkshire Hathaway"),
            one("EMA", "Emera Incorporated"),
        ];
        Universe::new(all, &HashSet::from([Symbol::parse("GOOG").unwrap()]))
    }

    fn found(text: &str) -> Vec<String> {
        universe().find(text, 10).into_iter().map(|hit| hit.symbol.to_string()).collect()
    }

    #[test]
    fn a_symbol_goes_before_its_prefixes_and_these_before_names() {
        assert_eq!(found("ma"), ["MA", "MAR"]);
        assert_eq!(found("MAS"), ["MA"]);
        assert_eq!(found("goo"), ["GOOG", "GOOGL"]);
    }

    #[test]
    fn names_are_found_by_their_words_in_any_order_and_case() {
        assert_eq!(found("class alphabet"), ["GOOG", "GOOGL"]);
        assert_eq!(found("hathaway"), ["BRK-B"]);
        assert_eq!(found("mcdonalds"), ["MCD"]);
        assert_eq!(found("corporation"), ["MCD", "MSFT"]);
    }

    #[test]
    fn indices_are_found_with_and_without_their_caret_and_by_name() {
        assert_eq!(found("^gspc"), ["^GSPC"]);
        assert_eq!(found("gspc"), ["^GSPC"]);
        assert_eq!(found("s&p"), ["^GSPC"]);
    }

    #[test]
    fn hostile_and_short_texts_find_nothing() {
        for text in ["", " ", "m", "%%", "'; drop table instruments; --", "\u{0}\u{0}", "ÿÿÿÿ", "^^"] {
            assert!(found(text).is_empty(), "{text:?}");
        }
        assert!(found(&"x".repeat(100_000)).is_empty());
    }
}
