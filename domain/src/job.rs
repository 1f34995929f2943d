//! Durable work: its queues, the states of a job, and what went wrong with a try.
//!
//! How jobs are kept, taken and run is `engine::jobs`; what is shown of them to an operator is here too.

use crate::TenantId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use uuid::Uuid;

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

/// A job as an operator sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobInfo {
    /// Its id.
    pub id: Uuid,
    /// Its queue; a word of another version is shown as it is.
    pub queue: String,
    /// What sort of work it is.
    pub kind: String,
    /// Where it is in its life.
    pub state: JobState,
    /// Whose it is, where it is somebody's.
    pub tenant_id: Option<TenantId>,
    /// 0 to 100.
    pub percent: u8,
    /// What it is at, in its own words.
    pub step: String,
    /// Tries so far, a running one counted.
    pub attempts: u32,
    /// Tries it gets.
    pub max_attempts: u32,
    /// Higher goes first.
    pub priority: i32,
    /// Why the tries before failed, oldest first.
    pub errors: Vec<Failure>,
    /// The ids it works on.
    pub payload: Value,
    /// What it left behind when it was done.
    pub result: Option<Value>,
    /// Not before this.
    pub run_at: DateTime<Utc>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When the latest try began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was done, dead or cancelled.
    pub finished_at: Option<DateTime<Utc>>,
}

/// A queue as an operator sees it. Rates and durations are those of the hour before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueInfo {
    /// Which one.
    pub queue: Queue,
    /// Since when nothing of it is started.
    pub paused_at: Option<DateTime<Utc>>,
    /// Could start now.
    pub waiting: u32,
    /// Wait for their time.
    pub delayed: u32,
    /// Are being done.
    pub running: u32,
    /// Dead letters, however old.
    pub dead: u32,
    /// Done within the hour.
    pub done: u32,
    /// Dead within the hour.
    pub failed: u32,
    /// Half of them took at most so long, in seconds; `None` when nothing ended.
    pub p50_s: Option<f64>,
    /// 95 of a hundred took at most so long, in seconds.
    pub p95_s: Option<f64>,
}

/// A line of the schedule as an operator sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleLine {
    /// Its key.
    pub name: String,
    /// What it is for.
    pub what: String,
    /// Minute, hour, day, month, weekday.
    pub cron: String,
    /// Where its wall clock hangs.
    pub zone: String,
    /// Which of its moments count: `always`, `trading days`, `market hours`.
    pub when: String,
    /// The kind of its job.
    pub kind: String,
    /// Whether slots count by the market clock, which with bundled data is not wall time.
    pub market_time: bool,
    /// The last slot that became a job.
    pub last_slot: Option<DateTime<Utc>>,
    /// When, in wall time, it did.
    pub last_at: Option<DateTime<Utc>>,
    /// The job it became; of many, one.
    pub last_job: Option<Uuid>,
    /// What became of that job, while it is kept.
    pub last_state: Option<JobState>,
    /// The slot that comes next; `None` where every user has their own.
    pub next_slot: Option<DateTime<Utc>>,
    /// When, in wall time, it comes.
    pub next_at: Option<DateTime<Utc>>,
}

/// Everything the jobs page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobBoard {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// Every queue.
    pub queues: Vec<QueueInfo>,
    /// What is being done, newest first.
    pub running: Vec<JobInfo>,
    /// The latest dead letters, newest first.
    pub dead: Vec<JobInfo>,
    /// The latest jobs of the state asked for, newest first.
    pub latest: Vec<JobInfo>,
    /// Every line of the schedule.
    pub schedule: Vec<ScheduleLine>,
}
