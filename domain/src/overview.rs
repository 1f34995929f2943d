//! What the dashboard shows first, as one value: one call fills the whole page.

use crate::{
    Instrument, Quote, Sector, Symbol, event::SignalFired, news::Article, provider::Standing,
    sentiment::Mood, signal::Badge, source::Source, watchlist::Watchlist,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How many closes a sparkline shows at most.
pub const SPARK_BARS: usize = 30;

/// The whole dashboard of one tenant at one moment. Well-formed also for a tenant without any list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// Market time of the newest session in the figures.
    pub as_of: DateTime<Utc>,
    /// Who delivered the history.
    pub provider: Source,
    /// Whether that is collected, and still is.
    pub standing: Standing,
    /// Indices and the like, in the order people expect them.
    pub tiles: Vec<Tile>,
    /// Yields and other economic figures.
    pub macros: Vec<MacroTile>,
    /// All lists of the tenant, in its own order.
    pub lists: Vec<Watchlist>,
    /// The list the cards belong to: the one asked for, else the first.
    pub list: Option<Watchlist>,
    /// One for each symbol of `list`, in its order; a symbol nobody knows has none.
    pub cards: Vec<Card>,
    /// Highest change percent first, risers only.
    pub gainers: Vec<Mover>,
    /// Lowest change percent first, fallers only.
    pub losers: Vec<Mover>,
    /// Highest dollar volume first.
    pub active: Vec<Mover>,
    /// Newest first.
    pub news: Vec<Article>,
    /// The symbol most of the tenant's lists hold; its price is in the page title.
    pub most_watched: Option<Symbol>,
    /// Sectors with at least one price of the newest session, in the standard's order.
    pub sectors: Vec<SectorTile>,
}

/// What happened on the tenant's lists while somebody was away.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Since {
    /// When the visit before this one ended, by wall time; `None` on the first.
    pub before: Option<DateTime<Utc>>,
    /// When that was looked at.
    pub now: Option<DateTime<Utc>>,
    /// Signals that were told since, newest first.
    pub signals: Vec<SignalFired>,
}

/// One figure of the market snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tile {
    /// What choosing it opens.
    pub symbol: Symbol,
    /// Short name, as `S&P 500`.
    pub label: String,
    /// The latest price.
    pub quote: Quote,
    /// Closes of the last [`SPARK_BARS`] bars, oldest first.
    pub spark: Vec<f64>,
}

/// The latest observation of an economic series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MacroTile {
    /// The publisher's identifier.
    pub id: String,
    /// The name people know it by.
    pub name: String,
    /// What one is.
    pub units: String,
    /// First day of the period it describes.
    pub date: NaiveDate,
    /// In `units`.
    pub value: f64,
    /// `value` less the observation before; `None` with a single observation.
    pub change: Option<f64>,
    /// The latest observations, oldest first, at most [`SPARK_BARS`].
    pub spark: Vec<f64>,
}

/// A watched symbol at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Whom it is about.
    pub instrument: Instrument,
    /// `None` where there is no price at all.
    pub quote: Option<Quote>,
    /// RSI badge of the last bar.
    pub badge: Badge,
    /// Mean over the latest headlines; `None` without any.
    pub mood: Option<Mood>,
    /// Closes of the last [`SPARK_BARS`] bars, oldest first.
    pub spark: Vec<f64>,
}

/// A symbol in a ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mover {
    /// What choosing it opens.
    pub symbol: Symbol,
    /// The name people know it by.
    pub name: String,
    /// The latest price.
    pub price: f64,
    /// 1.5 means +1.5 %.
    pub change_percent: f64,
    /// Units traded in the session; `None` where the source has none.
    pub volume: Option<f64>,
}

/// How a sector did, as far as its members have prices of the newest session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SectorTile {
    /// Which sector.
    pub sector: Sector,
    /// Plain mean of its members' change percent.
    pub change_percent: f64,
    /// How many members it is made of.
    pub count: u32,
}
