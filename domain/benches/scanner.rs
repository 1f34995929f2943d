//! 5,000 symbols x 500 days: every scan and a filter over warm snapshots, and how long the snapshots take.

use chrono::{Duration, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    Bar, Instrument, Kind, Symbol,
    scanner::{Filter, Scan, Snapshot, Timeframe, WRITTEN_AS, scan, screened},
};
use std::hint::black_box;

const SYMBOLS: usize = 5_000;
const BARS: usize = 500;

/// Walks with fixed seeds (Knuth's MMIX generator), so that every run measures the same prices.
fn history(seed: usize) -> (Instrument, Vec<Bar>) {
    let start = NaiveDate::from_ymd_opt(2020, 1, 2).expect("a date");
    let mut state = seed as u64 + 1;
    let mut step = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
    };
    let mut close = 100.0;
    let bar = |at: usize| {
        let open = close;
        close *= 1.0 + 0.04 * step();
        Bar {
            time: Bar::label(start + Duration::days(at as i64)),
            open: Some(open),
            high: Some(open.max(close) * 1.005),
            low: Some(open.min(close) * 0.995),
            close,
            adj_close: None,
            volume: Some(1e6 * (1.0 + step())),
        }
    };
    let bars = (0..BARS).map(bar).collect();
    let symbol = Symbol::parse(&format!("S{seed}")).expect("a symbol");
    let (name, currency) = (format!("Company {seed}"), "USD".to_string());
    let instrument = Instrument {
        symbol,
        name,
        kind: Kind::Equity,
        sector: None,
        industry: None,
        exchange: None,
        currency,
        market_cap: None,
        active: true,
    };
    (instrument, bars)
}

fn measure(c: &mut Criterion) {
    let histories: Vec<_> = (0..SYMBOLS).map(history).collect();
    let snapshot = |(instrument, bars): &(Instrument, Vec<Bar>)| {
        Snapshot::of(instrument, bars, Timeframe::Daily, None).expect("has bars")
    };
    let snapshots: Vec<Snapshot> = histories.iter().map(snapshot).collect();
    let filters: Vec<Filter> = WRITTEN_AS.iter().map(|text| Filter::parse(text).expect("is right")).collect();
    let mut group = c.benchmark_group("5000 symbols");
    group.sample_size(10);
    group.bench_function("all 15 scans, warm", |b| {
        b.iter(|| Scan::ALL.map(|each| scan(each, black_box(&snapshots), 100)));
    });
    group.bench_function("4 filters, warm", |b| {
        b.iter(|| {
            filters.iter().map(|each| screened(each, black_box(&snapshots), None, 100)).collect::<Vec<_>>()
        });
    });
    group.bench_function("snapshots of 500 bars each", |b| {
        b.iter(|| black_box(&histories).iter().map(snapshot).collect::<Vec<_>>());
    });
    group.finish();
}

criterion_group!(benches, measure);
criterion_main!(benches);
