use super::{Bus, Ending, Frame, Subscription};
use crate::accounts::Credential;
use domain::{
    Event, Symbol, TenantId,
    event::{OnboardingProgress, QuoteTick, SignalFired},
    signal::{Action, Signal, SignalKind},
    source::Source,
};
use futures::{FutureExt, StreamExt};
use std::sync::Arc;
use uuid::Uuid;

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

fn tenant(n: u128) -> TenantId {
    TenantId(Uuid::from_u128(n))
}

fn quote(of: &str, price: f64) -> Event {
    Event::Quote(QuoteTick {
        symbol: symbol(of),
        price,
        change: None,
        change_percent: None,
        volume: None,
        timestamp: Default::default(),
        source: Source::Simulated,
        simulated: true,
    })
}

fn signal(of: &str) -> Event {
    let signal = Signal {
        time: Default::default(),
        kind: SignalKind::Rsi,
        action: Action::Buy,
        strength: Default::default(),
        reason: "RSI 27.1 is below 30".into(),
        bars_used: 15,
    };
    Event::Signal(SignalFired { symbol: symbol(of), signal, simulated: true })
}

fn step(percent: u8) -> Event {
    Event::Onboarding(OnboardingProgress { percent, step: "watchlist".into() })
}

fn drain(subscription: &mut Subscription) -> Vec<Arc<Frame>> {
    std::iter::from_fn(|| subscription.try_next()).collect()
}

fn texts(frames: &[Arc<Frame>]) -> Vec<String> {
    frames.iter().map(|frame| String::from_utf8(frame.bytes.to_vec()).unwrap()).collect()
}

fn id(frame: &Frame) -> String {
    let text = String::from_utf8(frame.bytes.to_vec()).unwrap();
    text.lines().next().unwrap().strip_prefix("id: ").unwrap().to_string()
}

#[test]
fn a_frame_is_a_whole_sse_event_and_is_shared() {
    let bus = Bus::new();
    let mut one = bus.subscribe(tenant(1), vec![symbol("AAPL")], None);
    let mut two = bus.subscribe(tenant(2), vec![symbol("AAPL")], None);
    bus.publish_market(quote("AAPL", 182.41));
    let (a, b) = (one.try_next().unwrap(), two.try_next().unwrap());
    assert!(Arc::ptr_eq(&a, &b));
    let text = texts(&[a]).remove(0);
    assert!(text.contains("-1\nevent: quote\ndata: {\"symbol\":\"AAPL\",\"price\":182.41"), "{text}");
    assert!(text.starts_with("id: ") && text.ends_with("}\n\n"), "{text}");
}

#[test]
fn a_client_that_comes_back_sees_what_an_unbroken_one_saw() {
    let bus = Bus::new();
    let watched = vec![symbol("AAPL"), symbol("MSFT")];
    let mut whole = bus.subscribe(tenant(1), watched.clone(), None);
    let mut cut = bus.subscribe(tenant(1), watched.clone(), None);
    for n in 0..50 {
        bus.publish_market(quote("AAPL", f64::from(n)));
    }
    let mut seen = drain(&mut cut);
    let last = id(seen.last().unwrap());
    drop(cut);
    let mut all = drain(&mut whole);
    for n in 0..500 {
        bus.publish_market(quote(["AAPL", "MSFT", "TSLA"][n % 3], n as f64));
        if n % 50 == 0 {
            bus.publish_market(signal("MSFT"));
            bus.publish_tenant(tenant(1), step(1));
            bus.publish_tenant(tenant(2), step(2));
        }
        all.extend(drain(&mut whole));
    }
    let mut back = bus.subscribe(tenant(1), watched, Some(&last));
    seen.extend(drain(&mut back));
    assert_eq!(texts(&seen), texts(&all));
    assert!(all.windows(2).all(|pair| pair[0].seq < pair[1].seq));
}

#[test]
fn an_unknown_or_too_old_id_is_answered_with_resync_and_a_usable_id() {
    let bus = Bus::with_capacity(10);
    let mut first = bus.subscribe(tenant(1), vec![symbol("AAPL")], None);
    bus.publish_market(quote("AAPL", 1.0));
    let old = id(&first.try_next().unwrap());
    for n in 0..20 {
        bus.publish_market(quote("AAPL", f64::from(n)));
    }
    let foreign = {
        let other = Bus::new();
        let mut client = other.subscribe(tenant(1), vec![symbol("AAPL")], None);
        other.publish_market(quote("AAPL", 1.0));
        id(&client.try_next().unwrap())
    };
    let future = format!("{}-99999", old.rsplit_once('-').unwrap().0);
    for unknown in [old.as_str(), foreign.as_str(), future.as_str(), "", "x", "1", "-", "é-1"] {
        let mut back = bus.subscribe(tenant(1), vec![symbol("AAPL")], Some(unknown));
        let frames = drain(&mut back);
        assert_eq!(frames.iter().map(|frame| frame.name()).collect::<Vec<_>>(), ["resync"], "{unknown:?}");
        let mut again = bus.subscribe(tenant(1), vec![symbol("AAPL")], Some(&id(&frames[0])));
        assert!(again.try_next().is_none());
    }
}

