//! One event, encoded once for everyone.

use bytes::Bytes;
use domain::{Event, Symbol};
use std::{fmt::Write, time::Instant};

/// An event as it goes over the wire; shared, never copied per client.
#[derive(Debug)]
pub struct Frame {
    /// Position in the stream of its process.
    pub seq: u64,
    /// When it was published.
    pub at: Instant,
    /// The whole SSE frame: `id:`, `event:`, `data:` and the empty line.
    pub bytes: Bytes,
    /// What happened, for those who speak something else than SSE.
    pub event: Event,
}

impl Frame {
    pub(super) fn new(epoch: &str, seq: u64, event: Event, data: &str) -> Frame {
        let name = event.name();
        let mut text = String::with_capacity(data.len() + name.len() + epoch.len() + 44);
        // Writing into a string can not fail.
        let _ = write!(text, "id: {epoch}-{seq}\nevent: {name}\ndata: {data}\n\n");
        Frame { seq, at: Instant::now(), bytes: Bytes::from(text), event }
    }

    /// The SSE event name.
    pub fn name(&self) -> &'static str {
        self.event.name()
    }

    /// Whom it is about, where it is about a symbol.
    pub fn symbol(&self) -> Option<&Symbol> {
        self.event.symbol()
    }

    /// Only the newest of these matters to someone who is late.
    pub(super) fn is_conflatable(&self) -> bool {
        matches!(self.event, Event::Quote(_) | Event::Indicator(_))
    }

    /// True when `self` tells nothing that `newer` does not tell better.
    pub(super) fn is_outdated_by(&self, newer: &Frame) -> bool {
        newer.is_conflatable() && self.name() == newer.name() && self.symbol() == newer.symbol()
    }
}
