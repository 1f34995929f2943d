//! The WebSocket for programs: asked, answered, pushed, refused, ended.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::{
    Event, Symbol,
    event::{PredictionTick, QuoteTick, SentimentTick},
    forecast::Prediction,
    sentiment::{Analyser, Label},
    source::Source,
};
use engine::instruments::Filter;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use support::Candlewick;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Message, client::IntoClientRequest, http::HeaderValue, protocol::frame::coding::CloseCode,
    },
};

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client that knows JSON.
struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    async fn open(app: &Candlewick, header: &'static str, value: &str) -> Socket {
        let mut request = format!("ws://{}/ws/market/", app.server.addr).into_client_request().unwrap();
        request.headers_mut().insert(header, HeaderValue::from_str(value).unwrap());
        let stream = TcpStream::connect(app.server.addr).await.unwrap();
        Socket(client_async(request, stream).await.unwrap().0)
    }

    async fn of(app: &Candlewick, token: &str) -> Socket {
        Socket::open(app, "authorization", &format!("Bearer {token}")).await
    }

    async fn say(&mut self, words: &str) {
        self.0.send(Message::text(words)).await.unwrap();
    }

    async fn subscribe(&mut self, symbol: &str) {
        self.say(&json!({ "type": "subscribe", "symbol": symbol }).to_string()).await;
    }

    async fn message(&mut self) -> Message {
        let next = tokio::time::timeout(PATIENCE, self.0.next());
        next.await.expect("nothing came").unwrap().unwrap()
    }

    /// The next text; pings left out.
    async fn next(&mut self) -> Value {
        loop {
            match self.message().await {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The next text of a kind.
    async fn next_of(&mut self, kind: &str) -> Value {
        loop {
            let value = self.next().await;
            if value["type"] == kind {
                return value;
            }
        }
    }

    async fn farewell(&mut self) -> CloseCode {
        loop {
            if let Message::Close(frame) = self.message().await {
                return frame.unwrap().code;
            }
        }
    }
}

fn quote(symbol: &str, price: f64, seconds: i64) -> Event {
    Event::Quote(QuoteTick {
        symbol: Symbol::parse(symbol).unwrap(),
        price,
        change: Some(1.0),
        change_percent: Some(0.5),
        volume: None,
        // Far from what the bundled data says.
        timestamp: chrono::DateTime::from_timestamp(4_000_000_000 + seconds, 0).unwrap(),
        source: Source::Simulated,
        simulated: true,
    })
}

#[tokio::test]
async fn a_subscriber_gets_the_known_price_and_then_what_is_new_of_that_symbol_alone() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let bus = app.server.state.engine.bus().clone();
    let mut socket = Socket::of(&app, &token).await;
    socket.subscribe("aapl").await;
    let answer = socket.next().await;
    assert_eq!((&answer["type"], &answer["symbol"]), (&json!("subscribed"), &json!("AAPL")));
    let known = socket.next_of("stock_update").await;
    assert_eq!(known["data"]["symbol"], "AAPL");
    assert!(known["data"]["price"].as_f64().unwrap() > 0.0);

    bus.publish_market(quote("MSFT", 1.0, 0));
    bus.publish_market(quote("AAPL", 2.0, 1));
    let pushed = loop {
        let pushed = socket.next_of("stock_update").await;
        assert_eq!(pushed["data"]["symbol"], "AAPL");
        if pushed["data"]["price"] == 2.0 {
            break pushed;
        }
    };
    for name in ["change", "changePercent", "volume", "timestamp", "simulated", "source"] {
        assert!(pushed["data"].get(name).is_some(), "{name}");
    }

    socket.say(r#"{"type":"unsubscribe","symbol":"AAPL"}"#).await;
    assert_eq!(socket.next_of("unsubscribed").await["symbol"], "AAPL");
    bus.publish_market(quote("AAPL", 3.0, 2));
    socket.subscribe("MSFT").await;
    socket.next_of("subscribed").await;
    bus.publish_market(quote("MSFT", 4.0, 3));
    loop {
        let pushed = socket.next_of("stock_update").await;
        assert_eq!(pushed["data"]["symbol"], "MSFT", "nothing more of the other");
        if pushed["data"]["price"] == 4.0 {
            break;
        }
    }
}

#[tokio::test]
async fn forecasts_and_moods_have_the_words_of_the_contract() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let engine = &app.server.state.engine;
    let symbol = Symbol::parse("AAPL").unwrap();
    let mut socket = Socket::of(&app, &token).await;
    socket.subscribe("AAPL").await;
    socket.next_of("subscribed").await;
    let prediction: Prediction = engine.forecasts().prediction(&symbol).await.unwrap().unwrap();
    let short = prediction.short_term;
    engine.bus().publish_market(Event::Prediction(PredictionTick { symbol: symbol.clone(), prediction }));
    let pushed = socket.next_of("prediction_update").await;
    let said = &pushed["data"]["predictions"];
    assert_eq!(
        (&pushed["data"]["symbol"], &said["shortTerm"]["targetPrice"]),
        (&json!("AAPL"), &json!(short.target_price))
    );
    for horizon in ["shortTerm", "mediumTerm", "longTerm"] {
        assert!(said[horizon]["change"].is_f64() && said[horizon]["trend"].is_string(), "{horizon}");
    }
    let mood = SentimentTick {
        symbol,
        sentiment: Label::Positive,
        score: 0.25,
        count: 4,
        analyser: Analyser::Vader,
        timestamp: chrono::DateTime::from_timestamp(1_646_946_000, 0).unwrap(),
    };
    engine.bus().publish_market(Event::Sentiment(mood));
    let pushed = socket.next_of("sentiment_update").await;
    assert_eq!((&pushed["data"]["sentiment"], &pushed["data"]["score"]), (&json!("Positive"), &json!(0.25)));
}

#[tokio::test]
async fn what_can_not_be_followed_is_said_and_the_connection_stays() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let mut socket = Socket::of(&app, &token).await;
    for words in [
        "",
        "null",
        "[]",
        "hello",
        r#"{"type":"subscribe"}"#,
        r#"{"type":"buy","symbol":"AAPL"}"#,
        r#"{"type":"subscribe","symbol":"A;B"}"#,
        r#"{"type":"subscribe","symbol":"NOSUCH"}"#,
        r#"{"type":"subscribe","symbol":7}"#,
        r#"{"type":"unsubscribe","symbol":"\u0000"}"#,
    ] {
        socket.say(words).await;
        let answer = socket.next().await;
        assert_eq!(answer["type"], "error", "{words}");
        assert!(answer["message"].as_str().is_some_and(|message| message.len() > 10), "{answer}");
    }
    socket.0.send(Message::binary(vec![0xff, 0])).await.unwrap();
    assert_eq!(socket.next().await["type"], "error");
    socket.subscribe("AAPL").await;
    assert_eq!(socket.next().await["type"], "subscribed");
}

