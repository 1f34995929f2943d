//! One client: connects, reads events until the time is over, remembers ids and lateness.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::bail;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    sync::{Semaphore, mpsc, watch},
    time::{Instant, timeout_at},
};

use super::http;

/// What one client saw after all were connected.
#[derive(Default)]
pub struct Seen {
    /// Number of each event, in the order of arrival.
    pub ids: Vec<u64>,
    /// From the server's making of an event to its last byte here.
    pub late_ms: Vec<u32>,
    /// The server told this client that it skipped something.
    pub resyncs: u32,
    pub heartbeats: u32,
    /// The stream ended before the time was over.
    pub cut: bool,
}

type Stream = BufReader<TcpStream>;

pub async fn follow(
    address: String,
    request: Arc<Vec<u8>>,
    gate: Arc<Semaphore>,
    ready: mpsc::Sender<Result<(), String>>,
    mut started: watch::Receiver<Option<Instant>>,
) -> Seen {
    let connected = {
        let _turn = gate.acquire().await;
        connect(&address, &request).await
    };
    let mut stream = match connected {
        Ok(stream) => stream,
        Err(error) => {
            // Nobody listens any more once another client has failed.
            ready.send(Err(error.to_string())).await.ok();
            return Seen::default();
        }
    };
    if ready.send(Ok(())).await.is_err() {
        return Seen::default();
    }

    // Events that come before everyone is connected are read and forgotten.
    let mut seen = Seen::default();
    let mut reading = Reading::default();
    let end = loop {
        tokio::select! {
            changed = started.changed() => {
                if changed.is_err() { return seen; }
                if let Some(end) = *started.borrow() { break end; }
            }
            read = reading.next_line(&mut stream) => {
                if !read { seen.cut = true; return seen; }
                reading.take_line(&mut Seen::default());
            }
        }
    };
    while let Ok(more) = timeout_at(end, reading.next_line(&mut stream)).await {
        if !more {
            seen.cut = true;
            break;
        }
        reading.take_line(&mut seen);
    }
    seen
}

async fn connect(address: &str, request: &[u8]) -> anyhow::Result<Stream> {
    let connection = TcpStream::connect(address).await?;
    connection.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(4 * 1024, connection);
    stream.write_all(request).await?;
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await? == 0 {
            bail!("the server closed the connection");
        }
    }
    if http::status(&head) != 200 {
        bail!("{}", head.lines().next().unwrap_or_default());
    }
    Ok(stream)
}

/// The event being read.
#[derive(Default)]
struct Reading {
    line: Vec<u8>,
    /// When the server made it, by the machine's clock.
    made_at_ms: Option<u64>,
    id: Option<u64>,
    resync: bool,
}

impl Reading {
    /// Reads on to the end of the line; false when the stream has ended. Safe to drop half way: what was read stays.
    async fn next_line(&mut self, stream: &mut Stream) -> bool {
        stream.read_until(b'\n', &mut self.line).await.is_ok_and(|count| count > 0)
    }

    fn take_line(&mut self, seen: &mut Seen) {
        let text = String::from_utf8_lossy(&self.line).trim_end().to_owned();
        self.line.clear();
        if let Some(at) = text.strip_prefix(": at ") {
            self.made_at_ms = at.parse().ok();
        } else if text.starts_with(": alive") {
            seen.heartbeats += 1;
        } else if let Some(id) = text.strip_prefix("id: ") {
            self.id = id.rsplit('-').next().and_then(|number| number.parse().ok());
        } else if text == "event: resync" {
            self.resync = true;
        } else if text.is_empty() {
            seen.resyncs += u32::from(std::mem::take(&mut self.resync));
            if let Some(id) = self.id.take() {
                seen.ids.push(id);
                if let Some(made) = self.made_at_ms.take() {
                    seen.late_ms.push(u32::try_from(now_ms().saturating_sub(made)).unwrap_or(u32::MAX));
                }
            }
        }
    }
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_counted_once_with_its_number_and_lateness() {
        let (mut reading, mut seen) = (Reading::default(), Seen::default());
        let made = now_ms() - 5;
        for line in [
            ": welcome",
            "",
            &format!(": at {made}"),
            "id: 1a-42",
            "event: quote",
            "data: {}",
            "",
            ": alive",
            "",
        ] {
            reading.line = format!("{line}\n").into_bytes();
            reading.take_line(&mut seen);
        }
        assert_eq!(seen.ids, [42]);
        assert_eq!(seen.heartbeats, 1);
        assert!(seen.late_ms[0] >= 5 && seen.late_ms[0] < 1_000, "{:?}", seen.late_ms);
    }
}
