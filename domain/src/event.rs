//! Everything that may be pushed live. The only vocabulary of the SSE stream and the websocket.

use crate::{
    Bar, Interval, Quote, Symbol,
    forecast::Prediction,
    job::JobState,
    report::{ReportId, State},
    sentiment::{Analyser, Label},
    signal::{Badge, Signal},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that happened. [`Event::name`] is the SSE `event:`, the JSON of the variant's content its `data:`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// A symbol has a new price.
    Quote(QuoteTick),
    /// A symbol's history has a new or corrected last bar.
    Bar(BarTick),
    /// An indicator's latest values changed.
    Indicator(IndicatorTick),
    /// A signal fired.
    Signal(SignalFired),
    /// A symbol has a new forecast.
    Prediction(PredictionTick),
    /// What is written about a symbol sounds different.
    Sentiment(SentimentTick),
    /// A job moved on.
    Job(JobProgress),
    /// Something that operators have to know.
    OpsAlert(OpsAlertTold),
    /// The first minutes of a tenant.
    Onboarding(OnboardingProgress),
    /// A portfolio or one of its transactions was changed.
    Portfolio(PortfolioChanged),
    /// A file is on its way into a portfolio.
    Import(ImportProgress),
    /// A report was made, or could not be.
    Report(ReportDone),
    /// History is gone or was skipped: read the page's data again.
    Resync(Resync),
}

/// A new price, flat as the outer contract wants it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct QuoteTick {
    pub symbol: Symbol,
    pub price: f64,
    pub change: Option<f64>,
    pub change_percent: Option<f64>,
    pub volume: Option<f64>,
    pub timestamp: DateTime<Utc>,
    pub source: crate::source::Source,
    pub simulated: bool,
}

/// A new or corrected last bar of a symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct BarTick {
    pub symbol: Symbol,
    pub interval: Interval,
    #[serde(flatten)]
    pub bar: Bar,
    pub source: crate::source::Source,
}

/// Latest indicator values of a symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct IndicatorTick {
    pub symbol: Symbol,
    pub rsi: Option<f64>,
    /// The badge that RSI gives.
    pub badge: Badge,
    pub sma20: Option<f64>,
    pub sma50: Option<f64>,
    pub macd: Option<f64>,
    pub timestamp: DateTime<Utc>,
    pub simulated: bool,
}

/// A signal fired for a symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct SignalFired {
    pub symbol: Symbol,
    #[serde(flatten)]
    pub signal: Signal,
    pub simulated: bool,
}

/// A new forecast for a symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct PredictionTick {
    pub symbol: Symbol,
    #[serde(flatten)]
    pub prediction: Prediction,
}

/// The new mood of a symbol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SentimentTick {
    /// Whom it is about.
    pub symbol: Symbol,
    /// In one word.
    pub sentiment: Label,
    /// Mean over the latest headlines, -1 to 1.
    pub score: f64,
    /// How many headlines it is made of.
    pub count: u32,
    /// Who says so.
    pub analyser: Analyser,
    /// When it was worked out.
    pub timestamp: DateTime<Utc>,
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct JobProgress {
    pub id: Uuid,
    pub queue: String,
    pub kind: String,
    pub state: JobState,
    /// 0 to 100.
    pub percent: u8,
    /// What it is at, in its own words.
    pub step: String,
}

/// Something that operators have to know was raised, counted up, or is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct OpsAlertTold {
    pub id: Uuid,
    pub level: crate::ops_alert::Level,
    pub subject: String,
    /// How often it was raised.
    pub count: u32,
    /// Nobody has seen it, and it is not over.
    pub open: bool,
}

/// How far a new tenant's first data is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnboardingProgress {
    /// 0 to 100.
    pub percent: u8,
    /// What is being done, in plain words.
    pub step: String,
}

/// A portfolio is not what it was: whoever shows it reads it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortfolioChanged {
    /// Which one.
    pub portfolio_id: Uuid,
    /// Its version now; `None` once it is deleted.
    pub portfolio_version: Option<i64>,
}

/// How far the taking of a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    /// Into which portfolio.
    pub portfolio_id: Uuid,
    /// 0 to 100.
    pub percent: u8,
    /// What it is at, in plain words.
    pub step: String,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportDone {
    /// Which.
    pub report_id: ReportId,
    /// Ready, or failed.
    pub state: State,
    /// What it is about.
    pub subject: String,
}

/// The stream could not be continued without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resync {
    /// Why, in plain words.
    pub reason: String,
}

impl Event {
    /// The SSE event name.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Quote(_) => "quote",
            Event::Bar(_) => "bar",
            Event::Indicator(_) => "indicator",
            Event::Signal(_) => "signal",
            Event::Prediction(_) => "prediction",
            Event::Sentiment(_) => "sentiment",
            Event::Job(_) => "job",
            Event::OpsAlert(_) => "alert",
            Event::Onboarding(_) => "onboarding",
            Event::Portfolio(_) => "portfolio",
            Event::Import(_) => "import",
            Event::Report(_) => "report",
            Event::Resync(_) => "resync",
        }
    }

    /// Whom a market-wide event is about.
    pub fn symbol(&self) -> Option<&Symbol> {
        match self {
            Event::Quote(tick) => Some(&tick.symbol),
            Event::Bar(tick) => Some(&tick.symbol),
            Event::Indicator(tick) => Some(&tick.symbol),
            Event::Signal(fired) => Some(&fired.symbol),
            Event::Prediction(tick) => Some(&tick.symbol),
            Event::Sentiment(tick) => Some(&tick.symbol),
            Event::Job(_)
            | Event::OpsAlert(_)
            | Event::Onboarding(_)
            | Event::Portfolio(_)
            | Event::Import(_)
            | Event::Report(_)
            | Event::Resync(_) => None,
        }
    }
}

impl From<&Quote> for QuoteTick {
    fn from(quote: &Quote) -> QuoteTick {
        QuoteTick {
            symbol: quote.symbol.clone(),
            price: quote.price,
            change: quote.change,
            change_percent: quote.change_percent,
            volume: quote.volume,
            timestamp: quote.as_of,
            source: quote.source,
            simulated: quote.simulated,
        }
    }
}
