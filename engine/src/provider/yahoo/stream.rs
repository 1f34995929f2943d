//! Prices as they move, by websocket. Undocumented like the rest; a frame is JSON around base64 around
//! protobuf.

use super::money::{in_major, major};
use crate::{Clock, provider::http::use_ring};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta};
use domain::{Quote, Symbol, source::Source};
use futures::{SinkExt, StreamExt};
use prost::Message as _;
use serde::Deserialize;
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};
use tokio_tungstenite::{
    connect_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// The subscription is repeated this often, or it ends.
pub const REPEAT: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(10);
/// The largest frame that is read; real ones have some 300 bytes.
const MOST_BYTES: usize = 256 * 1024;
/// How far ahead of our clock a price may be.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// What moved, as far as Candlewick wants to know it. Everything left out is skipped by number.
#[derive(Clone, PartialEq, prost::Message)]
pub struct PricingData {
    /// The symbol.
    #[prost(string, tag = "1")]
    pub id: String,
    /// The price, in the units of `currency`.
    #[prost(float, tag = "2")]
    pub price: f32,
    /// Milliseconds since 1970.
    #[prost(sint64, tag = "3")]
    pub time: i64,
    /// Hundredths have names of their own, as `GBp`.
    #[prost(string, tag = "4")]
    pub currency: String,
    /// 0 before, 1 within, 2 after the session.
    #[prost(int32, tag = "7")]
    pub market_hours: i32,
    /// Units traded today.
    #[prost(sint64, tag = "9")]
    pub day_volume: i64,
    /// Against the close before.
    #[prost(float, tag = "12")]
    pub change: f32,
    /// The close before; 0 where not told.
    #[prost(float, tag = "16")]
    pub previous_close: f32,
    /// Digits behind the point; 0 where not told.
    #[prost(sint64, tag = "27")]
    pub price_hint: i64,
}

#[derive(Deserialize)]
struct Frame {
    #[serde(rename = "type")]
    kind: Option<String>,
    message: Option<String>,
}

/// Where prices come from and whom they are wanted for.
pub trait Listener: Send + Sync {
    /// Whose prices are wanted now; asked again before each subscription.
    fn wanted(&self) -> impl Future<Output = BTreeSet<Symbol>> + Send;
    /// A price came.
    fn quote(&self, quote: Quote) -> impl Future<Output = ()> + Send;
    /// How often the subscription is repeated.
    fn repeat(&self) -> Duration {
        REPEAT
    }
}

/// How a connection ended.
#[derive(Debug)]
pub struct Ended {
    /// In words.
    pub reason: String,
    /// Prices that came before.
    pub prices: u64,
}

/// Listens on one connection until it ends. Silence is not an end: nothing moves on a holiday.
pub async fn listen(base: &str, clock: &Clock, listener: &impl Listener) -> Ended {
    let mut prices = 0;
    let reason = match listen_until_broken(base, clock, listener, &mut prices).await {
        Ok(never) => match never {},
        Err(reason) => reason,
    };
    Ended { reason, prices }
}

async fn listen_until_broken(
    base: &str,
    clock: &Clock,
    listener: &impl Listener,
    prices: &mut u64,
) -> Result<std::convert::Infallible, String> {
    use_ring();
    let url = format!("{}/?version=2", base.trim_end_matches('/'));
    let config =
        WebSocketConfig::default().max_message_size(Some(MOST_BYTES)).max_frame_size(Some(MOST_BYTES));
    let connecting = connect_async_with_config(url, Some(config), false);
    let connected = tokio::time::timeout(CONNECT, connecting).await;
    let (socket, _) =
        connected.map_err(|_| "no connection in time".to_string())?.map_err(|error| error.to_string())?;
    let (mut sink, mut source) = socket.split();
    let mut repeat = tokio::time::interval(listener.repeat());
    let mut subscribed = BTreeSet::new();
    loop {
        tokio::select! {
            _ = repeat.tick() => {
                let wanted = listener.wanted().await;
                let gone: Vec<&Symbol> = subscribed.difference(&wanted).collect();
                let mut messages = Vec::new();
                if !gone.is_empty() {
                    messages.push(json!({ "unsubscribe": gone }));
                }
                if !wanted.is_empty() {
                    messages.push(json!({ "subscribe": wanted }));
                }
                for message in messages {
                    let sent = sink.send(Message::text(message.to_string())).await;
                    sent.map_err(|error| error.to_string())?;
                }
                subscribed = wanted;
            }
            frame = source.next() => {
                let message = frame.ok_or("closed")?.map_err(|error| error.to_string())?;
                match message {
                    Message::Text(text) => match decode(&text, clock) {
                        Ok(Some(quote)) => {
                            *prices += 1;
                            listener.quote(quote).await;
                        }
                        Ok(None) => {}
                        Err(why) => tracing::warn!(provider = "yahoo stream", why, "a frame was left out"),
                    },
                    Message::Close(_) => return Err("closed".into()),
                    // Pings are answered by the library.
                    _ => {}
                }
            }
        }
    }
}

/// The price in a frame; `None` for frames about something else and for prices outside of the session.
///
/// # Errors
/// Why it can not be used.
pub fn decode(text: &str, clock: &Clock) -> Result<Option<Quote>, &'static str> {
    let frame: Frame = serde_json::from_str(text).map_err(|_| "no JSON")?;
    if frame.kind.as_deref() != Some("pricing") {
        return Ok(None);
    }
    let message = frame.message.ok_or("no message")?;
    let bytes = STANDARD.decode(message).map_err(|_| "no base64")?;
    let data = PricingData::decode(&*bytes).map_err(|_| "no prices")?;
    // Before the session can not be told apart from not told.
    if data.market_hours > 1 {
        return Ok(None);
    }
    let symbol = Symbol::parse(&data.id).ok_or("no symbol")?;
    let hint = u32::try_from(data.price_hint).ok().filter(|hint| (1..=10).contains(hint));
    let price = widened(data.price, hint).filter(|price| *price > 0.0).ok_or("no price")?;
    let as_of = DateTime::from_timestamp_millis(data.time).filter(|_| data.time > 0).ok_or("no time")?;
    if as_of > clock.now() + AHEAD {
        return Err("a price of the future");
    }
    let before = match data.previous_close {
        told if told > 0.0 => widened(told, hint),
        _ if data.change != 0.0 => widened(data.change, hint).map(|change| rounded(price - change, hint)),
        _ => None,
    };
    let unit = major(&data.currency).1;
    let before = before.filter(|before| *before > 0.0).map(|before| in_major(before, unit));
    let volume = (data.day_volume > 0).then_some(data.day_volume as f64);
    Ok(Some(Quote::new(symbol, in_major(price, unit), before, volume, as_of, Source::Yahoo)))
}

/// The number that was meant by a float of 32 bits: 158.52, not 158.52000427. `None` where it is none.
fn widened(value: f32, hint: Option<u32>) -> Option<f64> {
    // The shortest text that means this float and no other; wide enough for every price there is.
    let meant: f64 = value.is_finite().then(|| value.to_string().parse().ok()).flatten()?;
    let rounded = rounded(meant, hint);
    // A hint that makes nothing of a price is wrong.
    Some(if rounded == 0.0 { meant } else { rounded })
}

fn rounded(value: f64, hint: Option<u32>) -> f64 {
    hint.map_or(value, |digits| {
        let scale = 10f64.powi(digits as i32);
        (value * scale).round() / scale
    })
}
