//! Headlines and moods.

use crate::{Engine, Result, store};
use chrono::Duration;
use domain::{
    Symbol,
    news::Article,
    sentiment::{DayMood, Mood},
};

/// The news of an [`Engine`].
pub struct News<'a>(&'a Engine);

impl Engine {
    /// Headlines and moods.
    pub fn news(&self) -> News<'_> {
        News(self)
    }
}

impl News<'_> {
    /// The latest headlines of all, newest first.
    pub async fn latest(&self, limit: u32) -> Result<Vec<Article>> {
        store::articles::latest(self.0.db(), i64::from(limit)).await
    }

    /// The latest headlines about a symbol, newest first.
    pub async fn of(&self, symbol: &Symbol, limit: u32) -> Result<Vec<Article>> {
        store::articles::of(self.0.db(), symbol, i64::from(limit)).await
    }

    /// How the headlines about a symbol sounded on each of the last 30 days of market time that has any, oldest first.
    pub async fn trend(&self, symbol: &Symbol) -> Result<Vec<DayMood>> {
        let now = self.0.market().now();
        let after = now - Duration::days(DayMood::DAYS);
        let scores = store::articles::scores_between(self.0.db(), symbol, after, now).await?;
        Ok(DayMood::of(scores.into_iter().map(|(at, score)| (at.date_naive(), score))))
    }

    /// The moods of symbols in the order asked; those without headlines are left out.
    pub async fn mood(&self, symbols: &[Symbol]) -> Result<Vec<(Symbol, Mood)>> {
        let scores = store::articles::scores(self.0.db(), symbols, Mood::WINDOW as i64).await?;
        let of = |symbol: &Symbol| {
            let (_, newest_first) = scores.iter().find(|(each, _)| each == symbol)?;
            Some((symbol.clone(), Mood::of(newest_first)?))
        };
        Ok(symbols.iter().filter_map(of).collect())
    }
}
