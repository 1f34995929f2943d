//! `/ws/market/`: the market's part of the bus for programs that speak WebSocket.
//!
//! A client says which symbols it follows; each is answered, then come the price that is known and whatever is new.
//! What is pushed and how slow clients are treated is `engine::bus`'s; messages, their size and silence are decided
//! here. Cookies are no proof: a browser would send them for any page that opens a socket.

use crate::{
    AppState,
    live::MAX_SYMBOLS,
    problem::Problem,
    session::{API_KEY, Following},
};
use axum::{
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket, close_code, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use chrono::{DateTime, Utc};
use domain::{Event, Quote, Symbol, event::QuoteTick};
use engine::{
    Engine, Error,
    bus::{Ending, Subscription},
};
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};
use tokio::time::{Instant, sleep_until, timeout};

/// Largest message of a client: a few words.
const MAX_MESSAGE_BYTES: usize = 1024;

/// A client that takes nothing for so long is gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// Heartbeats without a sign of life, after which a client is gone.
const SILENT_BEATS: u32 = 3;

/// What a client may say.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Asked {
    Subscribe { symbol: String },
    Unsubscribe { symbol: String },
}

/// Answers the handshake; what follows ends with the credential, the program, or the client.
pub async fn open(
    State(state): State<AppState>,
    Following(cx, credential): Following,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !headers.contains_key(header::AUTHORIZATION) && !headers.contains_key(API_KEY) {
        return Err(Error::Unauthenticated("send a bearer token or an API key with the handshake").into());
    }
    let upgrade = upgrade.map_err(|refusal| match refusal {
        WebSocketUpgradeRejection::ConnectionNotUpgradable(_) => {
            Problem::new(StatusCode::UPGRADE_REQUIRED, "this address speaks WebSocket only")
        }
        other => Problem::new(other.status(), other.body_text()),
    })?;
    let frames = state.engine.bus().subscribe(cx.tenant, Vec::new(), None).until(credential);
    let (engine, every) = (state.engine.clone(), state.config.http.heartbeat);
    let upgrade = upgrade.max_message_size(MAX_MESSAGE_BYTES).max_frame_size(MAX_MESSAGE_BYTES);
    Ok(upgrade.on_upgrade(move |socket| Client { socket, engine, frames, told: HashMap::new() }.run(every)))
}

/// The client is gone, whether it said so or not.
struct Gone;

struct Client {
    socket: WebSocket,
    engine: Engine,
    frames: Subscription,
    /// Of which moment the price was that came with the answer; older ones still wait in the queue.
    told: HashMap<Symbol, DateTime<Utc>>,
}

impl Client {
    async fn run(mut self, every: Duration) {
        if self.talk(every).await.is_err() {
            return;
        }
        let (code, reason) = match self.frames.ending() {
            Some(Ending::Revoked) => (close_code::POLICY, "log in again"),
            _ => (close_code::AWAY, "the server is stopping"),
        };
        let farewell = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        // Whether it is heard makes no difference any more.
        let _ = self.send(farewell).await;
    }

