//! All instruments in memory, in order, with what a search needs.

use crate::{Engine, Result, memory::remembered, store};
use domain::{Instrument, Symbol};
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// Every instrument by symbol, and the search index over them.
#[derive(Debug, Default)]
pub struct Universe {
    by_symbol: BTreeMap<Symbol, Instrument>,
    pub(crate) index: Vec<Entry>,
}

/// What a search looks at, folded once.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) symbol: Symbol,
    /// Without what nobody types, as the caret of an index.
    pub(crate) plain: String,
    pub(crate) name: String,
    pub(crate) words: Vec<String>,
    /// Has prices: goes before what has none.
    pub(crate) priced: bool,
}

/// Lower case, with everything that is no letter, digit or `&` as a space.
pub(crate) fn fold(text: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '&' { c } else { ' ' };
    text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’')).map(plain).collect()
}

impl Universe {
    /// The universe of these instruments; `priced` are those with a history.
    pub fn new(instruments: Vec<Instrument>, priced: &HashSet<Symbol>) -> Universe {
        let by_symbol: BTreeMap<Symbol, Instrument> =
            instruments.into_iter().map(|each| (each.symbol.clone(), each)).collect();
        let index = by_symbol
            .values()
            .map(|each| {
                let name = fold(&each.name);
                Entry {
                    symbol: each.symbol.clone(),
                    plain: each.symbol.as_str().to_lowercase().trim_start_matches('^').to_string(),
                    words: name.split_whitespace().map(str::to_string).collect(),
                    name,
                    priced: priced.contains(&each.symbol),
                }
            })
            .collect();
        Universe { by_symbol, index }
    }

    /// One of them.
    pub fn get(&self, symbol: &Symbol) -> Option<&Instrument> {
        self.by_symbol.get(symbol)
    }

    /// All of them, by symbol.
    pub fn iter(&self) -> impl Iterator<Item = &Instrument> {
        self.by_symbol.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_symbol.len()
    }

    /// True before any data was loaded.
    pub fn is_empty(&self) -> bool {
        self.by_symbol.is_empty()
    }
}

impl Engine {
    pub(crate) async fn universe(&self) -> Result<Arc<Universe>> {
        let load = async {
            let instruments = store::instruments::all(self.db()).await?;
            let priced = self.recent().await?.symbols().cloned().collect();
            Ok(Arc::new(Universe::new(instruments, &priced)))
        };
        remembered(&self.memory().universe, load).await
    }
}
