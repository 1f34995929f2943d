//! The ways to people, as far as they are set up.

use super::{Email, Github, Slack};
use crate::{
    Error, Result,
    egress::{EgressError, Reply},
    store::ops_alerts::Due,
};
use chrono::{DateTime, Utc};
use domain::ops_alert::{Channel, Notice};

/// Where operators are told.
#[derive(Clone, Default)]
pub struct Channels {
    /// By mail.
    pub email: Option<Email>,
    /// By a message to a webhook.
    pub slack: Option<Slack>,
    /// By an issue.
    pub github: Option<Github>,
    /// The page that shows alerts, for links.
    pub link: Option<String>,
}

/// One alert as a channel says it.
pub(super) struct Message {
    pub(super) notice: Notice,
    /// The rest in one sentence, where there is more than the notice.
    pub(super) often: Option<String>,
    /// Where the dashboard shows it.
    pub(super) link: Option<String>,
}

impl Channels {
    /// Whether a channel is set up.
    pub fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.email.is_some(),
            Channel::Slack => self.slack.is_some(),
            Channel::Github => self.github.is_some(),
        }
    }

    /// Sends on a channel; what the channel calls it, where it has a name for it.
    pub(crate) async fn send(&self, channel: Channel, due: &Due) -> Result<Option<String>> {
        let message =
            Message { notice: due.notice()?, often: often(due.count, due.first_at), link: self.link.clone() };
        let gone = || Error::Conflict(format!("{} is not set up any more", channel.words()));
        match channel {
            Channel::Email => self.email.as_ref().ok_or_else(gone)?.send(&message).await.map(|()| None),
            Channel::Slack => self.slack.as_ref().ok_or_else(gone)?.send(&message).await.map(|()| None),
            Channel::Github => {
                let known = due.reference.as_deref();
                self.github.as_ref().ok_or_else(gone)?.send(&message, known).await.map(Some)
            }
        }
    }
}

fn often(count: i64, first_at: DateTime<Utc>) -> Option<String> {
    (count > 1).then(|| format!("{count} times since {} UTC.", first_at.format("%Y-%m-%d %H:%M")))
}

/// What an answer of a web service means.
pub(super) fn judge(who: &str, sent: std::result::Result<Reply, EgressError>) -> Result<Reply> {
    let reply = match sent {
        Ok(reply) => reply,
        Err(EgressError::Unreachable(why)) => return Err(Error::Unavailable(format!("{who} ({why})"))),
        Err(EgressError::Refused(why)) => return Err(Error::Conflict(format!("{who}: {why}"))),
    };
    let said = reply.text.lines().next().unwrap_or_default().chars().take(200).collect::<String>();
    match (reply.status, reply.retry_after_s) {
        (200..=299, _) => Ok(reply),
        // A refusal that says when to come back is a limit, whatever its number.
        (429, wait) | (403, wait @ Some(_)) => {
            Err(Error::Limited { retry_after_s: wait.unwrap_or(60).max(1) })
        }
        (408 | 500..=599, _) => Err(Error::Unavailable(format!("{who} (status {}: {said})", reply.status))),
        (status, _) => Err(Error::Conflict(format!("{who} refused with status {status}: {said}"))),
    }
}
