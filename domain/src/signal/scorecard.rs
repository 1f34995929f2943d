//! The scorecard: how the past firings of a rule did, against simply holding.

use super::{Action, Signal, SignalKind};
use crate::Bar;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bars after which a firing is judged.
pub const HORIZONS: [usize; 3] = [5, 20, 60];

/// Bars of a week of sessions; the shortest period that is drawn as one.
const WEEK_BARS: usize = 5;

/// How often the periods are drawn anew for the interval.
const DRAWS: usize = 500;

/// Fewest periods with a firing an interval is given for.
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
    /// 95 % bootstrap interval of the mean return, see [`scorecard`]; `None` with firings in fewer than five periods.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// Lower end of the same interval of the mean return less the mean of holding. Absent of cards kept before it was
    /// worked out.
    #[serde(default)]
    pub excess_low: Option<f64>,
}

impl Score {
    /// Whether acting on it did better than holding beyond chance: the whole interval of the difference lies above 0.
    pub fn has_edge(&self) -> bool {
        self.excess_low.is_some_and(|low| low > 0.0)
    }
}

/// The scorecard of the signals of a history, per rule that fired and horizon. Bars are oldest first.
///
/// Nothing is bought at the price that set a signal off: the entry is the open of the next bar (its close where the
/// source has no opens), the exit the close `horizon` bars after the firing. `cost` is what one trade costs as a share
/// of its value, paid at entry and exit; holding pays it too.
///
/// Firings that lie within the horizon of each other are judged by the same bars in part: they are no independent
/// witnesses. So the interval is a block bootstrap (the idea of Künsch, 1989: what hangs together is drawn together). The
/// history is cut into periods of a week or, where that is longer, of the horizon, and whole periods are drawn anew, each
/// with its firings and with what holding from its bars on brought. What holding brought is chance as well: a rule has an
/// edge when the interval of its mean return less the mean of holding, both of the same draws, lies above 0.
///
/// Outcomes reach beyond the end of their period. Two that begin `k` bars apart share `1 - k/h` of a horizon `h` and fall
/// into one period that often, so periods see `sum (1 - k/h)^2` of a variance of `sum (1 - k/h)`: two thirds. The interval
/// is therefore stretched by `sqrt(3/2)` around the mean.
pub fn scorecard(bars: &[Bar], signals: &[Signal], cost: f64) -> Vec<Score> {
    let mut pool = ScorePool { period: by_bars, ..ScorePool::new(cost) };
    pool.add(bars, signals);
    pool.scores()
}

/// What came of the firings of one rule at one horizon: in which period it fired, and the return after costs.
type Outcomes = Vec<(i64, f64)>;

/// Which period a bar belongs to at a horizon: by its place in the history, or by its time.
type Period = fn(usize, DateTime<Utc>, usize) -> i64;

/// Periods of bars, for one history: right whatever days it has.
fn by_bars(place: usize, _: DateTime<Utc>, horizon: usize) -> i64 {
    (place / horizon.max(WEEK_BARS)) as i64
}

/// Periods of weeks from Monday on, for histories whose places do not correspond.
fn by_weeks(_: usize, time: DateTime<Utc>, horizon: usize) -> i64 {
    let weeks = horizon.div_ceil(WEEK_BARS) as i64;
    // The first day of 1970 was a Thursday.
    (time.timestamp().div_euclid(86_400) + 3).div_euclid(7 * weeks)
}

/// What came of the firings and of holding within one period: sums and how many.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    gains: f64,
    firings: f64,
    holds: f64,
    bars: f64,
}

impl Block {
    fn and(self, more: Block) -> Block {
        Block {
            gains: self.gains + more.gains,
            firings: self.firings + more.firings,
            holds: self.holds + more.holds,
            bars: self.bars + more.bars,
        }
    }
}

/// The scorecards of many histories as one: every firing counts once, whoever's it was.
///
/// Firings of one week are not independent of each other: the whole market falls, and every rule fires everywhere. So the
/// periods of [`scorecard`] are weeks of the calendar here, as many as the horizon needs, and are drawn with the firings
/// of all histories in them: the interval is as wide as the weeks allow and not as narrow as the number of firings
/// pretends. Holding is the mean over every bar of every history.
#[derive(Debug, Clone)]
pub struct ScorePool {
    cost: f64,
    period: Period,
    outcomes: Vec<[Outcomes; HORIZONS.len()]>,
    /// Holding from any bar on, by horizon and period.
    holds: [BTreeMap<i64, Block>; HORIZONS.len()],
    histories: u32,
}

impl ScorePool {
    /// Nothing in it; `cost` as in [`scorecard`].
    pub fn new(cost: f64) -> ScorePool {
        let empty = || [const { Vec::new() }; HORIZONS.len()];
        let outcomes = SignalKind::ALL.iter().map(|_| empty()).collect();
        let holds = [const { BTreeMap::new() }; HORIZONS.len()];
        ScorePool { cost, period: by_weeks, outcomes, holds, histories: 0 }
    }

