//! The live stream: complete after a cut, honest after a gap, private, alive.
#![allow(clippy::unwrap_used)] // in a test a panic is the report

mod support;

use domain::{
    Event, Symbol,
    event::{OnboardingProgress, QuoteTick},
    source::Source,
};
use hyper::Method;
use serde_json::json;
use support::{Candlewick, Listener};

fn quote(symbol: &str, price: f64) -> Event {
    Event::Quote(QuoteTick {
        symbol: Symbol::parse(symbol).unwrap(),
        price,
        change: None,
        change_percent: None,
        volume: None,
        timestamp: chrono::DateTime::from_timestamp(1_646_946_000, 0).unwrap(),
        source: Source::Simulated,
        simulated: true,
    })
}

async fn listen(app: &Candlewick, token: &str, path: &str, headers: &[(&str, &str)]) -> Listener {
    let call = app.get(path).bearer(token);
    Listener::open(headers.iter().fold(call, |call, (name, value)| call.header(name, value))).await
}

/// The next price; the onboarding of a new member tells of itself in between.
async fn next_quote(stream: &mut Listener) -> support::Event {
    loop {
        let event = stream.next().await.unwrap();
        if event.name == "quote" {
            return event;
        }
    }
}

#[tokio::test]
async fn only_the_symbols_asked_for_arrive_with_growing_ids() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let bus = app.server.state.engine.bus();
    let mut stream = listen(&app, &token, "/api/live?symbols=AAPL,%5EGSPC", &[]).await;
    for event in [quote("AAPL", 1.0), quote("MSFT", 2.0), quote("^GSPC", 3.0)] {
        bus.publish_market(event);
    }
    let (first, second) = (next_quote(&mut stream).await, next_quote(&mut stream).await);
    assert_eq!((first.name.as_str(), second.name.as_str()), ("quote", "quote"));
    let data: serde_json::Value = serde_json::from_str(&first.data).unwrap();
    assert_eq!(data["symbol"], "AAPL");
    assert_eq!(data["price"], 1.0);
    assert_eq!(data["simulated"], true);
    assert!(second.data.contains("\"^GSPC\""));
    assert_ne!(first.id, second.id);
}

#[tokio::test]
async fn a_client_that_was_cut_off_sees_what_an_unbroken_one_saw() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let bus = app.server.state.engine.bus();
    let mut unbroken = listen(&app, &token, "/api/live?symbols=AAPL", &[]).await;
    let mut cut = listen(&app, &token, "/api/live?symbols=AAPL", &[]).await;
    let mut seen = Vec::new();
    let mut all = Vec::new();
    for round in 0..3 {
        bus.publish_market(quote("AAPL", f64::from(round)));
        seen.push(next_quote(&mut cut).await);
        all.push(next_quote(&mut unbroken).await);
    }
    drop(cut);
    for round in 3..6 {
        bus.publish_market(quote("AAPL", f64::from(round)));
        all.push(next_quote(&mut unbroken).await);
    }
    // Both ways of naming the last event; the header is the newer word.
    let last = seen.last().unwrap().id.clone();
    let path = format!("/api/live?symbols=AAPL&lastEventId={last}");
    let mut by_query = listen(&app, &token, &path, &[]).await;
    let stale = format!("/api/live?symbols=AAPL&lastEventId={}", seen[0].id);
    let mut by_header = listen(&app, &token, &stale, &[("last-event-id", &last)]).await;
    for expected in &all[3..] {
        assert_eq!(&next_quote(&mut by_query).await, expected);
        assert_eq!(&next_quote(&mut by_header).await, expected);
    }
}

#[tokio::test]
async fn an_id_nobody_knows_is_answered_with_resync() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    for id in ["nonsense", "0-1", "\u{2603}", "999999999999999999999999"] {
        let path = format!("/api/live?symbols=AAPL&lastEventId={}", percent(id));
        assert_eq!(listen(&app, &token, &path, &[]).await.next().await.unwrap().name, "resync", "{id}");
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn what_happens_to_one_tenant_no_other_hears() {
    let app = Candlewick::start().await;
    let (ada, eve) = (app.member("ada@example.org").await, app.member("eve@example.org").await);
    let engine = &app.server.state.engine;
    let tenant = engine.accounts().bearer(&ada, "test").await.unwrap().tenant;
    let mut hers = listen(&app, &ada, "/api/live", &[]).await;
    let mut theirs = listen(&app, &eve, "/api/live?symbols=AAPL", &[]).await;
    let step = OnboardingProgress { percent: 50, step: "private words".into() };
    engine.bus().publish_tenant(tenant, Event::Onboarding(step));
    engine.bus().publish_market(quote("AAPL", 1.0));
    loop {
        let event = hers.next().await.unwrap();
        if event.data.contains("private words") {
            break assert_eq!(event.name, "onboarding");
        }
    }
    loop {
        let event = theirs.next().await.unwrap();
        assert!(!event.data.contains("private words"));
        if event.name == "quote" {
            break;
        }
    }
}

#[tokio::test]
async fn a_silent_stream_beats() {
    let app = Candlewick::start_with(&[("HEARTBEAT_S", "1")]).await;
    let token = app.member("ada@example.org").await;
    let mut stream = listen(&app, &token, "/api/live?symbols=AAPL", &[]).await;
    let mut beats = 0;
    while beats < 2 {
        let block = stream.block().await.unwrap();
        beats += u32::from(block.comment == "alive");
    }
}

#[tokio::test]
async fn strangers_and_the_greedy_are_refused() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    app.get("/api/live?symbols=AAPL").send().await.is_problem(401);
    let many: Vec<String> = (0..101).map(|n| format!("S{n}")).collect();
    let path = format!("/api/live?symbols={}", many.join(","));
    let problem = app.get(&path).bearer(&token).send().await.is_problem(422);
    assert_eq!(problem["errors"][0]["field"], "symbols");
    app.get("/api/live?symbols=A%3BB").bearer(&token).send().await.is_problem(422);
    // A hundred are welcome, however often each is named.
    let path = format!("/api/live?symbols={0},{0}", many[..100].join(","));
    listen(&app, &token, &path, &[]).await;
}

