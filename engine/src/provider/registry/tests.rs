//! The fixed clock does not sleep: it moves on, so these tests see how long the registry waited.

use super::*;
use crate::{
    provider::Limits,
    testing::{FakeProvider, now},
};
use async_trait::async_trait;
use chrono::TimeDelta;
use domain::{
    provider::{Breaker, State},
    source::Source,
};
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

fn symbol() -> Symbol {
    Symbol::parse("AAPL").unwrap()
}

fn bars() -> BarsAsk {
    BarsAsk { symbol: symbol(), interval: domain::Interval::Day1, from: None, to: None }
}

fn answer(currency: &str) -> Answer<BarsAnswer> {
    Ok(BarsAnswer { currency: Some(currency.into()), ..BarsAnswer::default() })
}

fn faulty() -> ProviderError {
    ProviderError::Faulty("500".into())
}

/// Gives one answer after the other, the last one for ever.
fn scripted(source: Source, script: Vec<Answer<BarsAnswer>>) -> Arc<FakeProvider> {
    let next = AtomicUsize::new(0);
    let says = move |_: &BarsAsk| script[next.fetch_add(1, Ordering::SeqCst).min(script.len() - 1)].clone();
    FakeProvider::new(source).bars(says).shared()
}

fn registry(providers: Vec<Arc<FakeProvider>>) -> (Registry, Clock) {
    let clock = Clock::fixed(now());
    let providers = providers.into_iter().map(|each| each as Arc<dyn Provider>).collect();
    (Registry::new(providers, clock.clone()), clock)
}

#[tokio::test]
async fn providers_are_asked_in_order_and_only_for_what_they_offer() {
    let news = FakeProvider::new(Source::NewsApi).news(|_| Ok(vec![])).shared();
    let yahoo = scripted(Source::Yahoo, vec![Err(ProviderError::Denied("blocked".into()))]);
    let tiingo = scripted(Source::Tiingo, vec![answer("USD")]);
    let (registry, _) = registry(vec![news.clone(), yahoo.clone(), tiingo.clone()]);
    let fetched = registry.bars(bars(), Urgency::Manual).await.unwrap();
    assert_eq!((fetched.source, fetched.fetched_at, fetched.stands_in), (Source::Tiingo, now(), None));
    assert_eq!((news.asked().len(), yahoo.asked().len(), tiingo.asked().len()), (0, 1, 1));
    assert!(registry.offers(Capability::News) && !registry.offers(Capability::Macros));
    let macros = registry.macros(MacroAsk { series: "GDP".into(), from: None }, Urgency::Manual).await;
    assert_eq!(macros, Err(ProviderError::Unsupported));
}

#[tokio::test]
async fn a_fault_is_retried_after_a_growing_pause() {
    let yahoo = scripted(Source::Yahoo, vec![Err(faulty()), Err(faulty()), answer("USD")]);
    let (registry, clock) = registry(vec![yahoo.clone()]);
    registry.bars(bars(), Urgency::Scheduled).await.unwrap();
    assert_eq!(yahoo.asked().len(), 3);
    let waited = clock.now() - now();
    // One second and two seconds, each with up to a half taken off.
    assert!((TimeDelta::milliseconds(1500)..=TimeDelta::seconds(3)).contains(&waited), "{waited}");
}

#[tokio::test]
async fn a_question_that_is_wrong_goes_to_nobody_else() {
    let yahoo = scripted(Source::Yahoo, vec![Err(ProviderError::Refused("too far back".into()))]);
    let tiingo = scripted(Source::Tiingo, vec![answer("USD")]);
    let (registry, _) = registry(vec![yahoo, tiingo.clone()]);
    let error = registry.bars(bars(), Urgency::Manual).await.unwrap_err();
    assert_eq!((error, tiingo.asked().len()), (ProviderError::Refused("too far back".into()), 0));
}

#[tokio::test]
async fn what_the_first_in_line_says_counts_when_nobody_has_an_answer() {
    let unknown = || scripted(Source::Bundled, vec![Err(ProviderError::NotFound)]);
    let broken = || scripted(Source::Yahoo, vec![Err(faulty())]);
    let (first_broken, _) = registry(vec![broken(), unknown()]);
    assert_eq!(first_broken.bars(bars(), Urgency::Manual).await, Err(faulty()));
    let (first_unknown, _) = registry(vec![unknown(), broken()]);
    assert_eq!(first_unknown.bars(bars(), Urgency::Manual).await, Err(ProviderError::NotFound));
}

