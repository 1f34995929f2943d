//! Words of sources for sectors and industries.
//!
//! The classes that other classifications (TRBC, ICB, the broad classes of Yahoo) call sectors, and the names of
//! industry groups, industries and trades that lie in one sector of the standard as it stands since March 2023.
//! Words that lie in several (retail, electronics, communications) are left out: no sector is better than a wrong one.

use super::Sector;

/// What other classifications call sectors.
#[rustfmt::skip]
const SECTORS: &[(Sector, &[&str])] = &[
    (Sector::Materials, &["basic materials", "chemicals", "steel", "metals and mining", "nonferrous metals", "mining", "chemistry"]),
    (Sector::ConsumerDiscretionary, &["consumer cyclicals", "consumer cyclical", "automotive", "automobiles and auto parts"]),
    (Sector::ConsumerStaples, &["consumer non cyclicals", "consumer defensive", "foods", "food and beverages", "beverages"]),
    (Sector::HealthCare, &["healthcare", "pharmaceuticals", "pharmaceutical"]),
    (Sector::Financials, &["banking", "insurance", "financial services", "financial"]),
    (Sector::InformationTechnology, &["technology", "semiconductors", "software"]),
    (Sector::CommunicationServices, &["telecommunications services", "telecommunications", "telecommunication", "media"]),
    (Sector::RealEstate, &["immobilien"]),
];

/// Industry groups, industries and trades.
#[rustfmt::skip]
const INDUSTRIES: &[(Sector, &[&str])] = &[
    (Sector::Energy, &[
        "oil and gas", "oil, gas and consumable fuels", "energy equipment and services", "petroleum", "petroleum industry",
        "fossil fuels", "coal", "oil and gas e and p", "oil and gas integrated", "oil and gas midstream",
        "oil and gas equipment and services", "oil and gas refining and marketing", "oil and gas drilling", "uranium",
    ]),
    (Sector::Materials, &[
        "pulp and paper", "paper and forest products", "containers and packaging", "packaging and containers", "packaging",
        "construction materials", "building materials", "chemical", "chemical industry", "specialty chemicals", "gold", "copper",
        "aluminum", "other industrial metals and mining",
    ]),
    (Sector::Industrials, &[
        "capital goods", "aerospace and defense", "aerospace and defence", "building products", "building",
        "construction and engineering", "construction", "electrical equipment", "industrial conglomerates", "machinery",
        "industrial machinery", "agricultural machinery", "heavy equipment", "industrial goods", "trading companies",
        "trading companies and distributors", "general trading", "general trading company", "sogo shosha",
        "commercial services and supplies", "commercial and professional services", "professional services",
        "transportation", "transportation infrastructure", "air freight and logistics", "logistics",
        "logistics and transportation", "freight and logistics services", "airlines", "passenger airlines", "air transport",
        "marine", "marine transport", "marine transportation", "road and rail", "ground transportation", "railroads",
        "rail transport", "railway/bus", "private railway", "private railroad", "land transport", "courier", "trucking",
        "specialty industrial machinery", "waste management", "staffing and employment services",
    ]),
    (Sector::ConsumerDiscretionary, &[
        "automobiles", "automobiles and components", "auto components", "auto manufacturers", "auto parts",
        "auto and truck manufacturers", "household durables", "leisure products", "consumer durables and apparel",
        "textiles, apparel and luxury goods", "hotels, restaurants and leisure", "hotels and entertainment services", "hotels",
        "restaurants", "restaurant", "consumer services", "diversified consumer services", "hospitality", "travel",
        "travel services", "homebuilding", "home construction", "department stores", "broadline retail", "specialty retail",
        "internet retail", "distributors", "apparel", "apparel retail", "luxury goods", "lodging", "gambling",
    ]),
    (Sector::ConsumerStaples, &[
        "food products", "food", "food processing", "beverage", "tobacco", "household products", "personal care products",
        "household and personal products", "consumer staples distribution and retail", "food and staples retailing",
        "food and drug retailing", "grocery stores", "discount stores", "packaged foods", "fishery", "confectioners",
    ]),
    (Sector::HealthCare, &[
        "biotechnology", "life sciences tools and services", "health care equipment and supplies", "health care equipment",
        "health care providers and services", "health care services", "health care technology", "medical devices",
        "medical equipment", "medical instruments and supplies", "drug manufacturers general", "diagnostics and research",
        "healthcare plans", "pharmaceuticals and medical research",
    ]),
    (Sector::Financials, &[
        "banks", "banks diversified", "banks regional", "regional banks", "capital markets", "consumer finance", "asset management",
        "investment banking", "banking and investment services", "credit services", "mortgage reits", "mortgage finance",
        "mortgage real estate investment trusts (reits)", "finance", "financial markets", "insurance diversified",
        "financial data and stock exchanges",
    ]),
    (Sector::InformationTechnology, &[
        "information technology services", "software and services", "software application", "software infrastructure",
        "it services", "it dienstleistungen", "computer software", "computer hardware", "communications equipment",
        "communication equipment", "semiconductor", "semiconductor equipment and materials",
        "semiconductors and semiconductor equipment", "technology hardware, storage and peripherals",
        "technology hardware and equipment", "electronic equipment, instruments and components", "electronic components",
        "software testing",
    ]),
    (Sector::CommunicationServices, &[
        "communication", "telecommunication services", "diversified telecommunication services",
        "wireless telecommunication services", "telecom services", "telekommunikation", "media and entertainment",
        "entertainment", "interactive media and services", "internet content and information", "broadcasting", "publishing",
        "advertising agencies", "video games", "electronic gaming and multimedia",
    ]),
    (Sector::Utilities, &[
        "electric utilities", "electric utility", "electric power", "gas utilities", "multi utilities", "water utilities",
        "independent power and renewable electricity producers", "utilities regulated electric", "utilities renewable",
    ]),
    (Sector::RealEstate, &[
        "equity real estate investment trusts (reits)", "real estate investment trust", "real estate management and development",
        "real estate services", "property", "property investment", "real estate development and operations",
        "commercial reits", "retail reits", "reit industrial", "reit office", "reit residential", "reit retail",
    ]),
];