    /// Takes in a history and its signals, both oldest first.
    pub fn add(&mut self, bars: &[Bar], signals: &[Signal]) {
        self.histories += 1;
        for (at, horizon) in HORIZONS.into_iter().enumerate() {
            // Bars come in order, so those of a period are summed up before they are looked for in the map.
            let mut runs: Vec<(i64, Block)> = Vec::new();
            for (place, bar) in bars.iter().enumerate() {
                let Some(gain) = held(bars, place, horizon, self.cost) else { continue };
                let period = (self.period)(place, bar.time, horizon);
                let one = Block { holds: gain, bars: 1.0, ..Block::default() };
                match runs.last_mut() {
                    Some((last, sum)) if *last == period => *sum = sum.and(one),
                    _ => runs.push((period, one)),
                }
            }
            for (period, sum) in runs {
                let all = self.holds[at].entry(period).or_default();
                *all = all.and(sum);
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
                self.outcomes[kind][at].push(((self.period)(place, signal.time, horizon), gain));
            }
        }
    }

    /// How many histories are in it.
    pub fn histories(&self) -> u32 {
        self.histories
    }

    /// Per rule that fired and horizon.
    pub fn scores(&self) -> Vec<Score> {
        let fired = |kind: &usize| self.outcomes[*kind].iter().any(|each| !each.is_empty());
        let of = |kind: usize| (0..HORIZONS.len()).map(move |at| self.score(kind, at));
        (0..SignalKind::ALL.len()).filter(fired).flat_map(of).collect()
    }

    fn score(&self, kind: usize, at: usize) -> Score {
        let mut returns: Vec<f64> = self.outcomes[kind][at].iter().map(|(_, gain)| *gain).collect();
        returns.sort_by(f64::total_cmp);
        let hits = returns.iter().filter(|each| **each > 0.0).count();
        let blocks = self.blocks(kind, at);
        let all = blocks.iter().copied().fold(Block::default(), Block::and);
        let (mean_return, hold_return) = (mean(&returns), (all.bars > 0.0).then(|| all.holds / all.bars));
        let drawn = draws(&blocks);
        let own = mean_return.and_then(|mean| interval(mean, drawn.iter().map(|(mean, _)| *mean)));
        let excess = mean_return
            .zip(hold_return)
            .and_then(|(mean, hold)| interval(mean - hold, drawn.iter().map(|(mean, hold)| mean - hold)));
        Score {
            kind: SignalKind::ALL[kind],
            horizon_bars: HORIZONS[at] as u32,
            count: returns.len() as u32,
            mean_return,
            median_return: median(&returns),
            hold_return,
            hit_rate: (!returns.is_empty()).then(|| hits as f64 / returns.len() as f64),
            low: own.map(|(low, _)| low),
            high: own.map(|(_, high)| high),
            excess_low: excess.map(|(low, _)| low),
        }
    }

    /// The periods of a rule at a horizon, those without a firing too.
    fn blocks(&self, kind: usize, at: usize) -> Vec<Block> {
        let mut blocks = self.holds[at].clone();
        for (period, gain) in &self.outcomes[kind][at] {
            let block = blocks.entry(*period).or_default();
            *block = block.and(Block { gains: *gain, firings: 1.0, ..Block::default() });
        }
        blocks.into_values().collect()
    }
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

/// Mean return and mean of holding of whole periods drawn anew, always with the same draws: the same history has the same
/// card. Empty with firings in fewer than five periods.
fn draws(blocks: &[Block]) -> Vec<(f64, f64)> {
    if blocks.iter().filter(|block| block.firings > 0.0).count() < FEWEST {
        return Vec::new();
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        // SplitMix64 (Steele, Lea, Flood, 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        blocks[((z ^ (z >> 31)) % blocks.len() as u64) as usize]
    };
    let mut drawn = || {
        let all = (0..blocks.len()).map(|_| draw()).fold(Block::default(), Block::and);
        // A draw without any firing says nothing of their mean.
        (all.firings > 0.0 && all.bars > 0.0).then(|| (all.gains / all.firings, all.holds / all.bars))
    };
    (0..DRAWS).filter_map(|_| drawn()).collect()
}

/// The middle 95 % of what was drawn (percentile bootstrap: Efron, 1979), stretched around the mean; see [`scorecard`].
fn interval(around: f64, drawn: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let mut drawn: Vec<f64> = drawn.collect();
    drawn.sort_by(f64::total_cmp);
    let last = drawn.len().checked_sub(1)?;
    let stretch = 1.5_f64.sqrt();
    let at = |share: f64| around + stretch * (drawn[(last as f64 * share).round() as usize] - around);
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
