//! The scorecard: how the past firings of a rule did, against simply holding.

use super::{Action, Signal, SignalKind};
use crate::Bar;
use serde::{Deserialize, Serialize};

/// Bars after which a firing is judged.
pub const HORIZONS: [usize; 3] = [5, 20, 60];

/// How often the firings are drawn anew for the interval.
const DRAWS: usize = 500;

/// Fewest firings an interval is given for.
const FEWEST: usize = 5;

/// One rule at one horizon. Returns are shares: 0.01 is one percent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// Which rule.
    pub kind: SignalKind,
    /// Bars held.
    pub horizon_bars: u32,
    /// Firings that could be judged: those with as many bars after them.
    pub count: u32,
    /// Mean return of acting on it, after costs: long on BUY, short on SELL. `None` without firings.
    pub mean_return: Option<f64>,
    /// Median of the same.
    pub median_return: Option<f64>,
    /// Mean return of holding as long from any bar on.
    pub hold_return: Option<f64>,
    /// Share of firings with a gain.
    pub hit_rate: Option<f64>,
    /// 95 % bootstrap interval of the mean return; `None` with fewer than 5 firings.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
}

impl Score {
    /// Whether acting on it did better than holding beyond chance: the whole interval lies above holding.
    pub fn has_edge(&self) -> bool {
        matches!((self.low, self.hold_return), (Some(low), Some(hold)) if low > hold)
    }
}

/// The scorecard of the signals of a history, per rule that fired and horizon. Bars are oldest first.
///
/// Nothing is bought at the price that set a signal off: the entry is the open of the next bar (its close where the
/// source has no opens), the exit the close `horizon` bars after the firing. `cost` is what one trade costs as a share
/// of its value, paid at entry and exit; holding pays it too.
pub fn scorecard(bars: &[Bar], signals: &[Signal], cost: f64) -> Vec<Score> {
    let kinds = SignalKind::ALL.into_iter().filter(|kind| signals.iter().any(|signal| signal.kind == *kind));
    let holds = HORIZONS.map(|horizon| {
        let returns: Vec<f64> = (0..bars.len()).filter_map(|at| held(bars, at, horizon, cost)).collect();
        mean(&returns)
    });
    let places: Vec<(usize, &Signal)> = places(bars, signals);
    let of = |kind: SignalKind| {
        let places = &places;
        HORIZONS.into_iter().zip(holds).map(move |(horizon, hold_return)| {
            let acted = |(at, signal): &(usize, &Signal)| {
                let gross = held(bars, *at, horizon, 0.0).filter(|_| signal.kind == kind)?;
                match signal.action {
                    Action::Buy => Some(gross - 2.0 * cost),
                    Action::Sell => Some(-gross - 2.0 * cost),
                    Action::Neutral | Action::NoData => None,
                }
            };
            let mut returns: Vec<f64> = places.iter().filter_map(acted).collect();
            let interval = interval(&returns);
            returns.sort_by(f64::total_cmp);
            let hits = returns.iter().filter(|each| **each > 0.0).count();
            Score {
                kind,
                horizon_bars: horizon as u32,
                count: returns.len() as u32,
                mean_return: mean(&returns),
                median_return: median(&returns),
                hold_return,
                hit_rate: (!returns.is_empty()).then(|| hits as f64 / returns.len() as f64),
                low: interval.map(|(low, _)| low),
                high: interval.map(|(_, high)| high),
            }
        })
    };
    kinds.flat_map(of).collect()
}

/// Signals with the place of their bar; both are ordered by time.
fn places<'a>(bars: &[Bar], signals: &'a [Signal]) -> Vec<(usize, &'a Signal)> {
    let place = |signal: &'a Signal| {
        bars.binary_search_by_key(&signal.time, |bar| bar.time).ok().map(|at| (at, signal))
    };
    signals.iter().filter_map(place).collect()
}

/// Return of entering after bar `at` and leaving at the close `horizon` bars after it.
fn held(bars: &[Bar], at: usize, horizon: usize, cost: f64) -> Option<f64> {
    let (entry, exit) = (bars.get(at + 1)?, bars.get(at + horizon)?);
    let price = entry.open.unwrap_or(entry.close);
    let change = exit.close / price - 1.0;
    (price > 0.0 && change.is_finite()).then_some(change - 2.0 * cost)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Of sorted values.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}

/// Percentile bootstrap (Efron, 1979) of the mean, always with the same draws: the same history has the same card.
fn interval(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < FEWEST {
        return None;
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        // SplitMix64 (Steele, Lea, Flood, 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        values[((z ^ (z >> 31)) % values.len() as u64) as usize]
    };
    let n = values.len() as f64;
    let mut means: Vec<f64> =
        (0..DRAWS).map(|_| (0..values.len()).map(|_| draw()).sum::<f64>() / n).collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means[((DRAWS - 1) as f64 * share).round() as usize];
    Some((at(0.025), at(0.975)))
}