#[tokio::test]
async fn the_pause_a_provider_names_is_kept_by_everybody() {
    let pause = ProviderError::Throttled { retry_after: Some(Duration::from_secs(90)) };
    let yahoo = scripted(Source::Yahoo, vec![Err(pause), answer("USD")]);
    let (registry, clock) = registry(vec![yahoo.clone()]);
    registry.bars(bars(), Urgency::Scheduled).await.unwrap();
    assert_eq!((clock.now() - now(), yahoo.asked().len()), (TimeDelta::seconds(90), 2));
}

#[tokio::test]
async fn a_person_is_not_kept_waiting_for_a_long_pause() {
    let pause = ProviderError::Throttled { retry_after: None };
    let yahoo = scripted(Source::Yahoo, vec![Err(pause), answer("USD")]);
    let (registry, clock) = registry(vec![yahoo.clone()]);
    let error = registry.bars(bars(), Urgency::Manual).await.unwrap_err();
    let ProviderError::Throttled { retry_after: Some(left) } = error else { panic!("{error:?}") };
    // Nothing was said, so it is a minute and up to a half.
    assert!((60..=90).contains(&left.as_secs()), "{left:?}");
    assert_eq!((yahoo.asked().len(), clock.now()), (1, now()));
    assert_eq!(registry.health()[0].state, State::Troubled);
    clock.advance(TimeDelta::seconds(90));
    registry.bars(bars(), Urgency::Manual).await.unwrap();
}

#[tokio::test]
async fn the_circuit_opens_after_five_failures_and_one_probe_closes_it() {
    let malformed = || Err(ProviderError::Malformed("<html>".into()));
    let mut script = vec![malformed(); 6];
    script.push(answer("USD"));
    let yahoo = scripted(Source::Yahoo, script);
    let (registry, clock) = registry(vec![yahoo.clone()]);
    for _ in 0..5 {
        registry.bars(bars(), Urgency::Manual).await.unwrap_err();
    }
    assert_eq!(registry.bars(bars(), Urgency::Manual).await, Err(ProviderError::Resting));
    let health = registry.health().remove(0);
    assert_eq!((health.state, health.breaker), (State::Down, Breaker::Open));
    assert_eq!(health.next_try, Some(now() + TimeDelta::seconds(30)));
    assert_eq!((health.requests, health.failures, yahoo.asked().len()), (5, 5, 5));
    assert_eq!(health.last_failure.unwrap().reason, "answers what cannot be read: <html>");

    clock.advance(TimeDelta::seconds(30));
    assert_eq!(registry.health()[0].breaker, Breaker::HalfOpen);
    registry.bars(bars(), Urgency::Manual).await.unwrap_err();
    assert_eq!(registry.health()[0].next_try, Some(now() + TimeDelta::seconds(90)), "twice as long");

    clock.advance(TimeDelta::seconds(60));
    registry.bars(bars(), Urgency::Manual).await.unwrap();
    let health = registry.health().remove(0);
    assert_eq!((health.state, health.breaker, health.next_try), (State::Up, Breaker::Closed, None));
    assert_eq!(health.last_success, Some(clock.now()));
}

#[tokio::test]
async fn not_knowing_a_symbol_never_opens_the_circuit() {
    let yahoo = scripted(Source::Yahoo, vec![Err(ProviderError::NotFound)]);
    let (registry, _) = registry(vec![yahoo.clone()]);
    for _ in 0..20 {
        assert_eq!(registry.bars(bars(), Urgency::Manual).await, Err(ProviderError::NotFound));
    }
    let health = registry.health().remove(0);
    assert_eq!((health.state, health.requests, health.failures), (State::Up, 20, 0));
}

#[tokio::test]
async fn who_does_not_let_us_in_is_left_alone_at_once() {
    let yahoo = scripted(Source::Yahoo, vec![Err(ProviderError::Denied("blocked".into()))]);
    let (registry, _) = registry(vec![yahoo.clone()]);
    registry.bars(bars(), Urgency::Manual).await.unwrap_err();
    assert_eq!(registry.bars(bars(), Urgency::Manual).await, Err(ProviderError::Resting));
    assert_eq!(yahoo.asked().len(), 1);
}

#[tokio::test]
async fn the_last_good_answer_stands_in_with_its_age() {
    let denied = ProviderError::Denied("blocked".into());
    let script = vec![answer("USD"), Err(denied.clone()), Err(ProviderError::NotFound)];
    let (registry, clock) = registry(vec![scripted(Source::Yahoo, script)]);
    registry.bars(bars(), Urgency::Manual).await.unwrap();
    clock.advance(TimeDelta::hours(1));
    let old = registry.bars(bars(), Urgency::Manual).await.unwrap();
    assert_eq!((old.fetched_at, old.stands_in), (now(), Some(denied)));
    assert_eq!(old.value.currency.as_deref(), Some("USD"));
    clock.advance(TimeDelta::hours(1));
    // Gone is an answer: nothing stands in for it.
    assert_eq!(registry.bars(bars(), Urgency::Manual).await, Err(ProviderError::NotFound));
}

