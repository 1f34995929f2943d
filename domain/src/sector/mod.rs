//! The 11 sectors, and which one a source's own words mean.

mod words;

use serde::{Deserialize, Serialize};

/// One of the 11 sectors of the Global Industry Classification Standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Sector {
    #[serde(rename = "Energy")]
    Energy,
    #[serde(rename = "Materials")]
    Materials,
    #[serde(rename = "Industrials")]
    Industrials,
    #[serde(rename = "Consumer Discretionary")]
    ConsumerDiscretionary,
    #[serde(rename = "Consumer Staples")]
    ConsumerStaples,
    #[serde(rename = "Health Care")]
    HealthCare,
    #[serde(rename = "Financials")]
    Financials,
    #[serde(rename = "Information Technology")]
    InformationTechnology,
    #[serde(rename = "Communication Services")]
    CommunicationServices,
    #[serde(rename = "Utilities")]
    Utilities,
    #[serde(rename = "Real Estate")]
    RealEstate,
}

impl Sector {
    /// The 11 sectors in the standard's own order.
    pub const ALL: [Sector; 11] = [
        Sector::Energy,
        Sector::Materials,
        Sector::Industrials,
        Sector::ConsumerDiscretionary,
        Sector::ConsumerStaples,
        Sector::HealthCare,
        Sector::Financials,
        Sector::InformationTechnology,
        Sector::CommunicationServices,
        Sector::Utilities,
        Sector::RealEstate,
    ];

    /// The standard's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Sector::Energy => "Energy",
            Sector::Materials => "Materials",
            Sector::Industrials => "Industrials",
            Sector::ConsumerDiscretionary => "Consumer Discretionary",
            Sector::ConsumerStaples => "Consumer Staples",
            Sector::HealthCare => "Health Care",
            Sector::Financials => "Financials",
            Sector::InformationTechnology => "Information Technology",
            Sector::CommunicationServices => "Communication Services",
            Sector::Utilities => "Utilities",
            Sector::RealEstate => "Real Estate",
        }
    }

    /// Reads back [`Sector::as_str`].
    pub fn parse(name: &str) -> Option<Sector> {
        Sector::ALL.into_iter().find(|sector| sector.as_str() == name)
    }

    /// The one sector a source's words for a company mean; `None` where they name none or several.
    ///
    /// Words that are the standard's own names decide first, then those of other classifications, then
    /// industries. Case, `&` and hyphens do not matter.
    ///
    /// ```
    /// # use domain::Sector;
    /// assert_eq!(Sector::of_words(&["Consumer Cyclical", "Auto Manufacturers"]), Some(Sector::ConsumerDiscretionary));
    /// assert_eq!(Sector::of_words(&["financial-services"]), Some(Sector::Financials));
    /// assert_eq!(Sector::of_words(&["Chemicals", "Healthcare"]), None);
    /// ```
    pub fn of_words(words: &[&str]) -> Option<Sector> {
        words::sector(words)
    }
}
