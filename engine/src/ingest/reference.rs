//! What companies and funds are called, where they trade and what they do, as a provider's search tells it.
//!
//! What it does not tell stays as it is known, and a symbol that it does not find stays whole: a search that finds nothing
//! does not say that there is nothing any more.

use super::{Ingest, tally::Outcome};
use crate::{
    Error, Result,
    provider::{ProviderError, Urgency},
    store,
};
use chrono::{DateTime, Utc};
use domain::{
    Instrument, Kind, Symbol,
    etl::EtlSource,
    quality::{Dimension, Scores},
    search::Hit,
};
use std::collections::HashMap;

/// Symbols asked about in a run: each is a request, and the next run goes on.
const MOST: usize = 200;

impl Ingest<'_> {
    /// Followed companies and funds, those first that were asked about longest ago. Indices and rates have names of
    /// our own.
    pub(super) async fn reference_subjects(&self) -> Result<Vec<Symbol>> {
        let (universe, turns) = (self.0.universe().await?, &self.0.memory().reference_turns);
        // Also what other processes and earlier ones did.
        let stored: HashMap<String, DateTime<Utc>> =
            store::quality::collected(self.0.db(), EtlSource::Reference).await?.into_iter().collect();
        let is_asked = |each: &Instrument| matches!(each.kind, Kind::Equity | Kind::Etf);
        let mut symbols = self.followed().await?;
        symbols.retain(|symbol| universe.get(symbol).is_some_and(is_asked));
        symbols.sort_by_cached_key(|symbol| turns.of(symbol).max(stored.get(symbol.as_str()).copied()));
        symbols.truncate(MOST);
        Ok(symbols)
    }

    /// provider -> store, for one symbol.
    pub(super) async fn reference(&self, subject: &str, urgency: Urgency) -> Result<Outcome> {
        let symbol = Symbol::parse(subject).ok_or(Error::NotFound("the symbol"))?;
        let known = self.instrument(&symbol).await?;
        let hit = self.described(&symbol, urgency).await?;
        let (mut outcome, mut described) = (Outcome::default(), known.clone());
        if let Some(hit) = hit {
            outcome.read = 1;
            // Symbols are given to others once they are free.
            if hit.kind == known.kind || !is_named(&known) {
                outcome.accepted = 1;
                describe(&mut described, hit);
            } else {
                outcome.rejected = 1;
                let (told, is) = (hit.kind.as_str(), known.kind.as_str());
                outcome.warning = Some(format!("is told as {told} and known as {is}"));
            }
        }
        outcome.upserted = u64::from(described != known);
        outcome.scores = scores(&described);
        let mut tx = self.0.db().begin().await?;
        if outcome.upserted > 0 {
            store::instruments::upsert(&mut tx, std::slice::from_ref(&described)).await?;
        }
        let (now, subject) = (self.0.clock().now(), symbol.as_str());
        store::quality::set_subject(&mut tx, EtlSource::Reference, subject, now, &outcome.scores).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    /// What the search says of a symbol now; `None` where it does not know it.
    async fn described(&self, symbol: &Symbol, urgency: Urgency) -> Result<Option<Hit>> {
        let answer = self.0.providers().search(symbol.as_str(), urgency).await;
        let trouble = answer.as_ref().map_or_else(Some, |fetched| fetched.stands_in.as_ref());
        if trouble.is_none_or(ProviderError::is_of_the_question) {
            self.0.memory().reference_turns.note(symbol, self.0.clock().now());
        }
        let fetched = match answer {
            Err(ProviderError::NotFound) => return Ok(None),
            answer => answer?,
        };
        match fetched.stands_in {
            Some(error) => Err(error.into()),
            None => Ok(fetched.value.into_iter().find(|hit| hit.symbol == *symbol)),
        }
    }
}

/// Whether it has a name beside its symbol; one that nobody could describe when it was added has none.
fn is_named(instrument: &Instrument) -> bool {
    instrument.name != instrument.symbol.as_str()
}

/// Takes over what is told, and nothing that is left out.
fn describe(instrument: &mut Instrument, hit: Hit) {
    let told =
        |words: Option<String>| words.map(|words| words.trim().to_string()).filter(|it| !it.is_empty());
    // Where a search has no name it gives the symbol.
    if let Some(name) = told(Some(hit.name)).filter(|name| name != instrument.symbol.as_str()) {
        instrument.name = name;
    }
    instrument.kind = hit.kind;
    instrument.sector = hit.sector.or(instrument.sector);
    instrument.industry = told(hit.industry).or(instrument.industry.take());
    instrument.exchange = told(hit.exchange).or(instrument.exchange.take());
}

/// Of what is known now: a name, and of a company its sector.
fn scores(instrument: &Instrument) -> Scores {
    let complete = is_named(instrument) && (instrument.kind != Kind::Equity || instrument.sector.is_some());
    let mut scores = Scores::default();
    scores.count(Dimension::Completeness, 1, u64::from(!complete));
    scores
}
