//! Durable work: its queues, the states of a job, and what went wrong with a try.
//!
//! How jobs are kept, taken and run is `engine::jobs`; what is shown of them to an operator is here too.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Work of one sort that shares its workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Prices, reference data, macro series, search interest.
    MarketData,
    /// Forecasts.
    Predictions,
    /// News and its mood.
    Sentiment,
    /// Reports and their mails.
    Reports,
    /// Everything else.
    Default,
}

impl Queue {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Queue; 5] =
        [Queue::MarketData, Queue::Predictions, Queue::Sentiment, Queue::Reports, Queue::Default];

    /// The word stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Queue::MarketData => "market_data",
            Queue::Predictions => "predictions",
            Queue::Sentiment => "sentiment",
            Queue::Reports => "reports",
            Queue::Default => "default",
        }
    }

    /// Reads back [`Queue::as_str`]; `None` for any other word.
    ///
    /// ```
    /// use domain::job::Queue;
    /// assert!(Queue::ALL.into_iter().all(|queue| Queue::parse(queue.as_str()) == Some(queue)));
    /// assert_eq!(Queue::parse("MarketData"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Queue> {
        Queue::ALL.into_iter().find(|queue| queue.as_str() == word)
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a job is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for a worker, or for its time.
    Queued,
    /// A worker holds its lease.
    Running,
    /// Well done.
    Done,
    /// Failed for good; kept with every error until somebody retries or discards it.
    Dead,
    /// Taken back by somebody.
    Cancelled,
}

impl JobState {
    /// All of them, in the order of a life.
    pub const ALL: [JobState; 5] =
        [JobState::Queued, JobState::Running, JobState::Done, JobState::Dead, JobState::Cancelled];

    /// The word stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Dead => "dead",
            JobState::Cancelled => "cancelled",
        }
    }

    /// Reads back [`JobState::as_str`]; `None` for any other word.
    pub fn parse(word: &str) -> Option<JobState> {
        JobState::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why one try at a job failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Which try it was, from 1 up.
    pub attempt: u32,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// What the job said.
    pub reason: String,
}
