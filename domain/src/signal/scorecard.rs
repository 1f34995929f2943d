//! The scorecard: how the past firings of a rule did, against simply holding.

use super::{Action, Signal, SignalKind};
use crate::{Bar, Interval};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bars after which a firing is judged.
pub const HORIZONS: [usize; 3] = [5, 20, 60];

/// How often the firings are drawn anew for the interval.
const DRAWS: usize = 500;

/// Fewest firings, or weeks of them, an interval is given for.
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
    let mut pool = ScorePool::new(cost);
    pool.add(bars, signals);
    pool.scores_by(|outcomes| outcomes.iter().map(|(_, gain)| vec![*gain]).collect())
}

/// What came of the firings of one rule at one horizon: when it fired, and the return after costs.
type Outcomes = Vec<(DateTime<Utc>, f64)>;

/// The scorecards of many histories as one: every firing counts once, whoever's it was.
///
/// Firings of one week are not independent of each other: the whole market falls, and every rule fires everywhere. So the
/// interval is drawn by whole weeks (a cluster bootstrap: Field and Welsh, 2007), which makes it as wide as the weeks
/// allow and not as narrow as the number of firings pretends. Holding is the mean over every bar of every history.
#[derive(Debug, Clone)]
pub struct ScorePool {
    cost: f64,
    outcomes: Vec<[Outcomes; HORIZONS.len()]>,
    /// Sum and count of holding from any bar on, by horizon.
    holds: [(f64, u64); HORIZONS.len()],
    histories: u32,
}

impl ScorePool {
    /// Nothing in it; `cost` as in [`scorecard`].
    pub fn new(cost: f64) -> ScorePool {
        let empty = || [const { Vec::new() }; HORIZONS.len()];
        let outcomes = SignalKind::ALL.iter().map(|_| empty()).collect();
        ScorePool { cost, outcomes, holds: [(0.0, 0); HORIZONS.len()], histories: 0 }
    }

    /// Takes in a history and its signals, both oldest first.
    pub fn add(&mut self, bars: &[Bar], signals: &[Signal]) {
        self.histories += 1;
        for (at, horizon) in HORIZONS.into_iter().enumerate() {
            for bar in 0..bars.len() {
                if let Some(gain) = held(bars, bar, horizon, self.cost) {
                    self.holds[at].0 += gain;
                    self.holds[at].1 += 1;
                }
            }
        }
        for (place, signal) in places(bars, signals) {
            let Some(kind) = SignalKind::ALL.iter().position(|kind| *kind == signal.kind) else { continue };
            for (at, horizon) in HORIZONS.into_iter().enumerate() {
                let Some(gross) = held(bars, place, horizon, 0.0) else { continue };
                let gain = match signal.action {
                    Action::Buy => gross - 2.0 * self.cost,
                    Action::Sell => -gross - 2.0 * self.cost,
                    Action::Neutral | Action::NoData => continue,
                };
                self.outcomes[kind][at].push((signal.time, gain));
            }
        }
    }

    /// How many histories are in it.
    pub fn histories(&self) -> u32 {
        self.histories
    }

    /// Per rule that fired and horizon.
    pub fn scores(&self) -> Vec<Score> {
        self.scores_by(weeks)
    }

    fn scores_by(&self, groups: impl Fn(&Outcomes) -> Vec<Vec<f64>>) -> Vec<Score> {
        let fired = |kind: &usize| self.outcomes[*kind].iter().any(|each| !each.is_empty());
        let of = |kind: usize| {
            let groups = &groups;
            (0..HORIZONS.len()).map(move |at| {
                let outcomes = &self.outcomes[kind][at];
                let interval = interval(&groups(outcomes));
                let mut returns: Vec<f64> = outcomes.iter().map(|(_, gain)| *gain).collect();
                returns.sort_by(f64::total_cmp);
                let hits = returns.iter().filter(|each| **each > 0.0).count();
                let (sum, count) = self.holds[at];
                Score {
                    kind: SignalKind::ALL[kind],
                    horizon_bars: HORIZONS[at] as u32,
                    count: returns.len() as u32,
                    mean_return: mean(&returns),
                    median_return: median(&returns),
                    hold_return: (count > 0).then(|| sum / count as f64),
                    hit_rate: (!returns.is_empty()).then(|| hits as f64 / returns.len() as f64),
                    low: interval.map(|(low, _)| low),
                    high: interval.map(|(_, high)| high),
                }
            })
        };
        (0..SignalKind::ALL.len()).filter(fired).flat_map(of).collect()
    }
}

/// Returns of one week together; weeks begin on Monday.
fn weeks(outcomes: &Outcomes) -> Vec<Vec<f64>> {
    let mut weeks: BTreeMap<DateTime<Utc>, Vec<f64>> = BTreeMap::new();
    for (time, gain) in outcomes {
        weeks.entry(Interval::Week1.floor(*time)).or_default().push(*gain);
    }
    weeks.into_values().collect()
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

/// Percentile bootstrap (Efron, 1979) of the mean over whole groups, always with the same draws: the same history has the
/// same card. `None` with fewer than five groups.
fn interval(groups: &[Vec<f64>]) -> Option<(f64, f64)> {
    if groups.len() < FEWEST {
        return None;
    }
    let sums: Vec<(f64, f64)> = groups.iter().map(|group| (group.iter().sum(), group.len() as f64)).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        // SplitMix64 (Steele, Lea, Flood, 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        sums[((z ^ (z >> 31)) % sums.len() as u64) as usize]
    };
    let mut drawn = || {
        let add = |(sum, count): (f64, f64), (more, number): (f64, f64)| (sum + more, count + number);
        let (sum, count) = (0..groups.len()).map(|_| draw()).fold((0.0, 0.0), add);
        sum / count
    };
    let mut means: Vec<f64> = (0..DRAWS).map(|_| drawn()).collect();
    means.sort_by(f64::total_cmp);
    let at = |share: f64| means[((DRAWS - 1) as f64 * share).round() as usize];
    Some((at(0.025), at(0.975)))
}

/// How the signals did over every history of a universe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UniverseScores {
    /// The session up to which histories went.
    pub day: NaiveDate,
    /// How many histories.
    pub symbols: u32,
    /// What one trade costs, as a share of its value.
    pub cost: f64,
    /// By rule and horizon; see [`ScorePool`].
    pub scores: Vec<Score>,
}
