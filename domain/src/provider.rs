//! How the sources outside are doing, for the people who look after the program.

use crate::source::Source;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a provider is doing, since the program started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Tells it apart from others of the same source, as `yahoo chart`.
    pub name: String,
    /// Whose data it brings.
    pub source: Source,
    /// In one word.
    pub state: State,
    /// What it can be asked, as `bars`.
    pub capabilities: Vec<String>,
    /// The last time it answered; "I do not know that" is an answer.
    pub last_success: Option<DateTime<Utc>>,
    /// The last time it failed, and how.
    pub last_failure: Option<Failure>,
    /// How often it was asked.
    pub requests: u64,
    /// How often it failed.
    pub failures: u64,
    /// How long an answer took, the latest ones counting most; `None` before the first.
    pub latency_ms: Option<f64>,
    /// Whether it is asked at all.
    pub breaker: Breaker,
    /// When it will be asked again at the earliest, while it is left alone.
    pub next_try: Option<DateTime<Utc>>,
    /// Requests in a minute that it is sent at most.
    pub per_minute: u32,
    /// Requests in a day that it is sent at most, where it counts them.
    pub per_day: Option<u32>,
}

impl Health {
    /// Together with what another process knows of the same provider: counts add up, and the state is that of the
    /// process that heard from it last.
    ///
    /// ```
    /// use domain::{provider::{Breaker, Health, State}, source::Source};
    /// let of = |requests, state, last: Option<&str>| Health {
    ///     name: "yahoo chart".into(), source: Source::Yahoo, state, capabilities: vec![],
    ///     last_success: last.map(|at| at.parse().unwrap()), last_failure: None, requests, failures: 0,
    ///     latency_ms: None, breaker: Breaker::Closed, next_try: None, per_minute: 60, per_day: None,
    /// };
    /// let both = of(0, State::Unused, None).with(&of(3, State::Up, Some("2026-01-05T14:30:00Z")));
    /// assert_eq!((both.requests, both.state), (3, State::Up));
    /// ```
    pub fn with(&self, other: &Health) -> Health {
        let heard = |of: &Health| of.last_success.max(of.last_failure.as_ref().map(|failure| failure.at));
        let (newer, older) = if heard(other) > heard(self) { (other, self) } else { (self, other) };
        let failed = |of: &Health| of.last_failure.as_ref().map(|failure| failure.at);
        let last_failure = if failed(older) > failed(newer) { older } else { newer }.last_failure.clone();
        Health {
            last_success: newer.last_success.max(older.last_success),
            last_failure,
            requests: newer.requests + older.requests,
            failures: newer.failures + older.failures,
            latency_ms: newer.latency_ms.or(older.latency_ms),
            ..newer.clone()
        }
    }
}

/// How a provider is doing, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not asked yet.
    Unused,
    /// It answered the last time.
    Up,
    /// It failed the last time, or asked for a pause.
    Troubled,
    /// It is left alone after failing too often.
    Down,
}

impl State {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Unused => "unused",
            State::Up => "up",
            State::Troubled => "troubled",
            State::Down => "down",
        }
    }
}

/// The circuit between Candlewick and a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Breaker {
    /// Asked as usual.
    Closed,
    /// Not asked.
    Open,
    /// One question is let through, to see.
    HalfOpen,
}

/// A failure, in words without secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When.
    pub at: DateTime<Utc>,
    /// What went wrong.
    pub reason: String,
}

/// What the shown prices are, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The history that ships with the program, because it was chosen.
    Bundled,
    /// The history that ships with the program, until a provider can be reached.
    Waiting,
    /// Collected, and a provider answers.
    Live,
    /// Collected earlier; no provider answers now, or none is asked.
    Stale,
}

/// How all providers are doing at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderReport {
    /// What the shown prices are.
    pub standing: Standing,
    /// Wall time of the report.
    pub at: DateTime<Utc>,
    /// In the order in which they are asked.
    pub items: Vec<Health>,
}

/// What the operator should know of using a source's data, in a sentence; empty for our own.
pub fn terms(source: Source) -> &'static str {
    match source {
        Source::Yahoo => "Undocumented and without a promise; Yahoo's terms allow personal use only.",
        Source::Fred => {
            "Free; some series belong to others. Not endorsed or certified by the Federal Reserve Bank of St. Louis."
        }
        Source::Tiingo => "By key; the free plan is for personal, internal use.",
        Source::NewsApi => "By key; the free plan is for development and a day late.",
        Source::Gdelt => "Free for any use that names the GDELT Project.",
        Source::Wikimedia => "Free (CC0); counts readers of the English Wikipedia, a day late.",
        Source::Trends => "Unofficial; turned on by the operator.",
        Source::Bundled | Source::Simulated | Source::Sample | Source::Import => "",
    }
}
