//! Where axes carry labels, and what these say: round values and the turns of the calendar.

use super::palette::rules;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

/// A label of the vertical axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where.
    pub value: f64,
    /// What it says.
    pub label: String,
    /// The line is drawn, the label gives way to the tag of the last value.
    pub hidden: bool,
}

impl Tick {
    pub(super) fn new(value: f64, decimals: usize) -> Tick {
        Tick { value, label: label(value, decimals), hidden: false }
    }
}

/// A label of the time axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeTick {
    /// Index into [`super::ChartSpec::times`].
    pub at: usize,
    /// What it says.
    pub label: String,
    /// Left out where the chart is narrow.
    pub minor: bool,
}

/// Round values within `low..=high`, about `wanted` of them.
pub(super) fn values(low: f64, high: f64, log: bool, wanted: usize) -> Vec<Tick> {
    if low.is_nan() || high.is_nan() || high <= low || wanted == 0 {
        return Vec::new();
    }
    if log && high / low >= 8.0 {
        let found = decades(low, high);
        if found.len() >= 3 {
            return found;
        }
    }
    let step = round_step((high - low) / wanted as f64);
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    (first..=last)
        .map(|k| {
            let value = k as f64 * step;
            Tick::new(value, decimals(step))
        })
        .collect()
}

/// 1, 2 and 5 times every power of ten: the round values of a wide log scale.
fn decades(low: f64, high: f64) -> Vec<Tick> {
    let (from, to) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    (from..=to)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| (digit * 10f64.powi(power), power)))
        .filter(|(value, _)| (low..=high).contains(value))
        .map(|(value, power)| Tick::new(value, (-power).max(0) as usize))
        .collect()
}

/// The next of 1, 2, 2.5, 5 times a power of ten that is not below `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let digit = [1.0, 2.0, 2.5, 5.0].into_iter().find(|digit| digit * power >= rough * 0.999).unwrap_or(10.0);
    digit * power
}

/// Decimals that tell neighbours a step apart.
fn decimals(step: f64) -> usize {
    (0..8).find(|&d| (step * 10f64.powi(d)).fract().abs() < 1e-9).map_or(8, |d| d as usize)
}

/// Decimals a value of this size is quoted with.
pub fn quoted_decimals(value: f64) -> usize {
    match value.abs() {
        size if size >= 1.0 || size == 0.0 => 2,
        size if size >= 0.01 => 4,
        _ => 6,
    }
}

/// A value with separated thousands, as `4,259.52`; from a million on short, as `1.25M`.
///
/// ```
/// use domain::chart::label;
/// assert_eq!(label(4259.518, 2), "4,259.52");
/// assert_eq!(label(-1_250_000.0, 0), "-1.25M");
/// ```
pub fn label(value: f64, decimals: usize) -> String {
    let size = value.abs();
    for (unit, letter) in [(1e12, 'T'), (1e9, 'B'), (1e6, 'M')] {
        if size >= unit {
            let text = format!("{:.2}", value / unit);
            return format!("{}{letter}", text.trim_end_matches('0').trim_end_matches('.'));
        }
    }
    let text = format!("{size:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::with_capacity(text.len() + 4);
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// Turns of the calendar, finest first; the finest that does not crowd the axis is taken.
#[derive(Clone, Copy)]
enum Turn {
    Minutes(u32),
    Day,
    Week,
    Months(u32),
    Years(i32),
}

const TURNS: [Turn; 14] = [
    Turn::Minutes(5),
    Turn::Minutes(30),
    Turn::Minutes(60),
    Turn::Minutes(120),
    Turn::Day,
    Turn::Week,
    Turn::Months(1),
    Turn::Months(2),
    Turn::Months(3),
    Turn::Months(6),
    Turn::Years(1),
    Turn::Years(2),
    Turn::Years(5),
    Turn::Years(10),
];

/// Labels for the times shown; indexes count from the start of `times`, plus `offset`.
pub(super) fn times(times: &[String], offset: usize) -> Vec<TimeTick> {
    let read: Vec<Option<NaiveDateTime>> = times.iter().map(|text| parse(text)).collect();
    let found =
        TURNS.into_iter().map(|turn| turns(&read, turn)).find(|found| found.len() <= rules::TIME_LABELS);
    let mut found = found.unwrap_or_default();
    if found.is_empty() && read.first().is_some_and(Option::is_some) {
        found.push((0, Turn::Day));
    }
    found
        .iter()
        .enumerate()
        .filter_map(|(i, &(at, turn))| {
            let before = if at > 0 { read[at - 1] } else { None };
            Some(TimeTick {
                at: at + offset,
                label: words(read[at]?, before, turn),
                minor: found.len() > 5 && i % 2 == 1,
            })
        })
        .collect()
}

fn parse(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .ok()
        .or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(chrono::NaiveTime::MIN)))
}

/// The first places after each turn.
fn turns(times: &[Option<NaiveDateTime>], turn: Turn) -> Vec<(usize, Turn)> {
    let slot = |time: NaiveDateTime| -> i64 {
        let day = i64::from(time.num_days_from_ce());
        match turn {
            Turn::Minutes(step) => day * 1440 + i64::from((time.hour() * 60 + time.minute()) / step * step),
            Turn::Day => day,
            Turn::Week => (day - 1).div_euclid(7),
            Turn::Months(step) => i64::from(time.year()) * 12 + i64::from(time.month0() / step * step),
            Turn::Years(step) => i64::from(time.year().div_euclid(step)),
        }
    };
    (1..times.len())
        .filter(|&i| matches!((times[i - 1], times[i]), (Some(a), Some(b)) if slot(a) != slot(b)))
        .map(|i| (i, turn))
        .collect()
}

/// A new year names the year, a new month the month, a new day the date.
fn words(time: NaiveDateTime, before: Option<NaiveDateTime>, turn: Turn) -> String {
    let new_year = before.is_some_and(|b| b.year() != time.year());
    let new_day = before.is_none_or(|b| b.date() != time.date());
    let format = match turn {
        Turn::Years(_) => "%Y",
        Turn::Months(_) if new_year => "%Y",
        Turn::Months(_) => "%b",
        Turn::Minutes(_) if !new_day => "%H:%M",
        Turn::Day | Turn::Week | Turn::Minutes(_) => "%-d %b",
    };
    time.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_round_and_within_the_range() {
        let ticks = values(141.3, 183.9, false, 5);
        let labels: Vec<_> = ticks.iter().map(|t| t.label.as_str()).collect();
        assert_eq!(labels, ["150", "160", "170", "180"]);
    }

    #[test]
    fn a_wide_log_scale_counts_in_decades() {
        let labels: Vec<_> = values(0.8, 60.0, true, 5).into_iter().map(|t| t.label).collect();
        assert_eq!(labels, ["1", "2", "5", "10", "20", "50"]);
    }

    #[test]
    fn a_year_of_days_is_labelled_by_months_and_the_new_year() {
        let start = NaiveDate::from_ymd_opt(2021, 3, 10).expect("a date");
        let days: Vec<String> = start.iter_days().take(366).map(|d| d.to_string()).collect();
        let ticks = times(&days, 0);
        assert!(ticks.len() <= rules::TIME_LABELS);
        assert!(ticks.iter().any(|t| t.label == "2022"));
        assert_eq!(ticks[0].label, "May");
        assert_eq!(days[ticks[0].at], "2021-05-01");
    }

    #[test]
    fn nothing_to_measure_has_no_labels() {
        assert!(values(5.0, 5.0, false, 5).is_empty());
        assert!(values(f64::NAN, 1.0, false, 5).is_empty());
        assert!(times(&[], 0).is_empty());
    }
}
