//! Headlines and moods.

use crate::{Engine, Result, store};
use domain::{Symbol, news::Article, sentiment::Mood};

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
