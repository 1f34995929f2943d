//! Economic series and search interest.

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    keyword::clean,
    macros::{MacroSeries, SearchInterest},
};

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
    /// [`Error::NotFound`] for a keyword nobody counted, and for one that only other tenants want to know of.
    pub async fn interest(&self, cx: &Cx, keyword: &str) -> Result<SearchInterest> {
        let own = self.0.keywords().list(cx).await?;
        let wanted = clean(keyword).filter(|word| own.contains(word));
        let found = match wanted {
            Some(word) => store::trends::find_asked(self.0.db(), &word).await?,
            None => None,
        };
        match found {
            Some(found) => Ok(found),
            None => store::trends::find(self.0.db(), keyword).await?.ok_or(Error::NotFound("the keyword")),
        }
    }
}