#[tokio::test]
async fn the_token_bucket_spaces_the_questions() {
    let limits =
        Limits { per_minute: 60, burst: 2, per_hour: None, per_day: None, timeout: Duration::from_secs(1) };
    let yahoo = FakeProvider::new(Source::Yahoo).limits(limits).bars(|_| answer("USD")).shared();
    let (registry, clock) = registry(vec![yahoo]);
    for _ in 0..12 {
        registry.bars(bars(), Urgency::Scheduled).await.unwrap();
    }
    // Two at once, then one a second.
    assert_eq!((clock.now() - now()).num_milliseconds().div_euclid(100), 100);
}

#[tokio::test]
async fn a_day_has_only_so_many_questions() {
    let limits = Limits {
        per_minute: 6000,
        burst: 100,
        per_hour: None,
        per_day: Some(2),
        timeout: Duration::from_secs(1),
    };
    let yahoo = FakeProvider::new(Source::Yahoo).limits(limits).bars(|_| answer("USD")).shared();
    let (registry, clock) = registry(vec![yahoo.clone()]);
    for _ in 0..2 {
        registry.slot_ask().await.unwrap();
    }
    let error = registry.slot_ask().await.unwrap_err();
    // It is 14:30 UTC: the day has 9.5 hours left.
    assert_eq!(error, ProviderError::Throttled { retry_after: Some(Duration::from_secs(34_200)) });
    clock.advance(TimeDelta::hours(10));
    registry.slot_ask().await.unwrap();
    assert_eq!((yahoo.asked().len(), registry.health()[0].failures), (3, 0));
}

impl Registry {
    /// Asks the first provider, without the answers kept.
    async fn slot_ask(&self) -> Answer<Reply> {
        self.0.slots[0].ask(&Ask::Bars(bars()), Urgency::Scheduled).await
    }
}

#[tokio::test]
async fn quotes_are_asked_for_in_portions_and_unknown_symbols_left_out() {
    let symbols: Vec<Symbol> = ["AAPL", "NOPE", "MSFT"].map(|each| Symbol::parse(each).unwrap()).into();
    let quote = |symbol: &Symbol| Quote::new(symbol.clone(), 1.0, None, None, now(), Source::Yahoo);
    let says = move |symbols: &[Symbol]| match symbols {
        [one] if one.as_str() == "NOPE" => Err(ProviderError::NotFound),
        some => Ok(some.iter().map(quote).collect()),
    };
    let yahoo = FakeProvider::new(Source::Yahoo).quotes(says).shared();
    let (registry, _) = registry(vec![yahoo.clone()]);
    let fetched = registry.quotes(symbols, Urgency::Manual).await.unwrap();
    let found: Vec<&str> = fetched.value.iter().map(|quote| quote.symbol.as_str()).collect();
    assert_eq!((found, yahoo.asked().len()), (vec!["AAPL", "MSFT"], 3));
}

#[tokio::test]
async fn one_symbol_that_cannot_be_read_leaves_the_quotes_of_the_others() {
    let symbols: Vec<Symbol> = ["AAPL", "ODD", "MSFT"].map(|each| Symbol::parse(each).unwrap()).into();
    let quote = |symbol: &Symbol| Quote::new(symbol.clone(), 1.0, None, None, now(), Source::Yahoo);
    let says = move |symbols: &[Symbol]| match symbols {
        [one] if one.as_str() == "ODD" => Err(ProviderError::Malformed("no chart".into())),
        some => Ok(some.iter().map(quote).collect()),
    };
    let yahoo = FakeProvider::new(Source::Yahoo).quotes(says).shared();
    let (registry, _) = registry(vec![yahoo]);
    let fetched = registry.quotes(symbols.clone(), Urgency::Manual).await.unwrap();
    let found: Vec<&str> = fetched.value.iter().map(|quote| quote.symbol.as_str()).collect();
    assert_eq!(found, ["AAPL", "MSFT"]);
    let alone = registry.quotes(symbols[1..2].to_vec(), Urgency::Manual).await;
    assert_eq!(alone, Err(ProviderError::Malformed("no chart".into())), "nothing else came");
}

