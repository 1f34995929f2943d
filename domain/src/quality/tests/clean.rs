//! Clean histories raise no alarm.

use super::*;

fn every_file() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/bars");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the bundled bars")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .filter(|name| name.ends_with(".csv.gz"))
        .collect();
    names.sort();
    assert!(names.len() > 50);
    names
}

fn kind(file: &str) -> Kind {
    match file {
        "BTC-USD.csv.gz" => Kind::Crypto,
        "EURUSD_X.csv.gz" => Kind::Fx,
        _ if file.starts_with('_') => Kind::Index,
        _ => Kind::Equity,
    }
}

fn of(file: &str) -> Case {
    Case { kind: kind(file), splits: vec![], ..Case::of(bundled(file)) }
}

#[test]
fn no_bundled_history_raises_an_alarm() {
    for file in every_file() {
        let case = of(&file);
        let any_day = |_: NaiveDate| true;
        let report = judge(&Batch {
            symbol: &symbol(),
            kind: case.kind,
            interval: Interval::Day1,
            bars: &case.bars,
            known: &[],
            splits: &[],
            dividends: None,
            currency: ("USD", None),
            now: now(),
            is_session: if case.kind == Kind::Crypto { &any_day } else { &weekday },
            expected: case.bars.last().map(|bar| bar.date()),
            elapsed: 1.0,
        });
        assert_eq!(found(&report), [], "{file}");
        assert_eq!(report.copies, 0, "{file}");
        assert!(report.accepted().eq(&case.bars), "{file}");
        for (dimension, score) in report.scores.scores().filter(|(each, _)| *each != Dimension::Completeness)
        {
            assert_eq!(score, 1.0, "{file} {dimension:?}");
        }
    }
}

#[test]
fn histories_that_arrive_day_by_day_raise_no_alarm_either_where_volume_is_told() {
    let mut asked = 0;
    for file in every_file() {
        let all = bundled(&file);
        if all.iter().any(|bar| bar.volume.is_none()) {
            continue;
        }
        // Day by day the next session that could confirm a move is never there. Smaller moves are no jumps by definition.
        let moved = |at: &usize| (all[*at].close / all[at - 1].close).ln().abs() > 0.02;
        for end in (300..all.len()).filter(moved) {
            let case = Case {
                known: all[end - 300..end].to_vec(),
                kind: kind(&file),
                splits: vec![],
                ..Case::of(vec![all[end]])
            };
            let any_day = |_: NaiveDate| true;
            let report = judge(&Batch {
                symbol: &symbol(),
                kind: case.kind,
                interval: Interval::Day1,
                bars: &case.bars,
                known: &case.known,
                splits: &[],
                dividends: None,
                currency: ("USD", None),
                now: now(),
                is_session: &any_day,
                expected: None,
                elapsed: 1.0,
            });
            assert_eq!(found(&report), [], "{file}");
            asked += 1;
        }
    }
    assert!(asked > 2_000, "{asked}");
}

#[test]
fn the_dividends_that_apple_paid_agree_with_its_adjusted_close() {
    let bars: Vec<Bar> =
        bundled("AAPL.csv.gz").into_iter().filter(|bar| bar.date() >= date("2020-09-01")).collect();
    let report = Case { dividends: Some(paid()), ..Case::of(bars) }.judge();
    assert_eq!(found(&report), []);
    assert_eq!(report.dividends.len(), 6);
}

#[test]
fn an_empty_answer_is_judged_too() {
    let report = Case { dividends: Some(vec![]), ..Case::of(vec![]) }.judge();
    assert_eq!(report, Report { scores: report.scores, ..Report::default() });
    assert_eq!(report.scores.scores().count(), 0);
}
