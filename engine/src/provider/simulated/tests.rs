use super::*;
use crate::provider::bundled;
use proptest::prelude::*;

fn start(symbol: &str, last_close: f64, daily_volatility: f64) -> Start {
    let symbol = Symbol::parse(symbol).unwrap();
    Start { symbol, last_close, daily_volatility, decimals: 2 }
}

fn feed(seed: u64) -> Simulator {
    let starts = vec![start("AAPL", 158.52, 0.02), start("TSLA", 838.3, 0.045)];
    Simulator::new(seed, bundled::market_close(), starts)
}

/// Every tick of so many seconds, asked for as each falls due.
fn all_ticks(mut feed: Simulator, seconds: u64) -> Vec<Quote> {
    let mut quotes = Vec::new();
    while let Some(due) = feed.next_due().filter(|due| due.as_secs() < seconds) {
        quotes.extend(feed.ticks(due));
    }
    quotes
}

#[test]
fn the_same_seed_gives_the_same_ticks_and_another_seed_others() {
    assert_eq!(all_ticks(feed(7), 600), all_ticks(feed(7), 600));
    assert_ne!(all_ticks(feed(7), 600), all_ticks(feed(8), 600));
}

#[test]
fn a_late_caller_gets_the_price_a_punctual_one_ended_at() {
    let mut late = feed(7);
    let punctual = all_ticks(feed(7), 600);
    let ticks = late.ticks(Duration::from_millis(599_999));
    assert_eq!(ticks.len(), 2);
    for tick in ticks {
        assert_eq!(Some(&tick), punctual.iter().rfind(|quote| quote.symbol == tick.symbol));
    }
}

#[test]
fn adding_a_symbol_does_not_change_the_others() {
    let mut more = feed(7);
    more.add(start("NVDA", 226.58, 0.03), Duration::from_secs(0));
    let quotes = all_ticks(more, 60);
    assert!(quotes.iter().any(|quote| quote.symbol.as_str() == "NVDA"));
    let others: Vec<Quote> = quotes.into_iter().filter(|quote| quote.symbol.as_str() != "NVDA").collect();
    assert_eq!(others, all_ticks(feed(7), 60));
}

#[test]
fn each_symbol_ticks_every_one_to_two_seconds() {
    let quotes = all_ticks(feed(3), 600);
    for symbol in ["AAPL", "TSLA"] {
        let times: Vec<_> = quotes.iter().filter(|q| q.symbol.as_str() == symbol).map(|q| q.as_of).collect();
        assert!((300..=600).contains(&times.len()));
        for pair in times.windows(2) {
            let pause = (pair[1] - pair[0]).num_milliseconds();
            assert!((1_000..=2_000).contains(&pause), "{pause} ms");
        }
    }
}

#[test]
fn ticks_say_that_they_are_simulated_and_change_against_the_last_real_close() {
    for quote in all_ticks(feed(1), 60) {
        assert!(quote.simulated && quote.source == Source::Simulated && quote.volume.is_none());
        let close = if quote.symbol.as_str() == "AAPL" { 158.52 } else { 838.3 };
        assert_eq!(quote.previous_close, Some(close));
        assert!(quote.as_of >= bundled::market_close());
    }
}

#[test]
fn prices_move_but_start_where_the_close_was() {
    let quotes = all_ticks(feed(1), 600);
    let apple: Vec<f64> = quotes.iter().filter(|q| q.symbol.as_str() == "AAPL").map(|q| q.price).collect();
    assert!((apple[0] - 158.52).abs() < 0.5);
    let different = apple.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(different * 2 > apple.len(), "only {different} of {} ticks moved", apple.len());
}

#[test]
fn a_start_measures_volatility_on_real_history() {
    let all = bundled::bars();
    let series = all.iter().find(|series| series.symbol.as_str() == "AAPL").unwrap();
    let start = Start::of(Kind::Equity, series).unwrap();
    assert_eq!((start.last_close, start.decimals), (158.52, 2));
    assert!((0.01..0.03).contains(&start.daily_volatility), "{}", start.daily_volatility);
    let empty = Series { bars: Vec::new(), ..series.clone() };
    assert_eq!(Start::of(Kind::Equity, &empty), None);
}

proptest! {
    #[test]
    fn prices_stay_above_zero_near_the_close_and_rounded(
        seed: u64,
        close in 0.01f64..5_000.0,
        volatility in 0.0f64..0.2,
    ) {
        let starts = vec![start("ANY", close, volatility)];
        for quote in all_ticks(Simulator::new(seed, bundled::market_close(), starts), 300) {
            prop_assert!(quote.price > 0.0);
            let distance = (quote.price - close).abs();
            prop_assert!(distance <= close * ((BOUND * volatility).exp() - 1.0) + 0.01);
            prop_assert!((quote.price * 100.0 - (quote.price * 100.0).round()).abs() < 1e-6);
        }
    }
}
