//! Where prices come from.

use super::{Setting, Values};
use engine::{analysis::TRADE_COST, provider::Choice};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "MARKET_PROVIDER",
        default: "auto",
        secret: false,
        explain: "auto, bundled, yahoo or tiingo. auto shows the history shipped with the program, with a banner \
                  that says so, until Yahoo or (with a key) Tiingo answers, and collects from then on. bundled \
                  makes no request to anybody.",
    },
    Setting {
        name: "LIVE",
        default: "auto",
        secret: false,
        explain: "auto, simulated, stream or off. auto is simulated on the bundled market (ticks continue from the \
                  last real close, are labelled, and never become history) and Yahoo's stream on the real one.",
    },
    Setting {
        name: "SEED",
        default: "7",
        secret: false,
        explain: "Seed of the simulated ticks: the same seed gives the same ticks.",
    },
    Setting {
        name: "TRADE_COST",
        default: "0.1",
        secret: false,
        explain: "Percent of its value that one trade costs, from 0 to 10: paid at entry and exit where past signals \
                  are judged.",
    },
];

/// More percent of its value no trade costs.
const MOST_COST: f64 = 10.0;

/// What moves prices between two bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// What fits the market.
    Auto,
    /// The seeded feed.
    Simulated,
    /// Yahoo's stream.
    Stream,
    /// Nothing.
    Off,
}

/// The section.
#[derive(Debug, Clone)]
pub struct Market {
    /// Who is asked for prices.
    pub provider: Choice,
    /// What moves prices.
    pub live: Live,
    /// Seed of the simulated feed.
    pub seed: u64,
    /// What one trade costs as a share of its value.
    pub trade_cost: f64,
}

impl Market {
    pub(super) fn read(values: &mut Values) -> Market {
        let provider = values.parse("MARKET_PROVIDER", |name| match name {
            "auto" => Ok(Choice::Auto),
            "bundled" => Ok(Choice::Bundled),
            "yahoo" => Ok(Choice::Yahoo),
            "tiingo" => Ok(Choice::Tiingo),
            other => Err(format!("`{other}` is not a provider; use auto, bundled, yahoo or tiingo")),
        });
        let live = values.parse("LIVE", |word| match word {
            "auto" => Ok(Live::Auto),
            "simulated" => Ok(Live::Simulated),
            "stream" => Ok(Live::Stream),
            "off" => Ok(Live::Off),
            other => Err(format!("`{other}` is not auto, simulated, stream or off")),
        });
        let seed = values.parse("SEED", |text| {
            text.parse().map_err(|_| format!("`{text}` is not a whole number from 0 up"))
        });
        let trade_cost = values.parse("TRADE_COST", |text| {
            let percent = text.trim().trim_end_matches('%').trim_end().parse::<f64>().ok();
            let percent = percent.filter(|percent| (0.0..=MOST_COST).contains(percent));
            percent.ok_or_else(|| format!("`{text}` is not a percentage from 0 to {MOST_COST}, as 0.1"))
        });
        let trade_cost = trade_cost.map_or(TRADE_COST, |percent| percent / 100.0);
        let provider = provider.unwrap_or(Choice::Auto);
        if provider == Choice::Bundled && live == Some(Live::Stream) {
            values.problem("LIVE", "stream needs a provider; CANDLEWICK_MARKET_PROVIDER is bundled");
        }
        if provider == Choice::Tiingo && values.get("TIINGO_KEY").is_none() {
            values.problem("MARKET_PROVIDER", "tiingo needs CANDLEWICK_TIINGO_KEY");
        }
        Market { provider, live: live.unwrap_or(Live::Auto), seed: seed.unwrap_or(7), trade_cost }
    }
}
