//! What is always kept up to date, watched or not: the indices, the market and sector funds, bitcoin and the euro.

use crate::{Instrument, Kind, Sector, Symbol};

/// One of the [`CORE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoreInstrument {
    /// As [`Symbol`] takes it.
    pub symbol: &'static str,
    /// The name people know it by.
    pub name: &'static str,
    /// What sort of thing it is.
    pub kind: Kind,
    /// The sector a fund follows; the fund itself belongs to none.
    pub follows: Option<Sector>,
}

/// The core of the market, the broad before the narrow.
pub const CORE: [CoreInstrument; 18] = [
    plain("^GSPC", "S&P 500", Kind::Index),
    plain("^IXIC", "NASDAQ Composite", Kind::Index),
    plain("^DJI", "Dow Jones Industrial Average", Kind::Index),
    plain("^VIX", "CBOE Volatility Index", Kind::Index),
    plain("SPY", "SPDR S&P 500 ETF Trust", Kind::Etf),
    fund("XLE", "Energy Select Sector SPDR", Sector::Energy),
    fund("XLB", "Materials Select Sector SPDR", Sector::Materials),
    fund("XLI", "Industrial Select Sector SPDR", Sector::Industrials),
    fund("XLY", "Consumer Discretionary Select Sector SPDR", Sector::ConsumerDiscretionary),
    fund("XLP", "Consumer Staples Select Sector SPDR", Sector::ConsumerStaples),
    fund("XLV", "Health Care Select Sector SPDR", Sector::HealthCare),
    fund("XLF", "Financial Select Sector SPDR", Sector::Financials),
    fund("XLK", "Technology Select Sector SPDR", Sector::InformationTechnology),
    fund("XLC", "Communication Services Select Sector SPDR", Sector::CommunicationServices),
    fund("XLU", "Utilities Select Sector SPDR", Sector::Utilities),
    fund("XLRE", "Real Estate Select Sector SPDR", Sector::RealEstate),
    plain("BTC-USD", "Bitcoin", Kind::Crypto),
    plain("EURUSD=X", "Euro in US dollars", Kind::Fx),
];

const fn plain(symbol: &'static str, name: &'static str, kind: Kind) -> CoreInstrument {
    CoreInstrument { symbol, name, kind, follows: None }
}

const fn fund(symbol: &'static str, name: &'static str, sector: Sector) -> CoreInstrument {
    CoreInstrument { symbol, name, kind: Kind::Etf, follows: Some(sector) }
}

/// The symbols of the [`CORE`] in its order.
///
/// ```
/// let core = domain::market_core::symbols();
/// assert_eq!(core.len(), domain::market_core::CORE.len());
/// assert_eq!(core[0].as_str(), "^GSPC");
/// ```
pub fn symbols() -> Vec<Symbol> {
    CORE.iter().filter_map(|each| Symbol::parse(each.symbol)).collect()
}

/// The [`CORE`] as instruments. All are priced in dollars.
pub fn instruments() -> Vec<Instrument> {
    let one = |each: &CoreInstrument| {
        Symbol::parse(each.symbol).map(|symbol| Instrument {
            symbol,
            name: each.name.to_string(),
            kind: each.kind,
            sector: None,
            industry: None,
            exchange: None,
            currency: "USD".to_string(),
            market_cap: None,
            active: true,
        })
    };
    CORE.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sector_is_followed_by_one_fund() {
        let followed: Vec<Sector> = CORE.iter().filter_map(|each| each.follows).collect();
        assert_eq!(followed, Sector::ALL);
    }
}
