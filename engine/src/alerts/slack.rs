//! A message to a Slack webhook.

use super::channels::{Message, judge};
use crate::{Result, egress::Egress};
use serde_json::json;

/// Longest text of a message, in characters before escaping.
const MOST: usize = 3000;

/// A webhook of a workspace.
#[derive(Clone)]
pub struct Slack {
    egress: Egress,
    webhook: String,
}

impl Slack {
    /// Posts to this webhook; its address is the secret.
    pub fn new(egress: Egress, webhook: String) -> Slack {
        Slack { egress, webhook }
    }

    pub(super) async fn send(&self, message: &Message) -> Result<()> {
        judge("Slack", self.egress.post(&self.webhook, None, &json!({ "text": text(message) })).await)?;
        Ok(())
    }
}

fn text(message: &Message) -> String {
    let notice = &message.notice;
    let head = format!("*{}: {}*", notice.level.words(), escape(&notice.subject));
    let body: String = notice.text.chars().take(MOST).collect();
    let mut lines = vec![head, escape(&body)];
    lines.extend(message.often.clone());
    lines.extend(message.link.as_ref().map(|link| format!("<{}|Open the dashboard>", escape(link))));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The three characters Slack gives a meaning: without them nobody is mentioned and nothing becomes a link.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
