//! How long a report of 50 positions takes from its facts to its PDF: asked is under 300 ms and 1 MB.
//!
//! `cargo bench -p engine --bench report --features testing`

use criterion::{Criterion, criterion_group, criterion_main};
use domain::report::{Paper, Report};
use engine::{pdf::pdf, testing};
use std::hint::black_box;

fn report(c: &mut Criterion) {
    let facts = testing::report_facts(50);
    let made = pdf(&Report::of(&facts), Paper::A4, testing::now()).expect("is written");
    assert!(made.len() < 1_000_000, "{} bytes", made.len());
    println!("50 positions: {} bytes", made.len());
    c.bench_function("report of 50 positions", |b| {
        b.iter(|| pdf(&Report::of(black_box(&facts)), Paper::A4, testing::now()).expect("is written"));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = report
}
criterion_main!(benches);
