//! The stream, with a websocket stand-in on loopback.

use super::support::{at, clock, symbol};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{Quote, Symbol};
use engine::{
    Clock,
    provider::yahoo::stream::{Listener, PricingData, decode, listen},
};
use futures::{SinkExt, StreamExt};
use prost::Message as _;
use serde_json::json;
use std::{collections::BTreeSet, sync::Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};

fn apple() -> PricingData {
    PricingData {
        id: "AAPL".into(),
        price: 158.52,
        time: at("2022-03-11T17:59:58Z").timestamp_millis(),
        currency: "USD".into(),
        market_hours: 1,
        day_volume: 105_342_000,
        change: -4.43,
        previous_close: 0.0,
        price_hint: 2,
    }
}

fn frame(data: &PricingData) -> String {
    json!({"type": "pricing", "message": STANDARD.encode(data.encode_to_vec())}).to_string()
}

fn quote(data: &PricingData) -> Result<Option<Quote>, &'static str> {
    decode(&frame(data), &clock())
}

#[test]
fn floats_of_32_bits_become_the_prices_that_were_meant() {
    let told = quote(&apple()).unwrap().unwrap();
    assert_eq!((told.price, told.previous_close), (158.52, Some(162.95)));
    assert_eq!((told.as_of, told.volume), (at("2022-03-11T17:59:58Z"), Some(105_342_000.0)));
    for (price, hint, expected) in [
        (0.000_012_34_f32, 8, 0.000_012_34),
        (0.000_012_34, 2, 0.000_012_34),
        (1.234_56, 4, 1.2346),
        (2936.35, 0, 2936.35),
        (99_146.8, 2, 99_146.8),
    ] {
        let data = PricingData { price, price_hint: hint, change: 0.0, ..apple() };
        assert_eq!(quote(&data).unwrap().unwrap().price, expected);
    }
    let pence = PricingData { price: 122.5, previous_close: 121.0, currency: "GBp".into(), ..apple() };
    let told = quote(&pence).unwrap().unwrap();
    assert_eq!((told.price, told.previous_close), (1.225, Some(1.21)));
}

/// Written out by the rules of the encoding (field number times 8 plus wire type, zig-zag, little endian), so that
/// the field numbers are not only compared with themselves.
#[test]
fn the_bytes_on_the_wire_are_those_of_the_protocol() {
    let mut bytes = vec![0x0a, 4];
    bytes.extend(b"AAPL");
    bytes.push(0x15);
    bytes.extend(158.52f32.to_le_bytes());
    // 1,647,021,598,000 ms, doubled by zig-zag, in groups of seven bits.
    bytes.push(0x18);
    let mut rest: u64 = 1_647_021_598_000 * 2;
    while rest >= 128 {
        bytes.push((rest % 128) as u8 | 128);
        rest /= 128;
    }
    bytes.push(rest as u8);
    bytes.extend([0x38, 1, 0x48, 20]);
    // Fields nobody reads: the name, and a market value of 64 bits.
    bytes.extend([0x6a, 5]);
    bytes.extend(b"Apple");
    bytes.extend([0x89, 0x02]);
    bytes.extend(2.6e12f64.to_le_bytes());
    let text = json!({"type": "pricing", "message": STANDARD.encode(bytes)}).to_string();
    let told = decode(&text, &clock()).unwrap().unwrap();
    assert_eq!((told.symbol.as_str(), told.price, told.volume), ("AAPL", 158.52, Some(10.0)));
    assert_eq!(told.as_of, at("2022-03-11T17:59:58Z"));
}

#[test]
fn bad_frames_are_told_and_nothing_is_made_of_them() {
    for text in [
        "",
        "null",
        "[]",
        "not json",
        "{\"type\":\"pricing\"}",
        "{\"type\":\"pricing\",\"message\":\"***\"}",
        "{\"type\":\"pricing\",\"message\":\"/////w==\"}",
    ] {
        assert!(decode(text, &clock()).is_err(), "{text}");
    }
    for data in [
        PricingData { price: f32::NAN, ..apple() },
        PricingData { price: f32::INFINITY, ..apple() },
        PricingData { price: 0.0, ..apple() },
        PricingData { price: -1.0, ..apple() },
        PricingData { id: "not a symbol".into(), ..apple() },
        PricingData { time: 0, ..apple() },
        PricingData { time: i64::MAX, ..apple() },
        PricingData { time: at("2022-03-11T18:06:00Z").timestamp_millis(), ..apple() },
    ] {
        assert!(quote(&data).is_err(), "{data:?}");
    }
    assert_eq!(decode("{\"type\":\"heartbeat\"}", &clock()), Ok(None));
    assert_eq!(quote(&PricingData { market_hours: 2, ..apple() }), Ok(None), "after the session");
}

struct Heard {
    wanted: BTreeSet<Symbol>,
    quotes: Mutex<Vec<Quote>>,
}

impl Heard {
    fn new(wanted: &[&str]) -> Heard {
        Heard { wanted: wanted.iter().map(|each| symbol(each)).collect(), quotes: Mutex::default() }
    }
}

impl Listener for Heard {
    async fn wanted(&self) -> BTreeSet<Symbol> {
        self.wanted.clone()
    }

    async fn quote(&self, quote: Quote) {
        self.quotes.lock().unwrap().push(quote);
    }
}

async fn stand_in() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (format!("ws://{}", listener.local_addr().unwrap()), listener)
}

async fn accepted(listener: &TcpListener) -> WebSocketStream<TcpStream> {
    accept_async(listener.accept().await.unwrap().0).await.unwrap()
}

#[tokio::test]
async fn it_subscribes_skips_bad_frames_and_says_how_it_ended() {
    let (base, listener) = stand_in().await;
    let heard = Heard::new(&["MSFT", "AAPL"]);
    let server = async {
        let mut socket = accepted(&listener).await;
        let first = socket.next().await.unwrap().unwrap();
        assert_eq!(first.to_text().unwrap(), r#"{"subscribe":["AAPL","MSFT"]}"#);
        socket.send(Message::text("nonsense")).await.unwrap();
        socket.send(Message::binary(vec![1, 2, 3])).await.unwrap();
        socket.send(Message::text(frame(&apple()))).await.unwrap();
        socket.close(None).await.unwrap();
    };
    let clock = clock();
    let (ended, ()) = tokio::join!(listen(&base, &clock, &heard), server);
    assert_eq!((ended.prices, heard.quotes.lock().unwrap().len()), (1, 1));
}

#[tokio::test]
async fn broken_connections_end_and_never_panic() {
    let (base, listener) = stand_in().await;
    let heard = Heard::new(&["AAPL"]);
    // No handshake, a torn connection, and a frame larger than any price.
    let torn = async { drop(listener.accept().await.unwrap()) };
    let clock = clock();
    let (ended, ()) = tokio::join!(listen(&base, &clock, &heard), torn);
    assert_eq!(ended.prices, 0);
    let huge = async {
        let mut socket = accepted(&listener).await;
        socket.send(Message::text("x".repeat(1024 * 1024))).await.ok();
        while let Some(Ok(_)) = socket.next().await {}
    };
    let (ended, ()) = tokio::join!(listen(&base, &clock, &heard), huge);
    assert!(!ended.reason.is_empty());
    drop(listener);
    let ended = listen(&base, &Clock::fixed(super::support::now()), &heard).await;
    assert_eq!(ended.prices, 0);
    assert!(heard.quotes.lock().unwrap().is_empty());
}
