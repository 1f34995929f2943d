//! What can be priced: looked up and listed.

use crate::{Engine, Result, universe::fold};
use domain::{Instrument, Kind, Sector, Symbol};

/// Which instruments to list; everything unless narrowed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of the symbol or of the name, in any case.
    pub query: Option<String>,
    /// Only of this sector.
    pub sector: Option<Sector>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// At most so many.
    pub limit: Option<u32>,
    /// Only those behind this symbol; the last of one page asks for the next.
    pub after: Option<Symbol>,
}

/// The instruments of an [`Engine`].
pub struct Instruments<'a>(&'a Engine);

impl Engine {
    /// What can be priced.
    pub fn instruments(&self) -> Instruments<'_> {
        Instruments(self)
    }
}

impl Instruments<'_> {
    /// One by its symbol.
    pub async fn find(&self, symbol: &Symbol) -> Result<Option<Instrument>> {
        Ok(self.0.universe().await?.get(symbol).cloned())
    }

    /// By symbol.
    pub async fn list(&self, filter: Filter) -> Result<Vec<Instrument>> {
        let universe = self.0.universe().await?;
        let query = filter.query.as_deref().map(|text| fold(text).trim().to_string()).unwrap_or_default();
        let symbol = filter.query.as_deref().unwrap_or_default().trim().to_ascii_uppercase();
        let limit = filter.limit.map_or(usize::MAX, |limit| limit as usize);
        let fits = |each: &&Instrument| {
            filter.after.as_ref().is_none_or(|after| each.symbol > *after)
                && filter.sector.is_none_or(|sector| each.sector == Some(sector))
                && filter.kind.is_none_or(|kind| each.kind == kind)
                && (symbol.is_empty()
                    || each.symbol.as_str().contains(&symbol)
                    || (!query.is_empty() && fold(&each.name).contains(&query)))
        };
        Ok(universe.iter().filter(fits).take(limit).cloned().collect())
    }

    /// How many there are.
    pub async fn count(&self) -> Result<usize> {
        Ok(self.0.universe().await?.len())
    }
}
