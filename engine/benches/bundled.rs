//! How long reading the bundled data set takes: asked is well under half a second for all of it.
//!
//! `cargo bench -p engine --bench bundled`

use criterion::{Criterion, criterion_group, criterion_main};
use engine::provider::bundled;
use std::hint::black_box;

fn everything(c: &mut Criterion) {
    let mut group = c.benchmark_group("bundled");
    group.sample_size(10);
    group.bench_function("bars", |b| b.iter(|| black_box(bundled::bars())));
    group.bench_function("instruments", |b| b.iter(|| black_box(bundled::instruments())));
    group.bench_function("macros and trends", |b| {
        b.iter(|| black_box((bundled::macros(), bundled::trends())));
    });
    group.bench_function("headlines, scored", |b| b.iter(|| black_box(bundled::headlines())));
    group.finish();
}

criterion_group!(benches, everything);
criterion_main!(benches);
