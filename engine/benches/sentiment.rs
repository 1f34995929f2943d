//! How long VADER takes over the shipped headlines. What the reference implementation takes over the same texts is
//! measured by `scripts/vader-parity.py`; asked is a tenth of that or less.
//!
//! `cargo bench -p engine --bench sentiment`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engine::{provider::bundled, sentiment::compound};
use std::hint::black_box;

fn sentiment(c: &mut Criterion) {
    let titles: Vec<String> = bundled::headlines().into_iter().map(|article| article.title).collect();
    let mut group = c.benchmark_group("sentiment");
    group.throughput(Throughput::Elements(titles.len() as u64));
    group.bench_function("headlines", |b| {
        b.iter(|| titles.iter().map(|title| compound(black_box(title))).sum::<f64>());
    });
    group.finish();
}

criterion_group!(benches, sentiment);
criterion_main!(benches);
