//! Collecting data: its five sources, the record of a run, and what an operator sees of its quality.

use crate::quality::{Dimension, Rule};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What is collected together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EtlSource {
    /// Daily bars, splits and dividends.
    Prices,
    /// Economic series.
    Macro,
    /// Search interest.
    Trends,
    /// Headlines.
    News,
    /// Names, sectors, industries and exchanges of companies and funds.
    Reference,
}

impl EtlSource {
    /// All of them, in the order they are collected.
    pub const ALL: [EtlSource; 5] =
        [EtlSource::Prices, EtlSource::Macro, EtlSource::Trends, EtlSource::News, EtlSource::Reference];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            EtlSource::Prices => "prices",
            EtlSource::Macro => "macro",
            EtlSource::Trends => "trends",
            EtlSource::News => "news",
            EtlSource::Reference => "reference",
        }
    }

    /// Reads back [`EtlSource::as_str`].
    ///
    /// ```
    /// use domain::etl::EtlSource;
    /// assert!(EtlSource::ALL.into_iter().all(|each| EtlSource::parse(each.as_str()) == Some(each)));
    /// ```
    pub fn parse(word: &str) -> Option<EtlSource> {
        EtlSource::ALL.into_iter().find(|each| each.as_str() == word)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            EtlSource::Prices => "Prices",
            EtlSource::Macro => "Economy",
            EtlSource::Trends => "Search interest",
            EtlSource::News => "News",
            EtlSource::Reference => "Reference data",
        }
    }
}

/// How a run ended, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// Not yet.
    Running,
    /// Everything was collected.
    Done,
    /// Some subjects failed; the others were collected.
    Partial,
    /// Nothing was collected.
    Failed,
    /// Nobody can be asked for such data.
    Skipped,
}

impl RunStatus {
    /// All of them.
    pub const ALL: [RunStatus; 5] =
        [RunStatus::Running, RunStatus::Done, RunStatus::Partial, RunStatus::Failed, RunStatus::Skipped];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            RunStatus::Running => "running",
            RunStatus::Done => "done",
            RunStatus::Partial => "partial",
            RunStatus::Failed => "failed",
            RunStatus::Skipped => "skipped",
        }
    }

    /// Reads back [`RunStatus::as_str`].
    pub fn parse(word: &str) -> Option<RunStatus> {
        RunStatus::ALL.into_iter().find(|each| each.as_str() == word)
    }
}

/// The record of one run over one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EtlRun {
    /// Identifies the run.
    pub id: Uuid,
    /// What was collected.
    pub source: EtlSource,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; absent while it runs.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub status: RunStatus,
    /// Records read.
    pub read: u64,
    /// Records stored that were new or different.
    pub upserted: u64,
    /// Records that were there already.
    pub unchanged: u64,
    /// Records kept out, for a person to look at.
    pub rejected: u64,
    /// Records stored with other values than they came with.
    pub repaired: u64,
    /// What went wrong, in words.
    pub error: Option<String>,
}

/// The score of one dimension, in one run or over those of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualityScore {
    /// What was collected.
    pub source: EtlSource,
    /// What was looked at.
    pub dimension: Dimension,
    /// Share of the records without objection, 0 to 1.
    pub score: f64,
    /// When the run ended; of a day, its last one.
    pub at: DateTime<Utc>,
}

/// A symbol, series or keyword that scored below 1 when it was last collected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WeakSubject {
    /// What was collected.
    pub source: EtlSource,
    /// The symbol, series or keyword.
    pub subject: String,
    /// What was looked at.
    pub dimension: Dimension,
    /// Share of the records without objection, 0 to 1.
    pub score: f64,
    /// When it was collected.
    pub at: DateTime<Utc>,
}

/// A record kept out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quarantined {
    /// Identifies it.
    pub id: Uuid,
    /// Which source it came with.
    pub source: EtlSource,
    /// Who delivered it.
    pub provider: String,
    /// The symbol, series or keyword.
    pub symbol: String,
    /// The day it is about.
    pub date: NaiveDate,
    /// Which rule kept it out.
    pub rule: Rule,
    /// Why, in words.
    pub reason: String,
    /// The record as it came.
    pub raw: Value,
    /// When it was kept out.
    pub created_at: DateTime<Utc>,
}

/// A record stored with other values than it came with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Repaired {
    /// Which source it came with.
    pub source: EtlSource,
    /// Who delivered it.
    pub provider: String,
    /// The symbol, series or keyword.
    pub symbol: String,
    /// The day it is about.
    pub date: NaiveDate,
    /// Which rule changed it.
    pub rule: Rule,
    /// Why, in words.
    pub reason: String,
    /// The record as it came.
    pub raw: Value,
    /// The record as it was stored.
    pub value: Value,
    /// When it was repaired.
    pub created_at: DateTime<Utc>,
}

/// Sessions of the exchange without a bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Whose history.
    pub symbol: String,
    /// First missing session.
    pub from: NaiveDate,
    /// Last missing session.
    pub to: NaiveDate,
    /// How many sessions in a row.
    pub sessions: u32,
}

/// How old the newest data of a source is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Freshness {
    /// What is collected.
    pub source: EtlSource,
    /// How many symbols, series or keywords there are, and of how many the newest record is as new as it can be.
    pub subjects: u32,
    /// See `subjects`.
    pub fresh: u32,
    /// The newest record of all, in market time.
    pub newest: Option<NaiveDate>,
    /// When the last run that collected anything ended.
    pub collected_at: Option<DateTime<Utc>>,
}

/// What an operator sees of the quality of the data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QualityReport {
    /// Per day, source and dimension, oldest first.
    pub scores: Vec<QualityScore>,
    /// Undecided, newest first.
    pub quarantine: Vec<Quarantined>,
    /// Newest first.
    pub repairs: Vec<Repaired>,
    /// Worst first.
    pub weakest: Vec<WeakSubject>,
    /// Per source.
    pub freshness: Vec<Freshness>,
    /// Longest first.
    pub gaps: Vec<Gap>,
}
