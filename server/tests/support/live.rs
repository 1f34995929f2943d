//! Listening to a live stream.

use super::Call;
use http_body_util::BodyExt;
use std::time::Duration;

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// One event, or a comment without name and id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    pub name: String,
    pub data: String,
    pub comment: String,
}

/// An open stream.
pub struct Listener {
    body: hyper::body::Incoming,
    text: String,
}

impl Listener {
    pub async fn open(call: Call) -> Listener {
        let response = call.open().await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut listener = Listener { body: response.into_body(), text: String::new() };
        assert_eq!(listener.block().await.unwrap().comment, "welcome");
        listener
    }

    /// The next event, heartbeats left out; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            match self.block().await {
                Some(block) if block.name.is_empty() => {}
                other => return other,
            }
        }
    }

    /// The next event or comment; `None` at the end of the stream.
    pub async fn block(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let event = parse(block);
                self.text = rest.to_string();
                return Some(event);
            }
            let frame = tokio::time::timeout(PATIENCE, self.body.frame()).await.expect("nothing came");
            let bytes = frame?.ok()?.into_data().ok()?;
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

fn parse(block: &str) -> Event {
    let mut event = Event::default();
    for line in block.lines() {
        match line.split_once(": ") {
            Some(("id", value)) => event.id = value.to_string(),
            Some(("event", value)) => event.name = value.to_string(),
            Some(("data", value)) => event.data = value.to_string(),
            Some(("", value)) => event.comment = value.to_string(),
            _ => {}
        }
    }
    event
}
