use super::{compound, scores};

/// Texts with what the reference implementation, vaderSentiment 3.3.2, answers; made by `make_vader.py` beside it.
const REFERENCE: &str = include_str!("../../tests/fixtures/vader.tsv");

#[test]
fn every_rule_answers_as_the_reference() {
    let mut compared = 0;
    for line in REFERENCE.lines() {
        let cells: Vec<&str> = line.splitn(5, '\t').collect();
        let [compound, positive, neutral, negative] =
            [0, 1, 2, 3].map(|at| cells[at].parse::<f64>().expect("a number"));
        let ours = scores(cells[4]);
        let pairs = [
            (ours.compound, compound),
            (ours.positive, positive),
            (ours.neutral, neutral),
            (ours.negative, negative),
        ];
        for (ours, theirs) in pairs {
            assert!((ours - theirs).abs() < 1e-9, "{:?}: {ours}, the reference {theirs}", cells[4]);
        }
        compared += 1;
    }
    assert!(compared > 100, "only {compared} texts");
}

#[test]
fn a_text_without_rated_words_is_neutral() {
    assert_eq!(compound(""), 0.0);
    assert_eq!(compound("The table has four columns"), 0.0);
}

#[test]
fn hostile_texts_are_scored_like_any_other() {
    for text in
        ["\0\0", &"no ".repeat(5_000), &"!".repeat(100_000), "\u{202e}good\u{200d}", "'''", "but but but"]
    {
        let scores = scores(text);
        assert!((-1.0..=1.0).contains(&scores.compound), "{scores:?}");
    }
}
