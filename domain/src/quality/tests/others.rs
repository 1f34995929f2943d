//! Economic series, search interest and headlines.

use super::{date, now};
use crate::{
    macros::Observation,
    news::Headline,
    quality::{
        Dimension, Judged, Rule,
        headlines::{self, Seen},
        observations::{self, Expectation},
    },
};
use chrono::Duration;

fn series(values: &[(&str, f64)]) -> Vec<Observation> {
    values.iter().map(|(day, value)| Observation { date: date(day), value: *value }).collect()
}

fn rules<T>(rows: &[Judged<T>]) -> Vec<Rule> {
    rows.iter().flat_map(|row| row.rules().collect::<Vec<_>>()).collect()
}

// Consumer prices of the Bureau of Labor Statistics, 1982-84 = 100.
const PRICES: [(&str, f64); 4] =
    [("2021-11-01", 278.524), ("2021-12-01", 280.126), ("2022-01-01", 281.933), ("2022-02-01", 284.182)];

#[test]
fn a_monthly_series_is_fresh_until_the_next_is_overdue() {
    let told = series(&PRICES);
    let report = observations::judge(&told, &Expectation::of_macro("monthly", date("2022-03-11")));
    assert_eq!(rules(&report.observations), []);
    assert_eq!(report.scores.of(Dimension::Timeliness).score(), Some(1.0));
    let report = observations::judge(&told, &Expectation::of_macro("monthly", date("2022-06-01")));
    assert_eq!(report.scores.of(Dimension::Timeliness).score(), Some(0.0));
}

#[test]
fn wrong_observations_are_rejected_one_by_one() {
    let mut told = series(&PRICES);
    told[2].value *= 100.0;
    told.push(Observation { date: date("2022-02-01"), value: 1.0 });
    told.push(Observation { date: date("2023-01-01"), value: 1.0 });
    told.push(Observation { date: date("2021-10-01"), value: f64::NAN });
    let report = observations::judge(&told, &Expectation::of_macro("monthly", date("2022-03-11")));
    assert_eq!(rules(&report.observations), [Rule::Range, Rule::Hundredfold, Rule::Duplicate, Rule::Range]);
    assert_eq!(report.observations.iter().filter_map(Judged::accepted).count(), 3);
}

#[test]
fn the_newest_and_the_oldest_observation_have_one_neighbour_and_are_judged_too() {
    let judged = |told: &[Observation]| {
        observations::judge(told, &Expectation::of_macro("monthly", date("2022-03-11"))).observations
    };
    for by in [100.0, 0.01] {
        for at in [0, 3] {
            let mut told = series(&PRICES);
            told[at].value *= by;
            let rejected: Vec<bool> = judged(&told).iter().map(Judged::is_rejected).collect();
            let expected: Vec<bool> = (0..4).map(|each| each == at).collect();
            assert_eq!(rejected, expected, "{at} {by}");
        }
    }
    // Of two values nobody knows which is wrong; one alone has nothing to be held against.
    let mut two = series(&PRICES[2..]);
    assert_eq!(rules(&judged(&two)), []);
    two[1].value *= 100.0;
    assert_eq!(rules(&judged(&two)), [Rule::Hundredfold, Rule::Hundredfold]);
    assert_eq!(rules(&judged(&two[1..])), []);
}

#[test]
fn a_newest_observation_of_a_series_that_crosses_zero_is_believed() {
    // Differences of two yields, in percentage points.
    for values in [[0.27, 0.0, -0.04], [0.14, 0.002, 0.19], [0.01, -0.01, 1.0], [0.0, 0.0, 0.05]] {
        let days = ["2022-03-09", "2022-03-10", "2022-03-11"];
        let told: Vec<(&str, f64)> = days.into_iter().zip(values).collect();
        let report = observations::judge(&series(&told), &Expectation::of_macro("daily", date("2022-03-11")));
        assert_eq!(rules(&report.observations), [], "{values:?}");
    }
}

/// The bundled economic series, each under the name of its file.
fn every_series() -> Vec<(String, Vec<Observation>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/macro");
    let all = std::fs::read_dir(folder).expect("the bundled series").map(|entry| {
        let path = entry.expect("an entry").path();
        let file = std::fs::File::open(&path).expect("a bundled file");
        let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
        let told = reader.records().map(|record| {
            let record = record.expect("a row");
            Observation { date: date(&record[0]), value: record[1].parse().expect("a number") }
        });
        let told: Vec<Observation> = told.collect();
        (path.display().to_string(), told)
    });
    all.collect()
}

