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
    Case { kind, sessions, splits: splits_of(file), ..Case::of(bundled(file)) }
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

/// The newest bars of a history up to one of them as they come day after day: the last six again and a new one, held
/// against what is stored, with every split there ever was. Judged on the day after.
fn newest(history: &Case, last: usize) -> Case {
    let (all, first) = (&history.bars, last - 6);
    Case {
        known: all[first.saturating_sub(300)..first].to_vec(),
        splits: history.splits.clone(),
        kind: history.kind,
        sessions: history.sessions,
        now: all[last].time + chrono::Duration::hours(24),
        ..Case::of(all[first..=last].to_vec())
    }
}

#[test]
fn no_fall_is_taken_for_a_split_of_other_times() {
    // Before any of these histories, and after all of them.
    let others = ["1950-01-03", "2030-01-02"].map(|day| [1.25, 1.5, 2.0, 0.5].map(|by| split(day, by)));
    let mut asked = 0;
    for file in every_file() {
        let history = Case { splits: [others.concat(), splits_of(&file)].concat(), ..of(&file) };
        let all = &history.bars;
        let moved = |at: &usize| (all[*at].close / all[at - 1].close).ln().abs() > 0.1;
        for last in (6..all.len()).filter(moved) {
            let report = newest(&history, last).judge();
            let missed = found(&report).iter().any(|(_, rule, _)| *rule == Rule::MissedSplit);
            assert!(!missed, "{file} {}", all[last].date());
            asked += 1;
        }
    }
    assert!(asked > 400, "{asked}");
}

// On 20 April 2022 NFLX closed at 226.19 after 348.61, on news of lost subscribers; its split of 2:1 was on
// 12 February 2004.
#[test]
fn the_fall_of_netflix_is_not_its_split_of_2004() {
    let file = "NFLX.csv.gz";
    let splits = [vec![split("2004-02-12", 2.0)], splits_of(file)].concat();
    let history = Case { bars: shipped(file), splits, ..of(file) };
    let all = &history.bars;
    let fall = all.iter().position(|bar| bar.date() == date("2022-04-20")).unwrap();
    assert_eq!((all[fall - 1].close, all[fall].close), (348.61, 226.19));
    // As long as the fall is among the bars that are told again.
    for (last, bar) in all.iter().enumerate().skip(fall).take(6) {
        let case = newest(&history, last);
        let report = case.judge();
        assert_eq!(found(&report), [], "{}", bar.date());
        assert!(report.accepted().eq(&case.bars), "{}", bar.date());
    }
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
