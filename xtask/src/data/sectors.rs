//! The sector of a company of the list, by its own words or, where they do not settle it, by name.

use domain::Sector;

/// Companies whose words name no sector, several, or one that is not theirs (any more): all such members of the S&P
/// 500, and what was noticed beyond.
#[rustfmt::skip]
const MEMBERS: &[(&str, &[&str])] = &[
    ("Energy", &["BKR"]),
    ("Materials", &["LIN", "SHW"]),
    ("Industrials", &["ADP", "AXON", "CPRT", "GEV", "ODFL", "VRSK"]),
    ("Consumer Discretionary", &["ABNB", "AMZN", "BKNG", "DASH", "GRMN", "HD", "MAR", "MCD", "NKE", "ORLY", "ROST", "SBUX", "TSLA"]),
    ("Consumer Staples", &["COST", "KDP", "KHC", "KO", "MDLZ", "MNST", "PEP", "PG", "TGT", "WMT"]),
    ("Health Care", &["AMGN", "DXCM", "GEHC", "GILD", "IDXX", "ISRG", "JNJ", "MRK", "REGN", "STE", "UNH", "VRTX"]),
    ("Financials", &["MCO", "MSCI", "PGHN.SW", "PYPL", "V"]),
    ("Information Technology", &[
        "AAPL", "ADBE", "ADI", "ADSK", "AMAT", "APP", "AVGO", "CDNS", "CRM", "CRWD", "CSCO", "CTSH", "DDOG", "FTNT", "IBM",
        "INTC", "INTU", "KLAC", "LRCX", "MCHP", "MPWR", "MSFT", "MU", "NVDA", "NXPI", "PANW", "PLTR", "QCOM", "ROP", "SNPS",
        "STX", "TXN", "WDAY", "WDC",
    ]),
    ("Communication Services", &["CHTR", "CMCSA", "DIS", "EA", "GOOG", "GOOGL", "META", "NFLX", "TMUS", "TTWO", "VZ", "WBD"]),
    ("Utilities", &["AES", "ATO", "CEG", "CMS", "DUK", "ED"]),
    ("Real Estate", &["AMT", "DOC", "EQIX", "EQR", "FRT", "PSA", "SPG"]),
];

/// The sector of a company; `None` where its words do not settle it.
pub fn of(symbol: &str, industries: &[&str]) -> Option<&'static str> {
    if let Some((sector, _)) = MEMBERS.iter().find(|(_, symbols)| symbols.contains(&symbol)) {
        return Some(sector);
    }
    Sector::of_words(industries).map(Sector::as_str)
}

/// True for a word that is a sector or as broad as one, and so says nothing more about the industry.
pub fn is_broad(word: &str) -> bool {
    let other = ["Conglomerate", "Services", "Information technology", "Consumer goods", "Manufacturing"];
    Sector::parse(word).is_some()
        || other.contains(&word)
        || ["Basic Materials", "Healthcare", "Technology"].contains(&word)
        || word.starts_with("Consumer ")
        || word.starts_with("Cyclical ")
}