#[test]
fn no_bundled_series_raises_an_alarm_on_whatever_day_it_begins_and_ends() {
    let all = every_series();
    assert!(all.len() >= 8);
    for (file, told) in all {
        // Six are more than what is looked at from either end.
        for some in told.windows(6) {
            let report = observations::judge(some, &Expectation::of_macro("daily", some[5].date));
            assert_eq!(rules(&report.observations), [], "{file} {:?}", some[5]);
        }
    }
}

#[test]
fn interest_may_explode_but_not_be_negative() {
    let told =
        series(&[("2022-03-08", 10.0), ("2022-03-09", 1000.0), ("2022-03-10", 10.0), ("2022-03-11", -1.0)]);
    let report = observations::judge(&told, &Expectation::of_interest(date("2022-03-11")));
    assert_eq!(rules(&report.observations), [Rule::Range]);
}

fn headline(title: &str, url: Option<&str>) -> Headline {
    Headline {
        symbol: None,
        title: title.into(),
        description: None,
        publisher: "Wire".into(),
        url: url.map(str::to_string),
        published_at: now() - Duration::hours(1),
    }
}

#[test]
fn a_story_told_twice_is_kept_once() {
    let mut seen = Seen::default();
    assert!(seen.insert("Chip maker lifts its outlook for the year", Some("https://a.example/1")));
    let told = [
        headline("Something else entirely", Some("https://a.example/1?utm_source=feed#top")),
        headline("Chip Maker Lifts its Outlook for the Year!", Some("https://b.example/9")),
        headline("Chip maker cuts its outlook for the quarter", Some("https://b.example/10")),
        headline("Chip maker cuts its outlook for the quarter", None),
    ];
    let report = headlines::judge(&told, &mut seen, now());
    assert_eq!((report.headlines.len(), report.repeated), (1, 3));
    assert_eq!(rules(&report.headlines), []);
}

#[test]
fn the_opposite_of_a_long_headline_is_another_story() {
    let mut seen = Seen::default();
    let raises = "Goldman raises Apple price target to 250 from 220 and keeps its buy rating";
    let lowers = "Goldman lowers Apple price target to 250 from 220 and keeps its buy rating";
    assert!(seen.insert(raises, None) && seen.insert(lowers, None));
    // Fourteen words, and one or two more: the same story told by somebody who adds their name.
    assert!(!seen.insert(&format!("{raises} - Wire"), None));
    assert!(headlines::same_story(lowers, &format!("{lowers}, The Wire")));
}

#[test]
fn headlines_without_title_or_date_or_page_are_rejected() {
    let mut late = headline("From tomorrow", None);
    late.published_at = now() + Duration::days(2);
    let told = [headline(" ", None), headline("Click here", Some("javascript:alert(1)")), late];
    let report = headlines::judge(&told, &mut Seen::default(), now());
    assert_eq!(rules(&report.headlines), [Rule::MissingField, Rule::Range, Rule::Range]);
}

#[test]
fn a_repeated_story_is_named_by_the_first_that_told_it() {
    let mut seen = Seen::default();
    let first = seen.remember("Chip maker lifts its outlook for the year", Some("https://a.example/1"));
    let other = seen.remember("Oil falls as stocks build", None);
    assert_eq!(seen.find("OIL FALLS, as stocks build", None), Some(other));
    assert_eq!(seen.find("Another title", Some("http://a.example/1/")), Some(first));
    assert_eq!(seen.find("Oil rises as stocks build", None), None);
    assert_eq!(seen.find("", None), None);
}

proptest::proptest! {
    /// The shorter way finds what holding every title against every other finds.
    #[test]
    fn no_nearly_equal_title_is_overlooked(
        titles in proptest::collection::vec(proptest::collection::vec("[a-j]", 0..40), 1..12),
        probe in proptest::collection::vec("[a-j]", 0..40),
    ) {
        let titles: Vec<String> = titles.iter().map(|words| words.join(" ")).collect();
        let probe = probe.join(" ");
        let mut seen = Seen::default();
        for title in &titles {
            seen.remember(title, None);
        }
        let expected = titles.iter().position(|title| headlines::same_story(title, &probe));
        proptest::prop_assert_eq!(seen.find(&probe, None), expected);
    }
}
