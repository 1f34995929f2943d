//! How long a search over a universe of 10,000 instruments takes: asked is under 20 ms.
//!
//! `cargo bench -p engine --bench search`

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{Instrument, Symbol};
use engine::{testing::company, universe::Universe};
use std::{collections::HashSet, hint::black_box};

const WORDS: [&str; 10] =
    ["General", "Pacific", "United", "Micro", "Energy", "Holdings", "Systems", "Bank", "Health", "Motors"];

/// Names of three words and symbols of up to five letters, all different, the same in every run.
fn instrument(n: usize) -> Instrument {
    let letters = (0..4).map(|place| char::from(b'A' + ((n / 26_usize.pow(place)) % 26) as u8));
    let symbol = Symbol::parse(&letters.collect::<String>()).expect("is a symbol");
    let word = |divisor: usize| WORDS[(n / divisor) % WORDS.len()];
    company(symbol, &format!("{} {} {} {n}", word(1), word(10), word(100)))
}

fn search(c: &mut Criterion) {
    let universe = Universe::new((0..10_000).map(instrument).collect(), &HashSet::new());
    assert_eq!(universe.len(), 10_000);
    let mut group = c.benchmark_group("search of 10,000");
    for text in ["ab", "abc", "general", "micro bank", "nothing like it", "united pacific health 2"] {
        group.bench_function(text, |b| b.iter(|| black_box(universe.find(black_box(text), 12))));
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
