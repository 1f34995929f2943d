//! One bar more behind a history: the same cost after a thousand bars as after a hundred thousand, for all indicators
//! that can be drawn and for the whole set with its signals.

use chrono::{DateTime, Utc};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use domain::{
    Bar,
    indicator::{Indicator, Study, Worked},
    signal::SignalWatch,
};
use std::hint::black_box;

/// Minutes of a wave with some noise of a fixed seed (Knuth's MMIX generator).
fn history(count: usize) -> Vec<Bar> {
    let mut state = 1_u64;
    let bar = |at: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let close = 100.0 + 20.0 * (at as f64 / 90.0).sin() + (state >> 40) as f64 / (1_u64 << 24) as f64;
        Bar {
            time: DateTime::<Utc>::from_timestamp(1_600_000_000 + 60 * at as i64, 0).unwrap_or_default(),
            open: Some(close),
            high: Some(close + 0.5),
            low: Some(close - 0.5),
            close,
            adj_close: None,
            volume: Some(1000.0),
        }
    };
    (0..count).map(bar).collect()
}

fn measure(c: &mut Criterion) {
    let mut group = c.benchmark_group("one bar more");
    for count in [1_000, 10_000, 100_000] {
        let bars = history(count + 1);
        let (before, next) = (&bars[..count], &bars[count]);
        let worked: Vec<Worked> =
            Indicator::ALL.iter().map(|each| Worked::of(Study::usual(*each), before)).collect();
        group.bench_function(BenchmarkId::new("every indicator", count), |b| {
            b.iter(|| {
                for each in &worked {
                    black_box(each.after(black_box(next)));
                }
            });
        });
        let mut watch = SignalWatch::new();
        before.iter().for_each(|bar| drop(watch.next(bar)));
        group.bench_function(BenchmarkId::new("the set and its signals", count), |b| {
            b.iter(|| watch.clone().next_with_row(black_box(next)));
        });
    }
    group.finish();
}

criterion_group!(benches, measure);
criterion_main!(benches);
