//! Scores each line of the standard input: compound, positive, neutral, negative, tab-separated; then, on the error
//! output, how long that took, the fastest of five times. `scripts/vader-parity.py` compares it with the reference
//! implementation.
//!
//! `cargo run --release -p engine --example score_lines < texts.txt`

use std::io::{Read, stdin};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    let lines: Vec<&str> = text.lines().collect();
    // The word lists are read once, at first use.
    engine::sentiment::compound("good");
    let (mut scores, mut fastest_s) = (Vec::new(), f64::INFINITY);
    for _ in 0..5 {
        let started = std::time::Instant::now();
        scores = lines.iter().map(|line| engine::sentiment::scores(line)).collect();
        fastest_s = fastest_s.min(started.elapsed().as_secs_f64());
    }
    eprintln!("{fastest_s}");
    for score in scores {
        println!("{}\t{}\t{}\t{}", score.compound, score.positive, score.neutral, score.negative);
    }
    Ok(())
}
