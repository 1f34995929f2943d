//! What operators have to know: something failed, is about to, or is back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// How much it matters, and which channels it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Something does not work, and will not by itself.
    Critical,
    /// Something works less well than it should.
    Warning,
    /// Data can not be trusted.
    DataQuality,
    /// Good to know.
    Info,
}

impl Level {
    /// All of them, what matters most first.
    pub const ALL: [Level; 4] = [Level::Critical, Level::Warning, Level::DataQuality, Level::Info];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Critical => "critical",
            Level::Warning => "warning",
            Level::DataQuality => "data_quality",
            Level::Info => "info",
        }
    }

    /// Reads back [`Level::as_str`].
    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == word)
    }

    /// The word people read.
    pub fn words(self) -> &'static str {
        match self {
            Level::Critical => "Critical",
            Level::Warning => "Warning",
            Level::DataQuality => "Data quality",
            Level::Info => "Info",
        }
    }

    /// Where it goes beyond the log and the dashboard, which get everything. An issue is opened for what needs work.
    ///
    /// ```
    /// use domain::ops_alert::{Channel, Level};
    /// assert!(Level::DataQuality.channels().contains(&Channel::Github));
    /// assert_eq!(Level::Info.channels(), [Channel::Slack]);
    /// ```
    pub fn channels(self) -> &'static [Channel] {
        match self {
            Level::Critical | Level::DataQuality => &[Channel::Email, Channel::Slack, Channel::Github],
            Level::Warning => &[Channel::Email, Channel::Slack],
            Level::Info => &[Channel::Slack],
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A way to people outside of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A mail to the operators.
    Email,
    /// A message to a Slack webhook.
    Slack,
    /// An issue on GitHub.
    Github,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 3] = [Channel::Email, Channel::Slack, Channel::Github];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Email => "email",
            Channel::Slack => "slack",
            Channel::Github => "github",
        }
    }

    /// Reads back [`Channel::as_str`].
    pub fn parse(word: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.as_str() == word)
    }

    /// The word people read.
    pub fn words(self) -> &'static str {
        match self {
            Channel::Email => "E-mail",
            Channel::Slack => "Slack",
            Channel::Github => "GitHub",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something to tell the operators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What it is about, as `provider_down:yahoo`: the same key again is the same trouble going on.
    pub key: String,
    /// One line.
    pub subject: String,
    /// The rest; plain text, no secrets.
    pub text: String,
}

impl Notice {
    /// Longest [`Notice::subject`] kept, in characters.
    pub const MOST_SUBJECT: usize = 200;
    /// Longest [`Notice::text`] kept, in characters.
    pub const MOST_TEXT: usize = 4000;

    /// A notice of bounded length: longer texts end with an ellipsis, and the subject is one line.
    ///
    /// ```
    /// use domain::ops_alert::{Level, Notice};
    /// let notice = Notice::new(Level::Warning, "disk", "Nearly\nfull", "x".repeat(5000));
    /// assert_eq!(notice.subject, "Nearly full");
    /// assert_eq!(notice.text.chars().count(), Notice::MOST_TEXT);
    /// assert!(notice.text.ends_with('…'));
    /// ```
    pub fn new(
        level: Level,
        key: impl Into<String>,
        subject: impl AsRef<str>,
        text: impl AsRef<str>,
    ) -> Notice {
        let subject: String =
            subject.as_ref().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Notice {
            level,
            key: key.into(),
            subject: cut(subject.trim(), Notice::MOST_SUBJECT),
            text: cut(text.as_ref().trim(), Notice::MOST_TEXT),
        }
    }
}

/// At most so many characters, the last an ellipsis where some are missing.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_string(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// A notice as it stands on the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpsAlert {
    /// Names it.
    pub id: Uuid,
    /// What was said last.
    #[serde(flatten)]
    pub notice: Notice,
    /// How often it was raised.
    pub count: u32,
    /// When it was first.
    pub first_at: DateTime<Utc>,
    /// When it was last.
    pub last_at: DateTime<Utc>,
    /// When somebody said to have seen it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// What became of it on each channel it was meant for.
    pub deliveries: Vec<Delivery>,
}

/// What became of an alert on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Which way it goes.
    pub channel: Channel,
    /// When it went out; `None` while it waits and where it could not.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why it did not, at the last try.
    pub error: Option<String>,
}
