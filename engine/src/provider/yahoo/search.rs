//! Search by symbol or name.

use super::limits;
use crate::provider::{Answer, Capability, Limits, Provider, http::Site};
use async_trait::async_trait;
use domain::{Kind, Sector, Symbol, search::Hit, source::Source};
use serde::Deserialize;

/// The search endpoint.
pub struct SearchPage {
    site: Site,
}

impl SearchPage {
    /// Search at `site`.
    pub fn new(site: Site) -> SearchPage {
        SearchPage { site }
    }
}

#[derive(Deserialize)]
struct Found {
    quotes: Vec<Row>,
}

/// The list is mixed: some rows are companies without a symbol.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    symbol: Option<String>,
    shortname: Option<String>,
    longname: Option<String>,
    exch_disp: Option<String>,
    quote_type: Option<String>,
    sector: Option<String>,
    sector_disp: Option<String>,
    industry: Option<String>,
    industry_disp: Option<String>,
}

impl Row {
    /// `None` for what Candlewick has no word for, as futures, options and funds that are not traded.
    fn hit(self) -> Option<Hit> {
        let symbol = Symbol::parse(&self.symbol?)?;
        let kind = match &*self.quote_type? {
            "EQUITY" => Kind::Equity,
            "ETF" => Kind::Etf,
            "INDEX" => Kind::Index,
            "CURRENCY" => Kind::Fx,
            "CRYPTOCURRENCY" => Kind::Crypto,
            _ => return None,
        };
        let name = self.longname.or(self.shortname).unwrap_or_else(|| symbol.to_string());
        let told = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
        let industry = told(self.industry).or(told(self.industry_disp));
        let words = [self.sector.as_deref(), self.sector_disp.as_deref(), industry.as_deref()];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let sector = Sector::of_words(&words);
        Some(Hit { exchange: self.exch_disp, sector, industry, ..Hit::stranger(symbol, name, kind) })
    }
}

#[async_trait]
impl Provider for SearchPage {
    fn source(&self) -> Source {
        Source::Yahoo
    }

    fn name(&self) -> &'static str {
        "yahoo search"
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Search]
    }

    fn limits(&self) -> Limits {
        limits(&self.site)
    }

    async fn search(&self, text: &str) -> Answer<Vec<Hit>> {
        let query = [("q", text), ("quotesCount", "10"), ("newsCount", "0")];
        let url = self.site.url(&["v1", "finance", "search"], &query)?;
        let found: Found = self.site.get(url, &[]).await?.json()?;
        Ok(found.quotes.into_iter().filter_map(Row::hit).collect())
    }
}
