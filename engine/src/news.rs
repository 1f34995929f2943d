//! Headlines and moods.

use crate::{Engine, Result, store};
use chrono::Duration;
use domain::{
    Event, Symbol,
    event::SentimentTick,
    news::{Article, Found, Place, Search},
    sentiment::{Analyser, DayMood, Mood},
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::{articles::Scored, moods::Told};

/// The news of an [`Engine`].
pub struct News<'a>(&'a Engine);

impl Engine {
    /// Headlines and moods.
    pub fn news(&self) -> News<'_> {
        News(self)
    }
}

/// The latest headlines of a symbol, as far as its mood is made of them.
pub(crate) struct Basis {
    pub(crate) symbol: Symbol,
    /// Newest first, at most [`Mood::WINDOW`].
    pub(crate) headlines: Vec<Scored>,
}

impl Basis {
    /// Names these headlines in this order.
    pub(crate) fn name(&self) -> String {
        let mut hash = Sha256::new();
        for headline in &self.headlines {
            hash.update(headline.id.as_bytes());
        }
        crate::hex::hex(&hash.finalize()[..16])
    }

    /// How they sound by VADER.
    pub(crate) fn mood(&self) -> Option<Mood> {
        Mood::of(&self.headlines.iter().map(|headline| headline.score).collect::<Vec<_>>())
    }
}

impl News<'_> {
    /// The latest stories of all, newest first, each once.
    pub async fn latest(&self, limit: u32) -> Result<Vec<Article>> {
        store::articles::find(self.0.db(), &Search { limit, ..Search::default() }).await
    }

    /// The latest headlines about a symbol, newest first.
    pub async fn of(&self, symbol: &Symbol, limit: u32) -> Result<Vec<Article>> {
        let search = Search { symbol: Some(symbol.clone()), limit, ..Search::default() };
        store::articles::find(self.0.db(), &search).await
    }

    /// The articles looked for, and where the next ones begin.
    pub async fn find(&self, mut search: Search) -> Result<Found> {
        let page = search.limit as usize;
        // One more than asked tells whether there is another page.
        search.limit += 1;
        let mut articles = store::articles::find(self.0.db(), &search).await?;
        let more = articles.len() > page;
        articles.truncate(page);
        let place = |last: &Article| Place { published_at: last.published_at, id: last.id };
        Ok(Found { next: articles.last().filter(|_| more).map(place), articles })
    }

    /// How the headlines about a symbol, or all stories, sounded on each of the last 30 days of market time that has
    /// any, oldest first; by VADER.
    pub async fn trend(&self, symbol: Option<&Symbol>) -> Result<Vec<DayMood>> {
        let now = self.0.market().now();
        let after = now - Duration::days(DayMood::DAYS);
        let scores = store::articles::scores_between(self.0.db(), symbol, after, now).await?;
        Ok(DayMood::of(scores.into_iter().map(|(at, score)| (at.date_naive(), score))))
    }

    /// The moods of symbols in the order asked; those without headlines are left out. What an analyser said counts
    /// as long as it said it of the very headlines that are the latest; else VADER speaks.
    pub async fn mood(&self, symbols: &[Symbol]) -> Result<Vec<(Symbol, Mood)>> {
        let bases = self.bases(symbols).await?;
        let told = match self.0.analyser() {
            Some(_) => store::moods::of(self.0.db(), symbols).await?,
            None => Vec::new(),
        };
        let told: HashMap<&Symbol, &Told> = told.iter().map(|told| (&told.symbol, told)).collect();
        let of = |basis: &Basis| {
            let judged = told.get(&basis.symbol).filter(|told| stands(told, basis));
            let mood = judged.map(|told| told.mood.clone()).or_else(|| basis.mood())?;
            Some((basis.symbol.clone(), mood))
        };
        Ok(bases.iter().filter_map(of).collect())
    }

    /// What the moods of symbols are made of, in the order asked; those without headlines are left out.
    pub(crate) async fn bases(&self, symbols: &[Symbol]) -> Result<Vec<Basis>> {
        let found = store::articles::scores(self.0.db(), symbols, Mood::WINDOW as i64).await?;
        let mut found: HashMap<Symbol, Vec<Scored>> = found.into_iter().collect();
        let of = |symbol: &Symbol| {
            let (symbol, headlines) = found.remove_entry(symbol)?;
            Some(Basis { symbol, headlines })
        };
        Ok(symbols.iter().filter_map(of).collect())
    }

    /// Keeps the mood of a symbol and pushes it, once, however often and by however many this is called.
    pub(crate) async fn tell(&self, basis: &Basis, mood: Mood) -> Result<bool> {
        let (score, sentiment, count, analyser) = (mood.score, mood.label, mood.count, mood.analyser);
        let now = self.0.clock().now();
        let told = Told { symbol: basis.symbol.clone(), mood, basis: basis.name() };
        let mut tx = self.0.db().begin().await?;
        let new = store::moods::tell(&mut tx, &told, now).await?;
        if new {
            // Before others can see it: what is told here is not heard from the store again.
            self.0.memory().is_new_mood(&told.symbol, now, score);
        }
        tx.commit().await?;
        if new {
            let (symbol, timestamp) = (told.symbol, now);
            let tick = SentimentTick { symbol, sentiment, score, count, analyser, timestamp };
            self.0.bus().publish_market(Event::Sentiment(tick));
        }
        Ok(new)
    }
}

/// Whether an analyser said this of exactly these headlines.
pub(crate) fn stands(told: &Told, basis: &Basis) -> bool {
    told.mood.analyser != Analyser::Vader && told.basis == basis.name()
}

#[cfg(test)]
mod tests;
