//! Economic series and search interest.

use crate::{Engine, Error, Result, store};
use domain::macros::{MacroSeries, SearchInterest};

/// The economic series of an [`Engine`].
pub struct Macros<'a>(&'a Engine);

impl Engine {
    /// Economic series.
    pub fn macros(&self) -> Macros<'_> {
        Macros(self)
    }
}

impl Macros<'_> {
    /// Every series by its id, without observations.
    pub async fn list(&self) -> Result<Vec<MacroSeries>> {
        store::macros::all(self.0.db(), 0).await
    }

    /// One series with its latest `limit` observations, oldest first; all of them without a limit.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an id nobody knows.
    pub async fn series(&self, id: &str, limit: Option<u32>) -> Result<MacroSeries> {
        let limit = limit.map_or(i64::MAX, i64::from);
        store::macros::find(self.0.db(), id, limit).await?.ok_or(Error::NotFound("the series"))
    }

    /// How much people looked for a keyword, oldest first; its case does not matter.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a keyword nobody counted.
    pub async fn interest(&self, keyword: &str) -> Result<SearchInterest> {
        store::trends::find(self.0.db(), keyword).await?.ok_or(Error::NotFound("the keyword"))
    }
}