#[tokio::test]
async fn a_hundred_symbols_are_welcome_and_one_more_is_not() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let all = app.server.state.engine.instruments().list(Filter::default()).await.unwrap();
    let mut socket = Socket::of(&app, &token).await;
    for (number, each) in all.iter().take(101).enumerate() {
        socket.subscribe(each.symbol.as_str()).await;
        let expected = if number < 100 { "subscribed" } else { "error" };
        let answer = loop {
            let answer = socket.next().await;
            if ["subscribed", "error"].iter().any(|kind| answer["type"] == *kind) {
                break answer;
            }
        };
        assert_eq!(answer["type"], expected, "{number}: {answer}");
    }
    // One that is followed already takes no place.
    socket.subscribe(all[0].symbol.as_str()).await;
    socket.next_of("subscribed").await;
}

#[tokio::test]
async fn only_a_token_or_a_key_opens_it_and_it_ends_with_them() {
    let app = Candlewick::start().await;
    let login = app.visitor("ada@example.org").await;
    app.get("/ws/market/").send().await.is_problem(401);
    let cookie = format!("candlewick_session={}", login.session_token);
    app.get("/ws/market/").header("cookie", &cookie).send().await.is_problem(401);
    let accounts = app.server.state.engine.accounts();
    let (key, secret) = accounts.create_api_key(&login.cx, "robot").await.unwrap();
    // Known, but no handshake.
    assert!(app.get("/ws/market/").header("x-api-key", &secret).send().await.status.is_client_error());
    let mut socket = Socket::open(&app, "x-api-key", &secret).await;
    socket.subscribe("AAPL").await;
    socket.next_of("subscribed").await;
    accounts.revoke_api_key(&login.cx, key.id).await.unwrap();
    assert_eq!(socket.farewell().await, CloseCode::Policy);
}

#[tokio::test]
async fn the_end_of_the_program_is_told_and_the_too_talkative_are_left() {
    let app = Candlewick::start_with(&[("HEARTBEAT_S", "1")]).await;
    let token = app.member("ada@example.org").await;
    let (mut socket, mut talkative) = (Socket::of(&app, &token).await, Socket::of(&app, &token).await);
    while !matches!(socket.message().await, Message::Ping(_)) {}
    talkative.say(&"x".repeat(2000)).await;
    let left = tokio::time::timeout(PATIENCE, async {
        while talkative.0.next().await.is_some_and(|next| next.is_ok()) {}
    });
    left.await.expect("the connection ends");
    app.server.state.engine.bus().close();
    assert_eq!(socket.farewell().await, CloseCode::Away);
}
