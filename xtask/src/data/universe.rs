//! `universe.csv`: every instrument people can find, with or without bundled prices.

use super::{output::Output, sectors, source::Folder};
use anyhow::{Result, ensure};
use std::collections::BTreeMap;

const COMPANIES: &str = "universe_pytickersymbols";
const HEADER: [&str; 7] = ["symbol", "name", "sector", "industry", "exchange", "currency", "kind"];
const AMERICAN: [&str; 5] = ["S&P 500", "S&P 600", "S&P 100", "NASDAQ 100", "DOW JONES"];

/// Ending of a symbol, exchange, currency.
#[rustfmt::skip]
const EXCHANGES: &[(&str, &str, &str)] = &[
    (".T", "Tokyo", "JPY"), (".DE", "Xetra", "EUR"), (".L", "London", "GBP"), (".PA", "Paris", "EUR"),
    (".MC", "Madrid", "EUR"), (".ST", "Stockholm", "SEK"), (".AS", "Amsterdam", "EUR"), (".HE", "Helsinki", "EUR"),
    (".SW", "Zurich", "CHF"), (".BR", "Brussels", "EUR"), (".MI", "Milan", "EUR"),
];

/// A company with bundled prices that is in none of the list's indices: symbol, name, sector, industry.
const ALSO: (&str, &str, &str, &str) = ("RRC", "Range Resources", "Energy", "Natural gas");

/// Symbol, name, kind, currency of what is no company.
#[rustfmt::skip]
const MORE: &[(&str, &str, &str, &str)] = &[
    ("^GSPC", "S&P 500", "index", "USD"),
    ("^IXIC", "NASDAQ Composite", "index", "USD"),
    ("^VIX", "CBOE Volatility Index", "index", "USD"),
    ("BTC-USD", "Bitcoin", "crypto", "USD"),
    ("EURUSD=X", "Euro in US dollars", "fx", "USD"),
    ("SPY", "SPDR S&P 500 ETF Trust", "etf", "USD"),
    ("BND", "Vanguard Total Bond Market ETF", "etf", "USD"),
    ("CSJ", "iShares 1-3 Year Credit Bond ETF", "etf", "USD"),
    ("DIA", "SPDR Dow Jones Industrial Average ETF", "etf", "USD"),
    ("EEM", "iShares MSCI Emerging Markets ETF", "etf", "USD"),
    ("EFA", "iShares MSCI EAFE ETF", "etf", "USD"),
    ("EPP", "iShares MSCI Pacific ex Japan ETF", "etf", "USD"),
    ("EWG", "iShares MSCI Germany ETF", "etf", "USD"),
    ("EWJ", "iShares MSCI Japan ETF", "etf", "USD"),
    ("EWQ", "iShares MSCI France ETF", "etf", "USD"),
    ("EWU", "iShares MSCI United Kingdom ETF", "etf", "USD"),
    ("FXI", "iShares China Large-Cap ETF", "etf", "USD"),
    ("IEF", "iShares 7-10 Year Treasury Bond ETF", "etf", "USD"),
    ("LQD", "iShares Investment Grade Corporate Bond ETF", "etf", "USD"),
    ("MTUM", "iShares MSCI USA Momentum Factor ETF", "etf", "USD"),
    ("QUAL", "iShares MSCI USA Quality Factor ETF", "etf", "USD"),
    ("SIZE", "iShares MSCI USA Size Factor ETF", "etf", "USD"),
    ("TIP", "iShares TIPS Bond ETF", "etf", "USD"),
    ("TLT", "iShares 20+ Year Treasury Bond ETF", "etf", "USD"),
    ("USMV", "iShares MSCI USA Min Vol Factor ETF", "etf", "USD"),
    ("VGK", "Vanguard FTSE Europe ETF", "etf", "USD"),
    ("VLUE", "iShares MSCI USA Value Factor ETF", "etf", "USD"),
    ("VPL", "Vanguard FTSE Pacific ETF", "etf", "USD"),
    ("XLB", "Materials Select Sector SPDR", "etf", "USD"),
    ("XLE", "Energy Select Sector SPDR", "etf", "USD"),
    ("XLF", "Financial Select Sector SPDR", "etf", "USD"),
    ("XLK", "Technology Select Sector SPDR", "etf", "USD"),
    ("XLU", "Utilities Select Sector SPDR", "etf", "USD"),
];

/// Companies with a symbol that names them anywhere, and the funds, indices, currencies and coins we have.
///
/// # Errors
/// When a member of the S&P 500 has no sector.
pub fn companies_and_more(folder: &Folder) -> Result<Output> {
    let table = folder.table(COMPANIES)?;
    let [symbol, name] = [table.column("symbol")?, table.column("name")?];
    let [currency, indices] = [table.column("currency")?, table.column("indices")?];
    let industries = table.column("industries")?;
    let mut rows = BTreeMap::new();
    for company in &table.rows {
        let indices: Vec<&str> = company[indices].split('|').collect();
        let american = AMERICAN.iter().any(|index| indices.contains(index));
        let Some((symbol, exchange, usual)) = place(&company[symbol], american, &indices) else { continue };
        let industries: Vec<&str> = company[industries].split('|').map(str::trim).collect();
        let sector = sectors::of(&symbol, &industries);
        ensure!(sector.is_some() || !indices.contains(&"S&P 500"), "{symbol} has no sector: {industries:?}");
        let industry = industries.iter().find(|word| !sectors::is_broad(word)).unwrap_or(&"");
        let currency = if company[currency].is_empty() || american { usual } else { &company[currency] };
        let fields = [&company[name], sector.unwrap_or(""), industry, exchange, currency, "equity"];
        rows.entry(symbol).or_insert(fields.map(String::from));
    }
    let (symbol, name, sector, industry) = ALSO;
    rows.insert(symbol.to_string(), [name, sector, industry, "US", "USD", "equity"].map(String::from));
    for (symbol, name, kind, currency) in MORE {
        rows.insert(symbol.to_string(), [name, "", "", "", currency, kind].map(String::from));
    }
    let mut list = vec![HEADER.map(String::from).to_vec()];
    list.extend(rows.into_iter().map(|(symbol, fields)| [vec![symbol], fields.into()].concat()));
    Output::table("universe.csv", "universe", &list, &[COMPANIES])
}

/// Symbol, exchange and usual currency. A symbol without the ending of an exchange is taken as American only
/// if an American index says so: elsewhere it could be another company's.
fn place(symbol: &str, american: bool, indices: &[&str]) -> Option<(String, &'static str, &'static str)> {
    if american {
        let exchange = if indices.contains(&"NASDAQ 100") { "NASDAQ" } else { "US" };
        return (!symbol.is_empty()).then(|| (symbol.replace('.', "-"), exchange, "USD"));
    }
    let (_, exchange, currency) = EXCHANGES.iter().find(|(ending, ..)| symbol.ends_with(ending))?;
    Some((symbol.to_string(), exchange, currency))
}
