//! Which article is about what people look for.

/// Symbols and keywords whose article is called otherwise. Upper case is a symbol, lower case a keyword.
const ARTICLES: [(&str, &str); 62] = [
    ("AAPL", "Apple_Inc."),
    ("ABBV", "AbbVie"),
    ("ABT", "Abbott_Laboratories"),
    ("ADBE", "Adobe_Inc."),
    ("AMD", "AMD"),
    ("AMZN", "Amazon_(company)"),
    ("AVGO", "Broadcom"),
    ("AXP", "American_Express"),
    ("BA", "Boeing"),
    ("BAC", "Bank_of_America"),
    ("BBY", "Best_Buy"),
    ("BRK-B", "Berkshire_Hathaway"),
    ("BTC-USD", "Bitcoin"),
    ("CAT", "Caterpillar_Inc."),
    ("COST", "Costco"),
    ("CRM", "Salesforce"),
    ("CSCO", "Cisco"),
    ("CVX", "Chevron_Corporation"),
    ("DIS", "The_Walt_Disney_Company"),
    ("GE", "General_Electric"),
    ("GOOG", "Google"),
    ("GOOGL", "Google"),
    ("GS", "Goldman_Sachs"),
    ("HD", "The_Home_Depot"),
    ("IBM", "IBM"),
    ("INTC", "Intel"),
    ("JNJ", "Johnson_&_Johnson"),
    ("JPM", "JPMorgan_Chase"),
    ("KO", "The_Coca-Cola_Company"),
    ("LLY", "Eli_Lilly_and_Company"),
    ("MA", "Mastercard"),
    ("MCD", "McDonald's"),
    ("META", "Meta_Platforms"),
    ("MRK", "Merck_&_Co."),
    ("MSFT", "Microsoft"),
    ("NFLX", "Netflix"),
    ("NKE", "Nike,_Inc."),
    ("NVDA", "Nvidia"),
    ("ORCL", "Oracle_Corporation"),
    ("PEP", "PepsiCo"),
    ("PFE", "Pfizer"),
    ("PG", "Procter_&_Gamble"),
    ("QCOM", "Qualcomm"),
    ("SPY", "SPDR_S&P_500_ETF_Trust"),
    ("T", "AT&T"),
    ("TSLA", "Tesla,_Inc."),
    ("UNH", "UnitedHealth_Group"),
    ("V", "Visa_Inc."),
    ("VZ", "Verizon"),
    ("WMT", "Walmart"),
    ("XOM", "ExxonMobil"),
    ("^DJI", "Dow_Jones_Industrial_Average"),
    ("^GSPC", "S&P_500"),
    ("^IXIC", "Nasdaq_Composite"),
    ("^VIX", "VIX"),
    ("amazon", "Amazon_(company)"),
    ("apple", "Apple_Inc."),
    ("layoffs", "Layoff"),
    ("interest rates", "Interest_rate"),
    ("meta", "Meta_Platforms"),
    ("tesla", "Tesla,_Inc."),
    ("visa", "Visa_Inc."),
];

/// The title of the article, as in its address. A keyword nobody listed is taken as a title itself.
pub(super) fn article_about(keyword: &str) -> String {
    let (keyword, small) = (keyword.trim(), keyword.trim().to_lowercase());
    if let Some((_, article)) = ARTICLES.iter().find(|(about, _)| *about == keyword || *about == small) {
        return (*article).to_string();
    }
    let mut letters = keyword.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    (first + letters.as_str()).replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_and_keywords_lead_to_their_articles() {
        assert_eq!(article_about("AAPL"), "Apple_Inc.");
        assert_eq!(article_about("Apple"), "Apple_Inc.");
        assert_eq!(article_about("stock market"), "Stock_market");
        assert_eq!(article_about("interest rates"), "Interest_rate");
        assert_eq!(article_about("recession"), "Recession");
        assert_eq!(article_about("Google_Chrome"), "Google_Chrome");
    }

    #[test]
    fn every_symbol_can_be_one_and_stands_once() {
        let mut all: Vec<&str> = ARTICLES.iter().map(|(about, _)| *about).collect();
        for about in &all {
            assert!(
                about.chars().any(char::is_lowercase) || domain::Symbol::parse(about).is_some(),
                "{about}"
            );
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), ARTICLES.len());
        assert!(ARTICLES.iter().all(|(_, article)| !article.contains([' ', '%'])));
    }
}
