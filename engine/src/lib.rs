//! Candlewick's engine: everything between the words of `domain` and the program that serves them.
//!
//! An [`Engine`] is built once from [`Parts`] and handed around by cheap clone. Each noun answers through a
//! method of its own (`engine.watchlists()`, `engine.quotes()`), whose calls take a [`Cx`] first wherever they
//! touch a tenant's data.
#![warn(missing_docs)]

pub mod about;
pub mod accounts;
pub mod adopt;
pub mod alerts;
pub mod analysis;
pub mod backup;
pub mod bars;
pub mod bus;
pub mod clock;
pub mod compare;
pub mod custom;
mod cx;
pub mod egress;
mod error;
pub mod forecasts;
mod hex;
pub mod how;
pub mod ingest;
pub mod instruments;
pub mod jobs;
pub mod keywords;
pub mod layouts;
mod live;
pub mod load;
pub mod macros;
pub mod mail;
mod market;
pub mod members;
mod memory;
mod neighbours;
pub mod news;
pub mod notes;
pub mod objects;
pub mod overview;
pub mod paint;
pub mod pdf;
pub mod portfolios;
pub mod provider;
pub mod quotes;
pub mod reports;
pub mod retention;
pub mod scanner;
pub mod screens;
pub mod search;
pub mod sentiment;
pub mod shares;
pub mod signals;
pub mod store;
#[cfg(feature = "testing")]
pub mod testing;
pub mod universe;
pub mod watchlists;

pub use clock::{Clock, MarketClock};
pub use cx::Cx;
pub use error::{Error, FieldError, Result};
pub use live::Feed;

use std::sync::Arc;

/// What an engine is built from.
pub struct Parts {
    /// An open, migrated database.
    pub db: store::Db,
    /// Wall time.
    pub clock: Clock,
    /// The time market data lives in.
    pub market: MarketClock,
    /// Whom to ask for market data.
    pub providers: provider::Registry,
    /// What is kept for how long.
    pub retention: retention::Periods,
    /// Signs API tokens; at least 32 bytes.
    pub secret: Vec<u8>,
    /// Who operates the whole installation.
    pub operators: accounts::OperatorRule,
    /// Where operators are told what they have to know.
    pub alerts: alerts::Channels,
    /// Sends mail, where it is set up.
    pub mailer: Option<mail::Mailer>,
    /// Who learns to forecast.
    pub forecaster: Arc<dyn domain::forecast::Forecaster>,
    /// Judges headlines beside VADER, where it is set up.
    pub analyser: Option<provider::gemini::Gemini>,
    /// Keeps files.
    pub objects: objects::Objects,
    /// Whether the schedule copies the database to where files are kept.
    pub backups: bool,
    /// Where people reach the program, as `https://stocks.example.org`; links in mails begin with it.
    pub public_url: String,
    /// What one trade costs as a share of its value, where past signals are judged; see [`analysis::TRADE_COST`].
    pub trade_cost: f64,
}

/// The engine; clones share everything.
#[derive(Clone)]
pub struct Engine {
    parts: Arc<Parts>,
    bus: bus::Bus,
    memory: Arc<memory::Memory>,
    desk: Arc<accounts::Desk>,
}

impl Engine {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Engine {
        let (memory, desk) = (Arc::new(memory::Memory::new()), Arc::new(accounts::Desk::new()));
        Engine { parts: Arc::new(parts), bus: bus::Bus::new(), memory, desk }
    }

    /// The database, for the store alone.
    pub(crate) fn db(&self) -> &store::Db {
        &self.parts.db
    }

    /// The live channels.
    pub fn bus(&self) -> &bus::Bus {
        &self.bus
    }

    /// Wall time.
    pub fn clock(&self) -> &Clock {
        &self.parts.clock
    }

    /// The time market data lives in.
    pub fn market(&self) -> &MarketClock {
        &self.parts.market
    }

    /// Whom to ask for market data.
    pub fn providers(&self) -> &provider::Registry {
        &self.parts.providers
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        self.db().ping().await
    }

    /// Waits for queries in hand, then closes the database; the last call of all.
    pub async fn close(&self) {
        self.db().close().await;
    }

    /// Who operates the whole installation.
    pub(crate) fn operators(&self) -> &accounts::OperatorRule {
        &self.parts.operators
    }

    /// Where operators are told.
    pub(crate) fn alert_channels(&self) -> &alerts::Channels {
        &self.parts.alerts
    }

    /// Sends mail; `None` where nobody set it up.
    pub fn mailer(&self) -> Option<&mail::Mailer> {
        self.parts.mailer.as_ref()
    }

    /// Who learns to forecast.
    pub(crate) fn forecaster(&self) -> &Arc<dyn domain::forecast::Forecaster> {
        &self.parts.forecaster
    }

    /// Judges headlines beside VADER; `None` where nobody set it up.
    pub(crate) fn analyser(&self) -> Option<&provider::gemini::Gemini> {
        self.parts.analyser.as_ref()
    }

    /// Whether the schedule copies the database.
    pub(crate) fn keeps_backups(&self) -> bool {
        self.parts.backups
    }

    /// Where files are kept.
    pub(crate) fn objects(&self) -> &objects::Objects {
        &self.parts.objects
    }

    /// Where people reach the program; without a slash at the end.
    pub(crate) fn public_url(&self) -> &str {
        &self.parts.public_url
    }

    /// What one trade costs as a share of its value, where nobody says otherwise.
    pub fn trade_cost(&self) -> f64 {
        self.parts.trade_cost
    }

    /// What is kept for how long.
    pub(crate) fn periods(&self) -> retention::Periods {
        self.parts.retention
    }

    /// The key that signs API tokens.
    pub(crate) fn secret(&self) -> &[u8] {
        &self.parts.secret
    }
}
