//! Whose prices are collected, and in which order: the core of the market, the starter list, what is watched, what is
//! held, and the exchange rates that portfolios are counted with. It asks nobody.

use super::Ingest;
use crate::{
    Result,
    portfolios::{pairs, rate},
    store,
};
use chrono::{DateTime, Utc};
use domain::{Bar, Symbol, market_core, portfolio::Currency, watchlist::STARTER_SYMBOLS};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

/// Watched symbols collected at most.
const MOST_WATCHED: i64 = 2_000;
/// Held symbols collected at most, counted once for each currency they were traded in.
const MOST_HELD: i64 = 10_000;

/// When each symbol had its turn, as far as this process knows: whoever waits longest comes first, so that nobody is
/// left out for ever where the time is too short for all.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<Symbol, DateTime<Utc>>>);

impl Turns {
    pub(crate) fn note(&self, symbol: &Symbol, at: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(symbol.clone(), at);
    }

    /// The last one.
    pub(crate) fn of(&self, symbol: &Symbol) -> Option<DateTime<Utc>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(symbol).copied()
    }
}

/// What the portfolios of all tenants name.
struct Held {
    symbols: Vec<Symbol>,
    /// Pounds, also where the price is in pence.
    currencies: BTreeSet<Currency>,
}

impl Ingest<'_> {
    /// Every symbol whose prices are collected, each once.
    pub(crate) async fn followed(&self) -> Result<Vec<Symbol>> {
        let mut all = market_core::symbols();
        all.extend(STARTER_SYMBOLS.iter().filter_map(|each| Symbol::parse(each)));
        let universe = self.0.universe().await?;
        let mut wanted = store::watchlists::watched(self.0.db(), MOST_WATCHED).await?;
        let held = self.held().await?;
        for from in &held.currencies {
            wanted.extend(held.currencies.iter().flat_map(|to| pairs(*from, *to)));
            wanted.extend(rate(*from).map(|rate| rate.symbol));
        }
        wanted.extend(held.symbols);
        // People may watch and hold what is theirs alone, or nobody's.
        all.extend(wanted.into_iter().filter(|symbol| universe.get(symbol).is_some()));
        let mut seen = HashSet::new();
        all.retain(|symbol| seen.insert(symbol.clone()));
        Ok(all)
    }

    async fn held(&self) -> Result<Held> {
        let universe = self.0.universe().await?;
        let (mut symbols, mut currencies) = (Vec::new(), BTreeSet::new());
        let whole = |of: Currency| of.hundredth_of().unwrap_or(of);
        for (symbol, paid_in) in store::transactions::held(self.0.db(), MOST_HELD).await? {
            let listed = symbol.as_ref().and_then(|symbol| universe.get(symbol));
            let quoted_in = listed.and_then(|each| Currency::parse(&each.currency));
            currencies.extend(quoted_in.into_iter().chain([paid_in]).map(whole));
            symbols.extend(symbol);
        }
        // Anybody can make up a code.
        currencies.retain(|of| *of == Currency::USD || rate(*of).is_some());
        Ok(Held { symbols, currencies })
    }

    /// Makes instruments of the exchange rates that portfolios need and nobody listed yet: only those have a history.
    pub(super) async fn list_rates(&self) -> Result<()> {
        let universe = self.0.universe().await?;
        let mut missing: Vec<_> = self.held().await?.currencies.into_iter().filter_map(rate).collect();
        missing.retain(|rate| universe.get(&rate.symbol).is_none());
        if missing.is_empty() {
            return Ok(());
        }
        let mut tx = self.0.db().begin().await?;
        store::instruments::upsert(&mut tx, &missing).await?;
        tx.commit().await?;
        self.0.memory().universe.invalidate_all();
        Ok(())
    }

    /// Those first that had their turn longest ago; among those without one, whose history ended first.
    pub(super) async fn stalest_first(&self, mut symbols: Vec<Symbol>) -> Result<Vec<Symbol>> {
        let (recent, turns) = (self.0.recent().await?, &self.0.memory().bar_turns);
        symbols.sort_by_cached_key(|symbol| (turns.of(symbol), recent.tail(symbol).last().map(Bar::date)));
        Ok(symbols)
    }
}