/// See [`Sector::of_words`].
pub(super) fn sector(words: &[&str]) -> Option<Sector> {
    let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let own: Vec<Sector> =
        Sector::ALL.into_iter().filter(|sector| words.contains(&fold(sector.as_str()))).collect();
    if !own.is_empty() {
        return only(&own);
    }
    let meant = |table: &[(Sector, &[&str])]| -> Vec<Sector> {
        let said = |names: &[&str]| names.iter().any(|name| words.iter().any(|word| word == name));
        table.iter().filter(|(_, names)| said(names)).map(|(sector, _)| *sector).collect()
    };
    match meant(SECTORS) {
        none if none.is_empty() => only(&meant(INDUSTRIES)),
        some => only(&some),
    }
}

fn only(sectors: &[Sector]) -> Option<Sector> {
    match sectors {
        [one] => Some(*one),
        // The classification behind some lists files real estate under financials, gas networks under energy.
        [Sector::Financials, Sector::RealEstate] => Some(Sector::RealEstate),
        [Sector::Energy, Sector::Utilities] => Some(Sector::Utilities),
        _ => None,
    }
}

/// Lower case, `and` for `&`, spaces for hyphens and dashes, one space at a time.
fn fold(word: &str) -> String {
    let plain = word.to_lowercase().replace('&', " and ").replace(['-', '–', '—'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    // The sectors Yahoo files companies under, as its pages and its search say them.
    #[test]
    fn every_sector_of_the_first_provider_is_one_of_the_standard() {
        let said = [
            ("Basic Materials", Sector::Materials),
            ("Communication Services", Sector::CommunicationServices),
            ("Consumer Cyclical", Sector::ConsumerDiscretionary),
            ("Consumer Defensive", Sector::ConsumerStaples),
            ("Energy", Sector::Energy),
            ("Financial Services", Sector::Financials),
            ("Healthcare", Sector::HealthCare),
            ("Industrials", Sector::Industrials),
            ("Real Estate", Sector::RealEstate),
            ("Technology", Sector::InformationTechnology),
            ("Utilities", Sector::Utilities),
        ];
        for (word, sector) in said {
            assert_eq!(Sector::of_words(&[word]), Some(sector), "{word}");
            let key = word.to_lowercase().replace(' ', "-");
            assert_eq!(Sector::of_words(&[&key]), Some(sector), "{key}");
        }
    }

    #[test]
    fn a_broad_word_outweighs_a_narrow_one() {
        assert_eq!(
            Sector::of_words(&["Technology", "Electrical Equipment"]),
            Some(Sector::InformationTechnology)
        );
        assert_eq!(Sector::of_words(&["Energy", "Mining"]), Some(Sector::Energy));
    }

    #[test]
    fn real_estate_is_told_from_the_financials_it_is_filed_under() {
        assert_eq!(Sector::of_words(&["Financials", "Real Estate", "REITs"]), Some(Sector::RealEstate));
    }

    #[test]
    fn words_that_point_two_ways_or_nowhere_leave_the_sector_open() {
        assert_eq!(Sector::of_words(&["Chemicals", "Healthcare"]), None);
        assert_eq!(Sector::of_words(&["Airlines", "Tobacco"]), None);
        assert_eq!(Sector::of_words(&["Retail"]), None);
        assert_eq!(Sector::of_words(&["", " "]), None);
        assert_eq!(Sector::of_words(&[]), None);
    }

    #[test]
    fn every_word_of_the_tables_can_be_met_and_means_one_sector() {
        let mut seen = HashSet::new();
        for (sector, names) in SECTORS.iter().chain(INDUSTRIES) {
            for name in *names {
                assert_eq!(&fold(name), name, "is looked up in this form");
                assert!(seen.insert(name), "{name} is there twice");
                assert_eq!(Sector::of_words(&[name]), Some(*sector), "{name}");
            }
        }
    }
}
