//! `/api/live`: the bus as server-sent events.
//!
//! The body hands out the bus's own frames; nothing is copied or encoded for a client. How many symbols a client
//! may follow, heartbeats and the farewell are decided here, everything else in `engine::bus`.

use crate::{AppState, extract::Query, problem::Problem, session::Following};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::Symbol;
use engine::{
    Error,
    bus::{Ending, Subscription},
};
use futures::StreamExt;
use http_body::Frame;
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};
use tokio::time::{Instant, Sleep, sleep};

/// Most symbols of one client.
pub const MAX_SYMBOLS: usize = 100;

/// Sent at once, so that the client knows it is connected; `retry` is in milliseconds.
const WELCOME: Bytes = Bytes::from_static(b": welcome\nretry: 2000\n\n");
const HEARTBEAT: Bytes = Bytes::from_static(b": alive\n\n");
/// What the stream was opened with has ended: coming back with it is answered with 401.
const REVOKED: Bytes = Bytes::from_static(b": goodbye, log in again\n\n");
/// A farewell asks to come back soon: the next process may be up already.
const FAREWELL: Bytes = Bytes::from_static(b": goodbye, the server is stopping\nretry: 1000\n\n");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    #[serde(default)]
    symbols: String,
    last_event_id: Option<String>,
}

/// Answers with a stream that ends only when one side goes away.
pub async fn stream(
    State(state): State<AppState>,
    Following(cx, credential): Following,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let symbols = parse_symbols(&asked.symbols)?;
    // A browser that reconnects by itself repeats the URL and adds the header, so the header is newer.
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let last_id = header.or(asked.last_event_id.as_deref()).filter(|id| !id.is_empty());
    let bus = state.engine.bus();
    let frames = match state.engine.accounts().operator(&cx).await {
        Ok(operator) => bus.subscribe_operator(&operator, symbols, last_id),
        Err(Error::Forbidden(_)) => bus.subscribe(cx.tenant, symbols, last_id),
        Err(error) => return Err(error.into()),
    };
    let body = Events {
        frames: frames.until(credential),
        queued: Some(WELCOME),
        heartbeat: Box::pin(sleep(state.config.http.heartbeat)),
        every: state.config.http.heartbeat,
        probed: headers.contains_key("x-candlewick-probe"),
        over: false,
    };
    let mut response = Body::new(body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather answers would hold events back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn parse_symbols(list: &str) -> Result<Vec<Symbol>, Problem> {
    let mut symbols = BTreeSet::new();
    for word in list.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let symbol = Symbol::parse(word)
            .ok_or_else(|| Problem::invalid("symbols", domain::instrument::BadSymbol.to_string()))?;
        symbols.insert(symbol);
        if symbols.len() > MAX_SYMBOLS {
            return Err(Problem::invalid("symbols", format!("at most {MAX_SYMBOLS} symbols a stream")));
        }
    }
    Ok(symbols.into_iter().collect())
}

/// The body of one stream.
struct Events {
    frames: Subscription,
    /// Goes out before anything else.
    queued: Option<Bytes>,
    heartbeat: Pin<Box<Sleep>>,
    every: Duration,
    /// Tells before each frame when it was published, for measurements.
    probed: bool,
    over: bool,
}

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match self.queued.take() {
            Some(bytes) => bytes,
            None if self.over => return Poll::Ready(None),
            None => match self.frames.poll_next_unpin(cx) {
                Poll::Ready(Some(frame)) if self.probed => {
                    self.queued = Some(frame.bytes.clone());
                    Bytes::from(format!(": at {}\n", unix_ms(frame.at)))
                }
                Poll::Ready(Some(frame)) => frame.bytes.clone(),
                Poll::Ready(None) => {
                    self.over = true;
                    match self.frames.ending() {
                        Some(Ending::Revoked) => REVOKED,
                        _ => FAREWELL,
                    }
                }
                Poll::Pending => {
                    ready!(self.heartbeat.as_mut().poll(cx));
                    HEARTBEAT
                }
            },
        };
        if bytes == HEARTBEAT {
            let next = Instant::now() + self.every;
            self.heartbeat.as_mut().reset(next);
        }
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

/// The wall time of a moment a little while ago, in milliseconds since 1970.
fn unix_ms(at: std::time::Instant) -> u128 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.saturating_sub(at.elapsed()).as_millis()
}
