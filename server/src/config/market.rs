//! Where prices come from.

use super::{Setting, Values};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "MARKET_PROVIDER",
        default: "auto",
        secret: false,
        explain: "auto or bundled. Both are the real history shipped with the program in this version, up to \
                  its own date and with a banner that says so.",
    },
    Setting {
        name: "LIVE",
        default: "auto",
        secret: false,
        explain: "auto, simulated or off. auto is simulated with bundled data: ticks continue from the last \
                  real close, are labelled, and never become history.",
    },
    Setting {
        name: "SEED",
        default: "7",
        secret: false,
        explain: "Seed of the simulated ticks: the same seed gives the same ticks.",
    },
];

/// Providers that have a name already, so that asking for one is no typing error.
const LATER_PROVIDERS: &[&str] = &["yahoo", "fred", "tiingo", "finnhub", "alphavantage", "twelvedata"];

/// What moves prices between two bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// The seeded feed.
    Simulated,
    /// Nothing.
    Off,
}

/// The section.
#[derive(Debug, Clone)]
pub struct Market {
    /// What moves prices.
    pub live: Live,
    /// Seed of the simulated feed.
    pub seed: u64,
}

impl Market {
    pub(super) fn read(values: &mut Values) -> Market {
        values.parse("MARKET_PROVIDER", |name| match name {
            "auto" | "bundled" => Ok(()),
            later if LATER_PROVIDERS.contains(&later) => {
                Err(format!("`{later}` is not available yet in this version; use auto or bundled"))
            }
            other => Err(format!("`{other}` is not a provider; use auto or bundled")),
        });
        let live = values.parse("LIVE", |word| match word {
            "auto" | "simulated" => Ok(Live::Simulated),
            "off" => Ok(Live::Off),
            "stream" => {
                Err("`stream` is not available yet in this version; use simulated or off".to_string())
            }
            other => Err(format!("`{other}` is not auto, simulated or off")),
        });
        let seed = values.parse("SEED", |text| {
            text.parse().map_err(|_| format!("`{text}` is not a whole number from 0 up"))
        });
        Market { live: live.unwrap_or(Live::Simulated), seed: seed.unwrap_or(7) }
    }
}