#[test]
fn a_slow_client_gets_the_newest_price_of_each_symbol_and_every_signal_in_order() {
    let bus = Bus::new();
    let mut slow = bus.subscribe(tenant(1), vec![symbol("AAPL"), symbol("MSFT")], None);
    for n in 0..10_000 {
        bus.publish_market(quote("AAPL", f64::from(n)));
        bus.publish_market(quote("MSFT", f64::from(n)));
        if n % 100 == 0 {
            bus.publish_market(signal("AAPL"));
        }
    }
    let frames = drain(&mut slow);
    assert!(frames.len() < 200, "{}", frames.len());
    assert_eq!(frames.iter().filter(|frame| frame.name() == "signal").count(), 100);
    assert!(frames.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    for last in &frames[frames.len() - 2..] {
        assert!(matches!(&last.event, Event::Quote(tick) if tick.price == 9_999.0));
    }
}

#[test]
fn a_client_that_is_far_too_slow_is_told_to_resync() {
    let bus = Bus::new();
    let mut slow = bus.subscribe(tenant(1), vec![symbol("AAPL")], None);
    for _ in 0..600 {
        bus.publish_market(signal("AAPL"));
    }
    let frames = drain(&mut slow);
    assert_eq!(frames[0].name(), "resync");
    // What came after the overflow follows, so that nothing is missing once the page was read again.
    assert!(frames[1..].iter().all(|frame| frame.name() == "signal" && frame.seq > frames[0].seq));
    assert_eq!(frames.last().unwrap().seq, 600);
}

#[test]
fn a_tenant_never_sees_events_of_another_not_even_in_a_replay() {
    let bus = Bus::new();
    let mut mine = bus.subscribe(tenant(1), vec![symbol("AAPL")], None);
    let mut theirs = bus.subscribe(tenant(2), vec![symbol("AAPL")], None);
    bus.publish_market(quote("AAPL", 1.0));
    let start = id(&mine.try_next().unwrap());
    theirs.try_next().unwrap();
    bus.publish_tenant(tenant(1), step(40));
    assert_eq!(drain(&mut mine).len(), 1);
    assert_eq!(drain(&mut theirs).len(), 0);
    let mut back = bus.subscribe(tenant(2), vec![symbol("AAPL")], Some(&start));
    assert_eq!(drain(&mut back).len(), 0);
}

#[test]
fn only_watched_symbols_arrive_and_watching_changes_at_once() {
    let bus = Bus::new();
    let mut client = bus.subscribe(tenant(1), vec![symbol("AAPL")], None);
    bus.publish_market(quote("MSFT", 1.0));
    assert!(client.try_next().is_none());
    assert!(client.watch(symbol("MSFT")) && !client.watch(symbol("MSFT")));
    bus.publish_market(quote("MSFT", 2.0));
    assert!(client.try_next().is_some());
    assert!(client.unwatch(&symbol("MSFT")) && !client.unwatch(&symbol("MSFT")));
    bus.publish_market(quote("MSFT", 3.0));
    assert!(client.try_next().is_none());
    assert_eq!(bus.watched(), [symbol("AAPL")]);
    drop(client);
    assert_eq!((bus.watched().len(), bus.clients()), (0, 0));
}

#[tokio::test]
async fn a_waiting_client_is_woken_and_ends_when_the_bus_closes() {
    let bus = Bus::new();
    let mut client = bus.subscribe(tenant(1), vec![symbol("AAPL")], None);
    assert!(client.next().now_or_never().is_none());
    let publisher = bus.clone();
    let (frame, ()) =
        tokio::join!(client.next(), async move { publisher.publish_market(quote("AAPL", 1.0)) });
    assert_eq!(frame.unwrap().name(), "quote");
    bus.publish_tenant(tenant(1), step(100));
    bus.close();
    assert_eq!(client.next().await.unwrap().name(), "onboarding");
    assert!(client.next().await.is_none());
    assert!(bus.subscribe(tenant(1), vec![], None).next().await.is_none());
}

#[tokio::test]
async fn a_stream_ends_with_what_it_was_opened_with() {
    let bus = Bus::new();
    let (mine, other) = (Credential::Session(Uuid::from_u128(1)), Credential::Key(Uuid::from_u128(1)));
    let open = |credential| bus.subscribe(tenant(1), vec![symbol("AAPL")], None).until(credential);
    let (mut first, mut second) = (open(mine), open(other));
    bus.publish_market(quote("AAPL", 1.0));
    bus.end(mine);
    assert_eq!(first.next().await.unwrap().name(), "quote", "what waits is delivered");
    assert!(first.next().await.is_none());
    assert_eq!((first.ending(), second.ending()), (Some(Ending::Revoked), None));
    second.next().await.unwrap();
    assert!(second.next().now_or_never().is_none(), "the other one goes on");
    // One that was recognised before and opens after the end.
    assert!(open(mine).next().await.is_none());
    drop((first, second));
    assert_eq!(bus.clients(), 0);
}
