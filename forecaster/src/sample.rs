//! What the net is shown and what it should answer.

use chrono::NaiveDate;
use domain::forecast::{History, Horizon, WARM_UP, drift, volatility};

/// Larger changes, in volatilities of the last 90 days, are cut: one crash is not worth more than a year.
const LARGEST: f64 = 4.0;
/// Closes before the first sample of a history.
const FIRST: usize = 252;

/// The last 90 log returns over their own volatility, oldest first. `None` as [`volatility`].
pub fn input(closes: &[f64]) -> Option<Vec<f32>> {
    let volatility = volatility(closes)?;
    let last = &closes[closes.len() - WARM_UP - 1..];
    let scaled = |pair: &[f64]| ((pair[1] / pair[0]).ln() / volatility).clamp(-LARGEST, LARGEST) as f32;
    Some(last.windows(2).map(scaled).collect())
}

/// What came of a day, in the words of the net.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Day of the last close shown.
    pub as_of: NaiveDate,
    /// Day on which all of the answer was known.
    pub due: NaiveDate,
    /// [`input`].
    pub shown: Vec<f32>,
    /// By horizon: the log return beyond the drift up to that day, over the volatility of as many days.
    pub came: [f32; 3],
}

/// The samples of all histories whose outcome was known before a day, in the order of their days.
pub fn samples(histories: &[History], before: NaiveDate, stride: usize) -> Vec<Sample> {
    let mut all: Vec<Sample> = histories.iter().flat_map(|history| of(history, before, stride)).collect();
    all.sort_by_key(|sample| sample.as_of);
    all
}

fn of(history: &History, before: NaiveDate, stride: usize) -> impl Iterator<Item = Sample> {
    let long = Horizon::Long.bars();
    let known = history.dates.partition_point(|date| *date < before);
    let sample = move |at: usize| {
        let closes = &history.closes[..=at];
        let (volatility, drift) = (volatility(closes)?, drift(closes)?);
        let came = Horizon::ALL.map(|horizon| {
            let bars = horizon.bars() as f64;
            let change = (history.closes[at + horizon.bars()] / history.closes[at]).ln() - drift * bars;
            (change / (volatility * bars.sqrt())).clamp(-LARGEST, LARGEST) as f32
        });
        let (as_of, due) = (history.dates[at], history.dates[at + long]);
        Some(Sample { as_of, due, shown: input(closes)?, came })
    };
    (FIRST - 1..known.saturating_sub(long)).step_by(stride).filter_map(sample)
}