#[tokio::test]
async fn what_a_provider_does_not_accept_costs_it_nothing_and_goes_to_the_next() {
    let limits =
        Limits { per_minute: 1, burst: 1, per_hour: None, per_day: Some(1), timeout: Duration::from_secs(1) };
    let daily = |ask: &Ask| match ask {
        Ask::Bars(ask) if ask.interval == domain::Interval::Day1 => Ok(()),
        _ => Err(ProviderError::Unsupported),
    };
    let first = FakeProvider::new(Source::Tiingo).limits(limits).accepts(daily).bars(|_| answer("USD"));
    let (first, second) = (first.shared(), scripted(Source::Yahoo, vec![answer("GBP")]));
    let (registry, clock) = registry(vec![first.clone(), second.clone()]);
    for _ in 0..20 {
        let hourly = BarsAsk { interval: domain::Interval::Hour1, ..bars() };
        let fetched = registry.bars(hourly, Urgency::Scheduled).await.unwrap();
        assert_eq!(fetched.source, Source::Yahoo);
    }
    assert_eq!((first.asked().len(), second.asked().len(), clock.now()), (0, 20, now()));
    assert_eq!((registry.health()[0].requests, registry.health()[0].state), (0, State::Unused));
    let fetched = registry.bars(bars(), Urgency::Scheduled).await.unwrap();
    assert_eq!(fetched.source, Source::Tiingo, "its one request of the day is still there");
}

/// Answers when told to, and says who asked in which order.
struct Slow {
    open: tokio::sync::Semaphore,
    asked: AtomicUsize,
    limits: Limits,
}

impl Slow {
    fn new(timeout: Duration) -> Arc<Slow> {
        let limits = Limits { per_minute: 600, burst: 100, per_hour: None, per_day: None, timeout };
        Arc::new(Slow { open: tokio::sync::Semaphore::new(0), asked: AtomicUsize::new(0), limits })
    }
}

#[async_trait]
impl Provider for Slow {
    fn source(&self) -> Source {
        Source::Yahoo
    }

    fn capabilities(&self) -> &[Capability] {
        &[Capability::Bars]
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    async fn bars(&self, _: &BarsAsk) -> Answer<BarsAnswer> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.open.acquire().await.expect("never closed").forget();
        answer("USD")
    }
}

#[tokio::test]
async fn many_who_ask_the_same_make_one_request() {
    let slow = Slow::new(Duration::from_secs(60));
    let registry = Registry::new(vec![slow.clone()], Clock::fixed(now()));
    let all = futures::future::join_all((0..50).map(|_| registry.bars(bars(), Urgency::Manual)));
    let release = async {
        while slow.asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        slow.open.add_permits(50);
    };
    let (answers, ()) = tokio::join!(all, release);
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(slow.asked.load(Ordering::SeqCst), 1);
    registry.bars(bars(), Urgency::Manual).await.unwrap();
    assert_eq!(slow.asked.load(Ordering::SeqCst), 2, "what was asked before is over");
}

#[tokio::test]
async fn silence_ends_at_the_time_limit() {
    let slow = Slow::new(Duration::from_millis(1));
    let registry = Registry::new(vec![slow.clone()], Clock::fixed(now()));
    let error = registry.bars(bars(), Urgency::Manual).await.unwrap_err();
    assert_eq!(error, ProviderError::Unreachable("nothing within 0.001 s".into()));
    assert_eq!(slow.asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_probe_that_is_given_up_leaves_the_way_free_for_the_next() {
    let mut breaker = breaker::Breaker::default();
    let ticks = Duration::from_secs;
    assert!(breaker.failed(ticks(0), true));
    assert!(!breaker.enter(ticks(599)));
    assert!(breaker.enter(ticks(600)));
    assert!(!breaker.enter(ticks(600)), "one probe at a time");
    breaker.abandoned();
    assert!(breaker.enter(ticks(600)));
    assert!(breaker.answered());
    assert!(breaker.allows(ticks(0)));
}

#[tokio::test]
async fn a_person_goes_before_the_schedule() {
    let limits =
        Limits { per_minute: 60, burst: 1, per_hour: None, per_day: None, timeout: Duration::from_secs(1) };
    let gate = gate::Gate::new(limits, Clock::fixed(now()));
    gate.pass(Urgency::Manual).await.unwrap();
    let order = Mutex::new(Vec::new());
    let pass = async |urgency| {
        gate.pass(urgency).await.unwrap();
        order.lock().unwrap().push(urgency);
    };
    tokio::join!(
        pass(Urgency::Manual),
        pass(Urgency::Scheduled),
        pass(Urgency::Manual),
        pass(Urgency::Scheduled)
    );
    use Urgency::{Manual, Scheduled};
    assert_eq!(*order.lock().unwrap(), [Manual, Manual, Scheduled, Scheduled]);
}
