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

fn of(file: &str) -> Case {
    let (kind, sessions) = match file {
        "BTC-USD.csv.gz" => (Kind::Crypto, Sessions::EveryDay),
        "EURUSD_X.csv.gz" => (Kind::Fx, Sessions::Weekdays),
        _ if file.starts_with('_') => (Kind::Index, Sessions::American),
        _ => (Kind::Equity, Sessions::American),
    };
    Case { kind, sessions, splits: vec![], ..Case::of(bundled(file)) }
}

/// The holes of the bundled set, which its README documents: TSLA has no bars from 2019 to 2021-03-22.
fn documented_holes(file: &str) -> u64 {
    let (from, to) = (date("2019-01-01"), date("2021-03-22"));
    if file == "TSLA.csv.gz" { crate::calendar::sessions(from..=to).count() as u64 } else { 0 }
}

#[test]
fn no_bundled_history_raises_an_alarm() {
    for file in every_file() {
        let mut case = of(&file);
        // Series end at different dates; each is judged on its own last day.
        case.now = case.bars.last().unwrap().time + chrono::Duration::hours(24);
        let report = case.judge();
        assert_eq!(found(&report), [], "{file}");
        assert_eq!(report.copies, 0, "{file}");
        assert_eq!(report.missing.len() as u64, documented_holes(&file), "{file}: {:?}", report.missing);
        assert!(report.accepted().eq(&case.bars), "{file}");
        for (dimension, score) in report.scores.scores() {
            if dimension != Dimension::Completeness || documented_holes(&file) == 0 {
                assert_eq!(score, 1.0, "{file} {dimension:?}");
            }
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
        // Day by day the next session that could confirm a move is never there. Smaller moves are no jumps by
        // definition.
        let moved = |at: &usize| (all[*at].close / all[at - 1].close).ln().abs() > 0.02;
        for end in (300..all.len()).filter(moved).step_by(4) {
            let known = all[end - 300..end].to_vec();
            let case = Case { bars: vec![all[end]], known, ..of(&file) };
            assert_eq!(found(&case.judge()), [], "{file}");
            asked += 1;
        }
    }
    assert!(asked > 500, "{asked}");
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
