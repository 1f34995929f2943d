//! The stream over a connection that breaks, with a websocket stand-in on loopback.

use super::*;
use crate::{
    provider::yahoo::stream::PricingData,
    testing::{TestDb, live_engine_on, now},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::TenantId;
use futures::{SinkExt, StreamExt};
use prost::Message as _;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};
use uuid::Uuid;

/// Short, so that the test need not wait for what a quarter of a minute brings.
const SOON: Duration = Duration::from_millis(20);

fn symbol(word: &str) -> Symbol {
    Symbol::parse(word).unwrap()
}

async fn accepted(listener: &TcpListener) -> WebSocketStream<TcpStream> {
    accept_async(listener.accept().await.unwrap().0).await.unwrap()
}

/// The next message of the client: its verb and the symbols behind it.
async fn heard(socket: &mut WebSocketStream<TcpStream>) -> (String, Vec<String>) {
    loop {
        if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
            let said: Value = serde_json::from_str(&text).unwrap();
            let (verb, symbols) = said.as_object().unwrap().iter().next().unwrap();
            let symbols = symbols.as_array().unwrap().iter();
            return (verb.clone(), symbols.map(|each| each.as_str().unwrap().to_string()).collect());
        }
    }
}

fn frame(price: f32) -> Message {
    let data = PricingData {
        id: "PEP".into(),
        price,
        time: now().timestamp_millis(),
        currency: "USD".into(),
        market_hours: 1,
        day_volume: 1_000,
        change: 0.0,
        previous_close: 0.0,
        price_hint: 2,
    };
    let message = STANDARD.encode(data.encode_to_vec());
    Message::text(json!({ "type": "pricing", "message": message }).to_string())
}

#[tokio::test]
async fn after_each_end_it_connects_again_for_what_is_wanted_then_and_drops_what_is_not_wanted_any_more() {
    let db = TestDb::sqlite().await;
    let engine = live_engine_on(db.db(), now(), Vec::new());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("ws://{}", listener.local_addr().unwrap());
    let nobody = TenantId(Uuid::nil());
    let mut watching = engine.bus().subscribe(nobody, vec![symbol("KO")], None);
    let cancel = CancellationToken::new();
    let health = || engine.providers().health().pop().unwrap();
    let has = |symbols: &[String], word: &str| symbols.iter().any(|each| each == word);

    let server = async {
        let mut socket = accepted(&listener).await;
        let (verb, symbols) = heard(&mut socket).await;
        assert_eq!(verb, "subscribe");
        assert!(has(&symbols, "KO") && has(&symbols, "^GSPC") && !has(&symbols, "PEP"), "{symbols:?}");
        // Somebody looks at another symbol by the time the connection is back.
        watching.unwatch(&symbol("KO"));
        watching.watch(symbol("PEP"));
        socket.close(None).await.unwrap();
        drop(socket);

        let mut socket = accepted(&listener).await;
        let (verb, symbols) = heard(&mut socket).await;
        assert_eq!(verb, "subscribe");
        assert!(has(&symbols, "PEP") && !has(&symbols, "KO"), "{symbols:?}");
        // Without a word.
        drop(socket);

        let mut socket = accepted(&listener).await;
        let first = heard(&mut socket).await;
        assert!(first.0 == "subscribe" && has(&first.1, "PEP"), "{first:?}");
        assert_eq!(heard(&mut socket).await, first, "repeated, or it would end");
        assert_eq!((health().failures, health().state), (2, State::Troubled));
        socket.send(frame(158.52)).await.unwrap();
        while engine.memory().streamed.of(&symbol("PEP")).is_none() {
            heard(&mut socket).await;
        }
        assert_eq!(engine.quotes().one(&symbol("PEP")).await.unwrap().unwrap().price, 158.52);
        assert_eq!(health().state, State::Up);

        watching.unwatch(&symbol("PEP"));
        let gone = loop {
            let (verb, symbols) = heard(&mut socket).await;
            if verb == "unsubscribe" {
                break symbols;
            }
        };
        assert_eq!(gone, ["PEP"]);
        let (verb, symbols) = heard(&mut socket).await;
        assert_eq!(verb, "subscribe");
        assert!(!has(&symbols, "PEP") && has(&symbols, "^GSPC"), "{symbols:?}");
        assert_eq!(heard(&mut socket).await.0, "subscribe", "unsubscribed once");
        cancel.cancel();
    };
    tokio::join!(engine.run_stream_by(cancel.clone(), &base, SOON), server);
}