#[tokio::test]
async fn a_probe_is_told_when_each_event_was_published() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let mut stream = listen(&app, &token, "/api/live?symbols=AAPL", &[("x-candlewick-probe", "1")]).await;
    app.server.state.engine.bus().publish_market(quote("AAPL", 1.0));
    let event = loop {
        let event = stream.next().await.unwrap();
        if event.name == "quote" {
            break event;
        }
    };
    let at: u128 = event.comment.strip_prefix("at ").unwrap().parse().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    assert!(at <= now && now - at < 10_000, "{at} {now}");
}

#[tokio::test]
async fn a_stopping_server_says_goodbye_and_ends_the_stream() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let mut stream = listen(&app, &token, "/api/live", &[]).await;
    let started = std::time::Instant::now();
    app.server.stop().await;
    let mut last = None;
    while let Some(block) = stream.block().await {
        last = Some(block);
    }
    assert!(last.unwrap().comment.starts_with("goodbye"));
    assert!(started.elapsed().as_secs() < 8, "nobody had to be cut off");
}

/// Reads on until the stream ends; its last words.
async fn last_words(stream: &mut Listener) -> String {
    let mut last = String::new();
    while let Some(block) = stream.block().await {
        last = block.comment;
    }
    last
}

#[tokio::test]
async fn a_stream_ends_when_its_key_is_revoked_and_no_other_does() {
    let app = Candlewick::start().await;
    let token = app.member("ada@example.org").await;
    let made = app.post("/api/auth/api-keys", json!({ "name": "robot" })).bearer(&token).send().await.json();
    let key = made["key"].as_str().unwrap();
    let by_key = || app.get("/api/live?symbols=AAPL").header("x-api-key", key);
    let mut by_token = listen(&app, &token, "/api/live?symbols=AAPL", &[]).await;
    let mut stream = Listener::open(by_key()).await;
    let path = format!("/api/auth/api-keys/{}", made["id"].as_str().unwrap());
    assert_eq!(app.call(Method::DELETE, &path).bearer(&token).send().await.status, 204);
    assert_eq!(last_words(&mut stream).await, "goodbye, log in again");
    by_key().send().await.is_problem(401);
    app.server.state.engine.bus().publish_market(quote("AAPL", 1.0));
    next_quote(&mut by_token).await;
}

#[tokio::test]
async fn a_stream_ends_when_its_program_logs_out() {
    let app = Candlewick::start().await;
    let tokens = app.register("ada@example.org").await.json();
    let mut stream = listen(&app, tokens["accessToken"].as_str().unwrap(), "/api/live", &[]).await;
    let body = json!({ "refreshToken": tokens["refreshToken"] });
    assert_eq!(app.post("/api/auth/logout", body).send().await.status, 204);
    assert_eq!(last_words(&mut stream).await, "goodbye, log in again");
}

#[tokio::test]
async fn a_stream_ends_with_the_session_of_its_browser_however_that_ends() {
    let app = Candlewick::start().await;
    let accounts = app.server.state.engine.accounts();
    let (ada, caller) = ("ada@example.org", engine::testing::caller());
    app.member(ada).await;
    let log_in = || async { accounts.login(ada, support::PASSWORD, &caller).await.unwrap() };
    let follow = |token: &str| {
        let cookie = format!("candlewick_session={token}");
        Listener::open(app.get("/api/live").header("cookie", &cookie))
    };
    let (one, two, three) = (log_in().await, log_in().await, log_in().await);
    let mut streams = [
        follow(&one.session_token).await,
        follow(&two.session_token).await,
        follow(&three.session_token).await,
    ];
    // Logged out here, ended from the list of sessions there, and by a change of the password at last.
    accounts.logout(&one.session_token).await.unwrap();
    assert_eq!(last_words(&mut streams[0]).await, "goodbye, log in again");
    let sessions = accounts.sessions(&three.cx, &two.session_token).await.unwrap();
    let second = sessions.iter().find(|session| session.current).unwrap().id;
    accounts.revoke_session(&three.cx, second).await.unwrap();
    assert_eq!(last_words(&mut streams[1]).await, "goodbye, log in again");
    let fresh = "another good password";
    accounts.change_password(&three.cx, "", support::PASSWORD, fresh).await.unwrap();
    assert_eq!(last_words(&mut streams[2]).await, "goodbye, log in again");
}
