//! Dated values: economic series and search interest.

use super::{Dimension, Judged, Rule, Scores};
use crate::macros::Observation;
use chrono::{Duration, NaiveDate};

/// What became of a series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Every observation, oldest first.
    pub observations: Vec<Judged<Observation>>,
    /// Counts per dimension.
    pub scores: Scores,
}

/// What a series may hold and how often it is published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expectation {
    /// The lowest value possible.
    pub lowest: f64,
    /// The highest value possible.
    pub highest: f64,
    /// Whether a single value 100 times away from the two values next to it is an error; attention has such days.
    pub is_steady: bool,
    /// The newest observation is at most so old when the source does its work.
    pub at_most_old: Duration,
    /// Today, in market time.
    pub today: NaiveDate,
}

impl Expectation {
    /// What is expected of an economic series by its frequency. An observation is dated by the first day of its
    /// period and published after its end, so a monthly one is nearly three months old before the next arrives.
    pub fn of_macro(frequency: &str, today: NaiveDate) -> Expectation {
        let days = match frequency {
            "daily" => 7,
            "weekly" => 21,
            "monthly" => 80,
            _ => 220,
        };
        Expectation { lowest: -1e9, highest: 1e9, is_steady: true, at_most_old: Duration::days(days), today }
    }

    /// What is expected of search interest: counts or scores, a day or two behind.
    pub fn of_interest(today: NaiveDate) -> Expectation {
        Expectation { lowest: 0.0, highest: 1e12, is_steady: false, at_most_old: Duration::days(5), today }
    }
}

/// Judges a series: one value per date, possible, not from the future, and not 100 times away from the two values
/// next to it. Those are its neighbours; the newest and the oldest have one each and are held against the two values
/// on that side, so that a wrong value never speaks against a right one. Of only two nobody knows which is wrong:
/// neither is believed.
pub fn judge(observations: &[Observation], expected: &Expectation) -> Report {
    let mut rows: Vec<Judged<Observation>> = observations.iter().copied().map(Judged::new).collect();
    rows.sort_by_key(|row| row.raw.date);
    for at in 0..rows.len() {
        let Observation { date, value } = rows[at].raw;
        let value_at = |at: Option<usize>| at.and_then(|at| rows.get(at)).map(|row| row.raw.value);
        let (near, other) = match (value_at(at.checked_sub(1)), value_at(Some(at + 1))) {
            (Some(before), None) => (Some(before), value_at(at.checked_sub(2))),
            (None, after) => (after, value_at(Some(at + 2))),
            both => both,
        };
        let far = |other: f64| {
            let ratio = value / other;
            other != 0.0 && ((80.0..125.0).contains(&ratio) || (0.008..0.0125).contains(&ratio))
        };
        let alone = near.is_some_and(far) && other.is_none_or(far);
        let double = at > 0 && rows[at - 1].raw.date == date;
        let row = &mut rows[at];
        if !value.is_finite() || !(expected.lowest..=expected.highest).contains(&value) {
            row.reject(Rule::Range, "a value this series can not have");
        } else if date > expected.today + Duration::days(1) {
            row.reject(Rule::Range, "lies in the future");
        } else if double {
            row.reject(Rule::Duplicate, "a second value for the same date");
        } else if alone && expected.is_steady {
            row.reject(Rule::Hundredfold, "100 times away from the values around it");
        }
    }
    let mut scores = Scores::default();
    scores.records(&rows);
    if let Some(newest) = rows.iter().filter_map(Judged::accepted).map(|each| each.date).max() {
        let late = expected.today - newest > expected.at_most_old;
        scores.count(Dimension::Timeliness, 1, u64::from(late));
    }
    Report { observations: rows, scores }
}