    /// Until the client leaves or no more frames come.
    async fn talk(&mut self, every: Duration) -> Result<(), Gone> {
        let (mut beat, mut silent) = (Instant::now() + every, 0);
        loop {
            tokio::select! {
                frame = self.frames.next() => match frame {
                    None => return Ok(()),
                    Some(frame) => self.push(&frame.event).await?,
                },
                heard = self.socket.recv() => {
                    silent = 0;
                    match heard {
                        Some(Ok(Message::Text(text))) => self.answer(&text).await?,
                        Some(Ok(Message::Binary(_))) => self.refuse("messages are JSON text").await?,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Gone),
                    }
                }
                () = sleep_until(beat) => {
                    if silent == SILENT_BEATS {
                        return Err(Gone);
                    }
                    (beat, silent) = (Instant::now() + every, silent + 1);
                    self.send(Message::Ping(Default::default())).await?;
                }
            }
        }
    }

    async fn answer(&mut self, text: &str) -> Result<(), Gone> {
        let Ok(asked) = serde_json::from_str(text) else {
            return self.refuse(r#"say {"type":"subscribe","symbol":"AAPL"}, or unsubscribe"#).await;
        };
        match asked {
            Asked::Subscribe { symbol } => match self.known(&symbol).await {
                Ok(symbol) => self.subscribe(symbol).await,
                Err(why) => self.refuse(&why).await,
            },
            Asked::Unsubscribe { symbol } => match Symbol::parse(&symbol) {
                Some(symbol) => {
                    self.frames.unwatch(&symbol);
                    self.told.remove(&symbol);
                    self.say("unsubscribed", &symbol, "No more news of").await
                }
                None => self.refuse(&domain::instrument::BadSymbol.to_string()).await,
            },
        }
    }

    /// The symbol, if it may be followed; else why not.
    async fn known(&mut self, symbol: &str) -> Result<Symbol, String> {
        let symbol = Symbol::parse(symbol).ok_or_else(|| domain::instrument::BadSymbol.to_string())?;
        match self.engine.instruments().find(&symbol).await {
            Ok(Some(_)) => {}
            Ok(None) => return Err(format!("{symbol} is not known here")),
            Err(error) => {
                tracing::error!(%error, "a symbol could not be looked up");
                return Err("that could not be looked up; try again in a moment".into());
            }
        }
        let followed = self.frames.symbols();
        if followed.len() >= MAX_SYMBOLS && !followed.contains(&symbol) {
            return Err(format!("at most {MAX_SYMBOLS} symbols a connection; unsubscribe from one first"));
        }
        Ok(symbol)
    }

    async fn subscribe(&mut self, symbol: Symbol) -> Result<(), Gone> {
        // First the queue, then the price: between them nothing is lost.
        self.frames.watch(symbol.clone());
        self.say("subscribed", &symbol, "You will hear of").await?;
        let quote: Option<Quote> = match self.engine.quotes().one(&symbol).await {
            Ok(quote) => quote,
            Err(error) => {
                tracing::warn!(%error, %symbol, "no price at once");
                None
            }
        };
        if let Some(quote) = quote {
            self.told.insert(symbol, quote.as_of);
            self.push_as("stock_update", &QuoteTick::from(&quote)).await?;
        }
        Ok(())
    }

    async fn push(&mut self, event: &Event) -> Result<(), Gone> {
        match event {
            Event::Quote(tick) if self.told.get(&tick.symbol).is_some_and(|told| tick.timestamp < *told) => {
                Ok(())
            }
            Event::Quote(tick) => self.push_as("stock_update", tick).await,
            Event::Indicator(tick) => self.push_as("indicator_update", tick).await,
            Event::Sentiment(tick) => self.push_as("sentiment_update", tick).await,
            Event::Prediction(tick) => {
                let [short, medium, long] = tick.prediction.targets();
                let predictions = json!({ "shortTerm": short, "mediumTerm": medium, "longTerm": long });
                let data = json!({ "symbol": tick.symbol, "predictions": predictions });
                self.push_as("prediction_update", &data).await
            }
            Event::Resync(told) => self.refuse(&format!("read again what you show: {}", told.reason)).await,
            // The rest is for people, by `/api/live`.
            _ => Ok(()),
        }
    }

    async fn push_as(&mut self, what: &str, data: &impl Serialize) -> Result<(), Gone> {
        let data = serde_json::to_value(data).map_err(|error| {
            tracing::error!(%error, what, "could not be encoded");
            Gone
        })?;
        self.send_json(json!({ "type": what, "data": data })).await
    }

    async fn say(&mut self, what: &str, symbol: &Symbol, words: &str) -> Result<(), Gone> {
        self.send_json(json!({ "type": what, "symbol": symbol, "message": format!("{words} {symbol}") }))
            .await
    }

    async fn refuse(&mut self, why: &str) -> Result<(), Gone> {
        self.send_json(json!({ "type": "error", "message": why })).await
    }

    async fn send_json(&mut self, value: Value) -> Result<(), Gone> {
        self.send(Message::Text(value.to_string().into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        match timeout(PATIENCE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Gone),
        }
    }
}
