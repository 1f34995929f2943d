//! From the words a company list uses for industries to the 11 sectors of the Global Industry
//! Classification Standard.

/// The standard's names.
pub const NAMES: [&str; 11] = [
    "Energy",
    "Materials",
    "Industrials",
    "Consumer Discretionary",
    "Consumer Staples",
    "Health Care",
    "Financials",
    "Information Technology",
    "Communication Services",
    "Utilities",
    "Real Estate",
];

/// Other lists' words that mean one sector.
#[rustfmt::skip]
const SYNONYMS: &[(&str, &[&str])] = &[
    ("Materials", &["Basic Materials", "Chemicals", "Steel", "Metals & Mining", "Nonferrous metals", "Mining", "Chemistry"]),
    ("Consumer Discretionary", &["Consumer Cyclicals", "Consumer Cyclical", "Automotive", "Automobiles & Auto Parts"]),
    ("Consumer Staples", &["Consumer Non-Cyclicals", "Consumer Defensive", "Foods", "Food & Beverages", "Beverages"]),
    ("Health Care", &["Healthcare", "Pharmaceuticals", "Pharmaceutical"]),
    ("Financials", &["Banking", "Insurance", "Financial services"]),
    ("Information Technology", &["Technology", "Semiconductors", "Software"]),
    ("Communication Services", &["Telecommunications Services", "Telecommunications", "Media"]),
    ("Real Estate", &["Real estate", "Immobilien"]),
];

/// Members of the S&P 500 whose words name no sector, several, or one the standard has since moved them from.
#[rustfmt::skip]
const MEMBERS: &[(&str, &[&str])] = &[
    ("Energy", &["BKR"]),
    ("Materials", &["LIN", "SHW"]),
    ("Industrials", &["ADP", "AXON", "CPRT", "GEV", "ODFL", "VRSK"]),
    ("Consumer Discretionary", &["ABNB", "AMZN", "BKNG", "DASH", "GRMN", "HD", "MAR", "MCD", "NKE", "ORLY", "ROST", "SBUX", "TSLA"]),
    ("Consumer Staples", &["COST", "KDP", "KHC", "KO", "MDLZ", "MNST", "PEP", "PG", "TGT", "WMT"]),
    ("Health Care", &["AMGN", "DXCM", "GEHC", "GILD", "IDXX", "ISRG", "JNJ", "MRK", "REGN", "STE", "UNH", "VRTX"]),
    ("Financials", &["MCO", "MSCI", "PYPL", "V"]),
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
    let named = |words: &[&'static str]| match words {
        [one] => Some(*one),
        // The classification behind some lists files real estate under financials, gas networks under energy.
        ["Financials", "Real Estate"] => Some("Real Estate"),
        ["Energy", "Utilities"] => Some("Utilities"),
        _ => None,
    };
    let exact: Vec<&str> = NAMES.into_iter().filter(|name| industries.contains(name)).collect();
    if !exact.is_empty() {
        return named(&exact);
    }
    let meant: Vec<&str> = SYNONYMS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| industries.contains(word)))
        .map(|(sector, _)| *sector)
        .collect();
    named(&meant)
}

/// True for a word that is a sector or as broad as one, and so says nothing more about the industry.
pub fn is_broad(word: &str) -> bool {
    let other = ["Conglomerate", "Services", "Information technology", "Consumer goods", "Manufacturing"];
    NAMES.contains(&word)
        || other.contains(&word)
        || ["Basic Materials", "Healthcare", "Technology"].contains(&word)
        || word.starts_with("Consumer ")
        || word.starts_with("Cyclical ")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn real_estate_is_told_from_the_financials_it_is_filed_under() {
        assert_eq!(of("X", &["Financials", "Real Estate", "REITs"]), Some("Real Estate"));
    }

    #[test]
    fn words_that_point_two_ways_leave_the_sector_open() {
        assert_eq!(of("X", &["Chemicals", "Healthcare"]), None);
        assert_eq!(of("X", &["Whatever"]), None);
    }
}
