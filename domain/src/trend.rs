//! Which way a price goes: the trend, and the levels it turned at.

use crate::{
    Bar,
    indicator::{IndicatorRow, rows},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The way a price goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Trend {
    Up,
    Down,
    Sideways,
}

impl Trend {
    /// The word people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Trend::Up => "Up",
            Trend::Down => "Down",
            Trend::Sideways => "Sideways",
        }
    }
}

/// Bars over which SMA 50 has to rise or fall.
const SLOPE_BARS: usize = 20;
/// Bars on each side that a swing point towers over.
const SWING: usize = 5;
/// Bars in which swing points are looked for: about a year.
const LOOK_BACK: usize = 252;
/// Swing points closer than so many ATR 14 are one level.
const MERGE_ATR: f64 = 0.5;
/// Fewest swing points of a level.
const FEWEST_TOUCHES: usize = 2;
/// Levels told each way.
const LEVELS: usize = 3;

/// A price at which the market turned more than once.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Level {
    /// Mean of its swing points.
    pub price: f64,
    /// How many there were.
    pub touches: u32,
    /// Bar of the latest one.
    pub last_touch: DateTime<Utc>,
}

/// Trend and levels after the last bar.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lay {
    /// Up: SMA 20 > SMA 50 > SMA 200 and SMA 50 higher than 20 bars ago; down: the reverse; else sideways. `None` before
    /// there are 200 bars.
    pub trend: Option<Trend>,
    /// Levels below the last close, nearest first, at most three.
    pub support: Vec<Level>,
    /// Levels above the last close, nearest first, at most three.
    pub resistance: Vec<Level>,
}

/// Trend, support and resistance of a history, oldest first.
///
/// A swing point is a bar whose high (low) is the highest (lowest) of the five bars on each side and its own, among the
/// last 252 bars; the newest five bars can be none yet. Sorted by price, points within 0.5 ATR 14 of the lowest of
/// their group are one level.
pub fn lay(bars: &[Bar]) -> Lay {
    lay_of(bars, &rows(bars))
}

/// As [`lay`], where the indicators of the bars are at hand: a row for each bar.
pub fn lay_of(bars: &[Bar], rows: &[IndicatorRow]) -> Lay {
    let (Some(bar), Some(row)) = (bars.last(), rows.last()) else { return Lay::default() };
    let trend = trend(rows);
    let levels = row.atr14.map(|atr| levels(&bars[bars.len().saturating_sub(LOOK_BACK)..], MERGE_ATR * atr));
    let (mut support, mut resistance): (Vec<Level>, Vec<Level>) =
        levels.unwrap_or_default().into_iter().partition(|level| level.price <= bar.close);
    support.reverse();
    support.truncate(LEVELS);
    resistance.truncate(LEVELS);
    Lay { trend, support, resistance }
}

fn trend(rows: &[IndicatorRow]) -> Option<Trend> {
    let last = rows.last()?;
    let (short, middle, long) = (last.sma20?, last.sma50?, last.sma200?);
    let earlier = rows[rows.len().checked_sub(SLOPE_BARS + 1)?].sma50?;
    Some(match () {
        () if short > middle && middle > long && middle > earlier => Trend::Up,
        () if short < middle && middle < long && middle < earlier => Trend::Down,
        () => Trend::Sideways,
    })
}

/// Levels by price, lowest first.
fn levels(bars: &[Bar], within: f64) -> Vec<Level> {
    let mut points: Vec<(f64, DateTime<Utc>)> = bars.windows(2 * SWING + 1).flat_map(swing_points).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut groups: Vec<Vec<(f64, DateTime<Utc>)>> = Vec::new();
    for point in points {
        match groups.last_mut() {
            Some(group) if point.0 - group[0].0 <= within => group.push(point),
            _ => groups.push(vec![point]),
        }
    }
    let level = |group: Vec<(f64, DateTime<Utc>)>| Level {
        price: group.iter().map(|(price, _)| price).sum::<f64>() / group.len() as f64,
        touches: group.len() as u32,
        last_touch: group.iter().map(|(_, time)| *time).max().unwrap_or_default(),
    };
    groups.into_iter().filter(|group| group.len() >= FEWEST_TOUCHES).map(level).collect()
}

/// The high and the low of the middle bar of a window where they are its extremes; of equal neighbours the first.
fn swing_points(window: &[Bar]) -> Vec<(f64, DateTime<Utc>)> {
    let (before, middle, after) = (&window[..SWING], &window[SWING], &window[SWING + 1..]);
    let high = middle.high.filter(|high| {
        before.iter().filter_map(|bar| bar.high).all(|each| each < *high)
            && after.iter().filter_map(|bar| bar.high).all(|each| each <= *high)
    });
    let low = middle.low.filter(|low| {
        before.iter().filter_map(|bar| bar.low).all(|each| each > *low)
            && after.iter().filter_map(|bar| bar.low).all(|each| each >= *low)
    });
    [high, low].into_iter().flatten().map(|price| (price, middle.time)).collect()
}

#[cfg(test)]
mod tests;
