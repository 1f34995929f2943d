//! Made-up companies, as many as are needed, and prices of theirs that are the same in every run.

use super::{FakeProvider, now};
use crate::{
    Engine,
    ingest::{Ask, Silent},
    provider::{BarsAnswer, Urgency},
};
use chrono::NaiveDate;
use domain::{
    Bar, Instrument, Kind, Symbol, calendar,
    etl::{EtlRun, EtlSource},
    source::Source,
};
use std::iter;

/// A company that is traded in dollars, and of which nothing else is known.
pub fn company(symbol: Symbol, name: &str) -> Instrument {
    Instrument {
        symbol,
        name: name.into(),
        kind: Kind::Equity,
        sector: None,
        industry: None,
        exchange: None,
        currency: "USD".into(),
        market_cap: None,
        active: true,
    }
}

/// The symbol of a number: `S00042`.
pub fn numbered(number: usize) -> Symbol {
    Symbol::parse(&format!("S{number:05}")).expect("is a symbol")
}

/// Sessions of the exchange that are over at [`now`], the newest first.
pub fn sessions() -> impl Iterator<Item = NaiveDate> {
    let days = iter::successors(now().date_naive().pred_opt(), NaiveDate::pred_opt);
    days.filter(|day| calendar::is_session(*day))
}

/// Daily bars of a [`numbered`] symbol that walk at random, over these days, the oldest first. What they do depends on
/// the symbol alone, and a later bar never changes an earlier one.
pub fn walk(symbol: &Symbol, days: &[NaiveDate]) -> Vec<Bar> {
    let number: u64 = symbol.as_str()[1..].parse().expect("is numbered");
    let mut state = number * 2 + 1;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31) - 0.5
    };
    let cents = |price: f64| (price * 100.0).round() / 100.0;
    let mut price = 100.0_f64;
    let bar = |date: &NaiveDate| {
        let open = price;
        price = cents(price * (1.0 + random() * 0.03)).max(1.0);
        let close = price;
        let (low, high) = (open.min(close), open.max(close));
        Bar {
            time: Bar::label(*date),
            open: Some(open),
            high: Some(cents(high * 1.005)),
            low: Some(cents(low * 0.995)),
            close,
            adj_close: Some(close),
            volume: Some((1e6 * (1.0 + random())).round()),
        }
    };
    days.iter().map(bar).collect()
}

/// A source that tells the [`walk`] of every [`numbered`] symbol over these days, the oldest first.
pub fn walking(days: Vec<NaiveDate>) -> FakeProvider {
    FakeProvider::new(Source::Yahoo).bars(move |ask| {
        let mut bars = walk(&ask.symbol, &days);
        bars.retain(|bar| ask.from.is_none_or(|from| bar.time >= from));
        Ok(BarsAnswer { bars, ..BarsAnswer::default() })
    })
}

/// Collects the daily bars of these symbols, as the schedule does.
pub async fn collect_prices(engine: &Engine, symbols: &[Symbol]) -> EtlRun {
    let ask = Ask {
        source: EtlSource::Prices,
        symbols: Some(symbols.to_vec()),
        intraday: false,
        urgency: Urgency::Scheduled,
    };
    engine.ingest().run(&ask, &Silent).await.expect("runs")
}
