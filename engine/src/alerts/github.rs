//! An issue on GitHub; the same trouble again is a comment on it.

use super::channels::{Message, judge};
use crate::{Error, Result, egress::Egress};
use serde_json::json;

/// A repository whose issues are the list of what needs work.
#[derive(Clone)]
pub struct Github {
    egress: Egress,
    base: String,
    repository: String,
    token: String,
}

impl Github {
    /// Issues of `owner/name`, opened with a token that may do so.
    pub fn new(egress: Egress, base: &str, repository: &str, token: &str) -> Github {
        let base = base.trim_end_matches('/').to_string();
        Github { egress, base, repository: repository.to_string(), token: token.to_string() }
    }

    /// The number of the issue, opened now or before.
    pub(super) async fn send(&self, message: &Message, known: Option<&str>) -> Result<String> {
        let issues = format!("{}/repos/{}/issues", self.base, self.repository);
        if let Some(number) = known.filter(|number| number.chars().all(|c| c.is_ascii_digit())) {
            self.post(&format!("{issues}/{number}/comments"), &json!({ "body": body(message) })).await?;
            return Ok(number.to_string());
        }
        let notice = &message.notice;
        let issue = json!({
            "title": format!("{}: {}", notice.level.words(), notice.subject),
            "body": body(message),
            "labels": ["candlewick", notice.level.as_str()],
        });
        let reply = self.post(&issues, &issue).await?;
        // A second try would open a second issue.
        Ok(number(&reply).unwrap_or_else(|| "unknown".into()))
    }

    async fn post(&self, url: &str, body: &serde_json::Value) -> Result<String> {
        let sent = self.egress.post(url, Some(&self.token), body).await;
        if sent.as_ref().is_ok_and(|reply| reply.status == 404) {
            // It says the same to those who may not know.
            let why =
                format!("GitHub: there is no {}, or the token may not open issues there", self.repository);
            return Err(Error::Conflict(why));
        }
        Ok(judge("GitHub", sent)?.text)
    }
}

/// The number in an answer of which only the beginning is kept. It stands before everything that people wrote.
fn number(reply: &str) -> Option<String> {
    let (_, rest) = reply.split_once("\"number\":")?;
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// The text stands in a fence that it can not leave, so that it mentions nobody and draws nothing.
fn body(message: &Message) -> String {
    let notice = &message.notice;
    let longest = notice.text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut parts = vec![format!("{fence}text\n{}\n{fence}", notice.text)];
    parts.extend(message.often.clone());
    parts.extend(message.link.as_ref().map(|link| format!("[Open the dashboard]({link})")));
    parts.join("\n\n")
}
