//! Bundled reference data: instruments and splits.

use super::{MARKET_DATE, files};
use chrono::NaiveDate;
use domain::{Instrument, Kind, Sector, Symbol, bar::Split};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    symbol: Symbol,
    name: String,
    sector: Option<Sector>,
    industry: Option<String>,
    exchange: Option<String>,
    currency: String,
    kind: Kind,
}

/// Everything that can be found, whether there are bundled prices for it or not.
pub fn instruments() -> Vec<Instrument> {
    files::table::<Row>("universe.csv")
        .into_iter()
        .map(|row| Instrument {
            symbol: row.symbol,
            name: row.name,
            kind: row.kind,
            sector: row.sector,
            industry: row.industry,
            exchange: row.exchange,
            currency: row.currency,
            market_cap: None,
            active: true,
        })
        .collect()
}

#[derive(Deserialize)]
struct SplitRow {
    symbol: Symbol,
    date: NaiveDate,
    numerator: f64,
    denominator: f64,
}

/// Splits up to [`MARKET_DATE`]; the bundled prices are already on their basis.
pub fn splits() -> Vec<Split> {
    files::table::<SplitRow>("splits.csv")
        .into_iter()
        .filter(|row| row.date <= MARKET_DATE)
        .map(|row| Split {
            symbol: row.symbol,
            date: row.date,
            numerator: row.numerator,
            denominator: row.denominator,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_symbol_is_listed_once() {
        let all = instruments();
        let symbols: HashSet<&Symbol> = all.iter().map(|instrument| &instrument.symbol).collect();
        assert_eq!(symbols.len(), all.len());
        assert!(all.len() > 1_700);
    }

    #[test]
    fn every_symbol_with_prices_is_an_instrument() {
        let all = instruments();
        let symbols: HashSet<&Symbol> = all.iter().map(|instrument| &instrument.symbol).collect();
        for series in super::super::bars() {
            assert!(symbols.contains(&series.symbol), "{}", series.symbol);
        }
    }

    #[test]
    fn companies_are_in_the_sector_the_standard_gives_them() {
        let all = instruments();
        let sector = |symbol: &str| all.iter().find(|i| i.symbol.as_str() == symbol).unwrap().sector;
        assert_eq!(sector("AAPL"), Some(Sector::InformationTechnology));
        assert_eq!(sector("AMZN"), Some(Sector::ConsumerDiscretionary));
        assert_eq!(sector("GOOG"), Some(Sector::CommunicationServices));
        assert_eq!(sector("BRK-B"), Some(Sector::Financials));
        assert_eq!(sector("AMT"), Some(Sector::RealEstate));
        assert_eq!(sector("SPY"), None);
        for sector in Sector::ALL {
            assert!(all.iter().filter(|i| i.sector == Some(sector)).count() >= 20, "{}", sector.as_str());
        }
    }

    #[test]
    fn splits_after_the_market_date_have_not_happened() {
        assert!(splits().iter().any(|split| split.symbol.as_str() == "AAPL" && split.numerator == 4.0));
        assert!(!splits().iter().any(|split| split.symbol.as_str() == "AMZN"));
    }
}
