//! The market rooms over the bundled data, on both databases. Expected prices are those of the packages the
//! data was taken from (closes of 10 March 2022, as any price history shows them on the split basis of then).

use crate::{
    Engine,
    bars::Range,
    testing::{for_each_engine, member},
};
use domain::{Event, Interval, Quote, Symbol, source::Source};
use futures::StreamExt;
use std::time::Instant;

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

#[tokio::test]
async fn an_empty_database_still_makes_a_well_formed_overview() {
    for_each_engine(|engine| async move {
        let cx = member(&engine, "ada@example.org").await;
        let empty = engine.overview().snapshot(&cx, None).await.unwrap();
        assert_eq!((empty.cards.len(), empty.tiles.len(), empty.list), (0, 0, None));
        assert_eq!(empty.as_of, engine.market().now());
        engine.run_due_jobs().await.unwrap();
        let unloaded = engine.overview().snapshot(&cx, None).await.unwrap();
        assert_eq!(unloaded.list.unwrap().symbols.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn bundled_data_loads_once_and_fills_the_market() {
    for_each_engine(|engine| async move {
        let first = engine.load_bundled().await.unwrap();
        assert!(first.loaded && first.bars > 30_000 && first.instruments > 1_500, "{first:?}");
        println!("{first:?}");
        let second = engine.load_bundled().await.unwrap();
        assert!(!second.loaded && second.version == first.version, "{second:?}");
        the_core_of_the_market_is_known_with_or_without_prices(&engine).await;
        quotes_stand_at_the_market_date(&engine).await;
        bars_come_at_every_interval(&engine).await;
        the_overview_is_full(&engine).await;
        live_prices_move_everything_but_the_history(&engine).await;
    })
    .await;
}

async fn the_core_of_the_market_is_known_with_or_without_prices(engine: &Engine) {
    for symbol in domain::market_core::symbols() {
        let found = engine.instruments().find(&symbol).await.unwrap();
        assert!(found.is_some_and(|each| each.active && each.currency == "USD"), "{symbol}");
    }
    // The data has no prices of the industrial fund.
    assert_eq!(engine.quotes().one(&symbol("XLI")).await.unwrap(), None);
}

async fn quotes_stand_at_the_market_date(engine: &Engine) {
    let asked = ["MSFT", "NOSUCH", "AAPL"].map(symbol);
    let quotes = engine.quotes().latest(&asked).await.unwrap();
    assert_eq!(quotes.iter().map(|quote| quote.symbol.as_str()).collect::<Vec<_>>(), ["MSFT", "AAPL"]);
    let aapl = &quotes[1];
    assert_eq!(aapl.price, 158.52);
    assert_eq!(aapl.as_of.to_rfc3339(), "2022-03-10T21:00:00+00:00");
    assert_eq!((aapl.source, aapl.simulated), (Source::Bundled, false));
    assert_eq!(engine.quotes().one(&symbol("NOSUCH")).await.unwrap(), None);
}

async fn bars_come_at_every_interval(engine: &Engine) {
    let bars = engine.bars();
    let unknown = bars.series(&symbol("NOSUCH"), Interval::Day1, Range::default()).await;
    assert!(matches!(unknown, Err(crate::Error::NotFound(_))));
    let days = bars.series(&symbol("AAPL"), Interval::Day1, Range::default()).await.unwrap().bars;
    assert!(days.windows(2).all(|pair| pair[0].time < pair[1].time));
    let latest = bars.series(&symbol("AAPL"), Interval::Day1, Range::latest(5)).await.unwrap().bars;
    assert_eq!(latest, days[days.len() - 5..]);
    let cut = Range { from: Some(days[10].time), to: Some(days[12].time), limit: None };
    let cut = bars.series(&symbol("AAPL"), Interval::Day1, cut).await.unwrap().bars;
    assert_eq!(cut, days[10..=12]);
    let all = bars.series(&symbol("AAPL"), Interval::Week1, Range::default()).await.unwrap().bars;
    let some = bars.series(&symbol("AAPL"), Interval::Week1, Range::latest(3)).await.unwrap().bars;
    assert_eq!(some, all[all.len() - 3..]);
    assert_eq!(some[2].date().to_string(), "2022-03-07");
    let from = Range { from: Some(days[days.len() - 1].time), ..Range::default() };
    assert_eq!(bars.series(&symbol("AAPL"), Interval::Week1, from).await.unwrap().bars, some[2..]);
    let volume = |bars: &[domain::Bar]| bars.iter().filter_map(|bar| bar.volume).sum::<f64>();
    assert_eq!(volume(&all), volume(&days));
    for interval in Interval::ALL {
        let spy = bars.series(&symbol("SPY"), interval, Range::latest(2)).await.unwrap();
        assert_eq!(spy.bars.len(), 2, "{interval:?}");
    }
    let rows = engine.analysis().rows(&symbol("AAPL"), Interval::Day1, Range::latest(3)).await.unwrap();
    assert!(rows.iter().all(|row| row.rsi14.is_some() && row.sma200.is_some()));
    assert_eq!(rows[2].time, days[days.len() - 1].time);
    assert!(!engine.analysis().signals(&symbol("AAPL")).await.unwrap().is_empty());
}

async fn the_overview_is_full(engine: &Engine) {
    let cx = member(engine, "ada@example.org").await;
    engine.run_due_jobs().await.unwrap();
    engine.overview().snapshot(&cx, None).await.unwrap();
    let begun = Instant::now();
    let overview = engine.overview().snapshot(&cx, None).await.unwrap();
    println!("overview in {:?}", begun.elapsed());
    assert_eq!(overview.cards.len(), 6);
    for card in &overview.cards {
        assert!(card.quote.is_some() && card.badge.rsi.is_some(), "{}", card.instrument.symbol);
        assert_eq!((card.spark.len(), card.mood.is_some()), (30, true), "{}", card.instrument.symbol);
    }
    assert_eq!(overview.as_of.to_rfc3339(), "2022-03-10T21:00:00+00:00");
    assert_eq!((overview.provider, &overview.most_watched), (Source::Bundled, &Some(symbol("AAPL"))));
    assert_eq!(overview.tiles[0].label, "S&P 500");
    assert!(!overview.macros.is_empty() && !overview.news.is_empty() && !overview.sectors.is_empty());
    assert!(overview.losers.windows(2).all(|pair| pair[0].change_percent <= pair[1].change_percent));
    assert!(overview.gainers.iter().all(|mover| mover.change_percent > 0.0));
    assert!(!overview.active.is_empty());
    let json = serde_json::to_string(&overview).unwrap();
    let read: domain::overview::Overview = serde_json::from_str(&json).unwrap();
    assert_eq!((read.cards.len(), read.tiles.len(), read.lists), (6, overview.tiles.len(), overview.lists));
}

async fn live_prices_move_everything_but_the_history(engine: &Engine) {
    let cx = member(engine, "bob@example.org").await;
    let aapl = symbol("AAPL");
    let before = engine.bars().series(&aapl, Interval::Day1, Range::default()).await.unwrap();
    let mut client = engine.bus().subscribe(cx.tenant, vec![aapl.clone()], None);
    // A fall by a third: far below the bands and below 30 in RSI.
    let at = engine.market().now() + chrono::Duration::seconds(2);
    let tick = Quote::new(aapl.clone(), 105.68, Some(158.52), None, at, Source::Simulated);
    engine.quotes().publish(tick.clone()).await.unwrap();
    engine.quotes().publish(tick.clone()).await.unwrap();
    assert_eq!(engine.quotes().one(&aapl).await.unwrap(), Some(tick));
    let events: Vec<Event> =
        std::iter::from_fn(|| client.try_next()).map(|frame| frame.event.clone()).collect();
    let named = |name| events.iter().filter(|event| event.name() == name).count();
    assert_eq!((named("quote"), named("indicator")), (2, 2));
    let fired = named("signal");
    assert!(fired >= 2, "{events:?}");
    let mut kinds: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Signal(fired) => Some(fired.signal.kind.as_str()),
            _ => None,
        })
        .collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), fired, "each is told once");
    let Event::Indicator(indicator) = &events[1] else { panic!("{events:?}") };
    assert_eq!((indicator.badge.text.as_str(), indicator.simulated), ("BUY (Oversold)", true));
    let after = engine.bars().series(&aapl, Interval::Day1, Range::default()).await.unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn the_live_feed_moves_core_and_watched_symbols_and_stops_when_cancelled() {
    let engine = crate::testing::engine().await;
    engine.load_bundled().await.unwrap();
    let cx = member(&engine, "ada@example.org").await;
    let list = engine.watchlists().create(&cx, "Oil").await.unwrap();
    engine.watchlists().add(&cx, list.id, symbol("XOM")).await.unwrap();
    let watched = ["AAPL", "XOM", "JPM", "^IXIC", "NOSUCH"].map(symbol);
    let mut client = engine.bus().subscribe(cx.tenant, watched.to_vec(), None);
    let cancel = tokio_util::sync::CancellationToken::new();
    let feed = engine.run_live(cancel.clone(), crate::Feed::Simulated, 7);
    let seen = async {
        let mut seen = std::collections::BTreeSet::new();
        while seen.len() < 3 {
            if let Event::Quote(tick) = &client.next().await.unwrap().event {
                assert!(tick.simulated && tick.timestamp >= engine.market().now());
                assert!(tick.change_percent.unwrap().abs() < 10.0);
                seen.insert(tick.symbol.to_string());
            }
        }
        cancel.cancel();
        seen
    };
    let (seen, ()) =
        tokio::time::timeout(std::time::Duration::from_secs(20), async { tokio::join!(seen, feed) })
            .await
            .expect("ticks come every two seconds");
    // ^IXIC ended years before the market's day, and nobody knows the last one.
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["AAPL", "JPM", "XOM"]);
}
