//! Where market data comes from.
//!
//! Every source outside speaks through one trait, [`Provider`], and is asked through the registry alone, which
//! keeps to its limits and decides what comes after a failure. A provider translates and classifies; it never
//! repairs and never stores: that is for the quality rules and for `ingest`.
//!
//! [`bundled`] is the real history shipped inside the program; [`simulated`] makes live ticks that go on
//! from its last close.

pub mod bundled;
mod error;
mod feed;
pub mod fred;
pub mod gdelt;
pub mod gemini;
pub mod http;
pub mod newsapi;
pub mod registry;
pub mod simulated;
pub mod sites;
pub mod text;
pub mod tiingo;
pub mod trends;
pub mod wikimedia;
pub mod yahoo;

pub use error::{Next, ProviderError};
pub use registry::{Registry, Urgency};
pub use sites::{Choice, Sites};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Bar, Interval, Quote, Symbol,
    bar::{Dividend, Split},
    macros::{MacroSeries, SearchInterest},
    news::Headline,
    search::Hit,
    source::Source,
};
use registry::Ask;
use std::time::Duration;

/// A kind of question a provider can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Capability {
    Bars,
    Quotes,
    Search,
    News,
    Macros,
    Trends,
}

impl Capability {
    /// The word for it on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Capability::Bars => "bars",
            Capability::Quotes => "quotes",
            Capability::Search => "search",
            Capability::News => "news",
            Capability::Macros => "macros",
            Capability::Trends => "trends",
        }
    }
}

/// How often a provider may be asked, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Requests in a minute, on average.
    pub per_minute: u32,
    /// Requests at once after a pause.
    pub burst: u32,
    /// Requests in an hour, those after a pause among them, where the provider counts them.
    pub per_hour: Option<u32>,
    /// Requests in a day, where the provider counts them.
    pub per_day: Option<u32>,
    /// How long one try may take.
    pub timeout: Duration,
}

/// Bars of one symbol; without `from` the whole history.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BarsAsk {
    /// Whose bars.
    pub symbol: Symbol,
    /// One of the stored intervals: [`Interval::Day1`], [`Interval::Hour1`], [`Interval::Minute1`].
    pub interval: Interval,
    /// Bars that start at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Bars that start before this moment.
    pub to: Option<DateTime<Utc>>,
}

/// Bars as a provider tells them: in major currency units, daily bars labelled by exchange-local date, and
/// otherwise untouched. They may be unsorted, doubled or wrong; the quality rules find that out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BarsAnswer {
    /// In the provider's order.
    pub bars: Vec<Bar>,
    /// Splits within the window.
    pub splits: Vec<Split>,
    /// Cash dividends within the window, per share, on today's split basis.
    pub dividends: Vec<Dividend>,
    /// ISO 4217 code of the prices, where told.
    pub currency: Option<String>,
    /// IANA name of the exchange's zone, where told.
    pub zone: Option<String>,
    /// The latest quote, where the same answer carries one.
    pub quote: Option<Quote>,
}

/// Headlines, newest first; without a symbol those about the market.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NewsAsk {
    /// Whom they are about.
    pub symbol: Option<Symbol>,
    /// The name people know the symbol by, for sources that search text.
    pub name: Option<String>,
    /// Published at this moment or later.
    pub from: Option<DateTime<Utc>>,
}

/// Values of one economic series; without `from` the whole history.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MacroAsk {
    /// The publisher's identifier, as `CPIAUCSL`.
    pub series: String,
    /// First date wanted.
    pub from: Option<NaiveDate>,
}

/// Search interest in one keyword, day by day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrendAsk {
    /// What people look for.
    pub keyword: String,
    /// First day wanted.
    pub from: NaiveDate,
    /// Last day wanted.
    pub to: NaiveDate,
}

/// What an asked provider gives.
pub type Answer<T> = Result<T, ProviderError>;

/// A source of market data. Each method is one request (or the few that belong together), without retries:
/// those are the registry's. What a provider does not list among its capabilities it is never asked.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Its name, on screen and in the store.
    fn source(&self) -> Source;

    /// Tells it apart from others of the same source, which have limits and troubles of their own.
    fn name(&self) -> &'static str {
        self.source().as_str()
    }

    /// What it can be asked.
    fn capabilities(&self) -> &[Capability];

    /// How often, and for how long.
    fn limits(&self) -> Limits;

    /// How many symbols one request for quotes may name.
    fn quotes_at_once(&self) -> usize {
        1
    }

    /// Whether a question is one it may have an answer to, told without asking anybody: what it does not accept
    /// costs none of its [`Limits`].
    ///
    /// # Errors
    /// What it would answer otherwise, as [`ProviderError::Unsupported`] or [`ProviderError::NotFound`].
    fn accepts(&self, _ask: &Ask) -> Answer<()> {
        Ok(())
    }

    /// Price history with splits and dividends. Nothing in the window is an empty answer and no error.
    async fn bars(&self, _ask: &BarsAsk) -> Answer<BarsAnswer> {
        Err(ProviderError::Unsupported)
    }

    /// Latest quotes; symbols it does not know are left out.
    async fn quotes(&self, _symbols: &[Symbol]) -> Answer<Vec<Quote>> {
        Err(ProviderError::Unsupported)
    }

    /// Instruments by symbol or name, best first.
    async fn search(&self, _text: &str) -> Answer<Vec<Hit>> {
        Err(ProviderError::Unsupported)
    }

    /// Headlines, newest first.
    async fn news(&self, _ask: &NewsAsk) -> Answer<Vec<Headline>> {
        Err(ProviderError::Unsupported)
    }

    /// An economic series, oldest first; what the source leaves blank is left out.
    async fn macros(&self, _ask: &MacroAsk) -> Answer<MacroSeries> {
        Err(ProviderError::Unsupported)
    }

    /// Search interest, oldest first.
    async fn trends(&self, _ask: &TrendAsk) -> Answer<SearchInterest> {
        Err(ProviderError::Unsupported)
    }
}

/// An answer with where and when it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetched<T> {
    /// The answer.
    pub value: T,
    /// Who gave it.
    pub source: Source,
    /// When it was given; older than now where the last good answer stands in for a provider that fails.
    pub fetched_at: DateTime<Utc>,
    /// Why nobody gave a new answer, where the last good one stands in.
    pub stands_in: Option<ProviderError>,
}
