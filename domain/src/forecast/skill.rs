//! The record of a model: how far off it was, beside a random walk.

use super::{Horizon, Shot, diebold_mariano};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Windows a record needs; with fewer there is not enough history.
pub const FEWEST_WINDOWS: usize = 20;
/// One-sided 5 % of the normal distribution.
const BEYOND_CHANCE: f64 = 1.645;

/// The record of a model at one horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Skill {
    /// 7, 30 or 90 daily bars.
    pub horizon_days: u32,
    /// Mean absolute scaled error (Hyndman and Koehler, 2006): the absolute miss of the log price over the mean
    /// absolute change over as many bars before the origin. 1 is what "no change" missed by in the past.
    pub mase: f64,
    /// The same of the random walk, "no change".
    pub naive_mase: f64,
    /// The same of the random walk with drift.
    pub drift_mase: f64,
    /// Share of windows whose direction was right; `None` where none had one.
    pub directional: Option<f64>,
    /// Share of windows whose 80 % interval held what came.
    pub coverage80: f64,
    /// How many forecasts were judged.
    pub windows: u32,
    /// Better than both random walks beyond chance: Diebold and Mariano's statistic above 1.645 against each.
    pub has_skill: bool,
}

/// The record of forecasts of one symbol, or of many together, by horizon. A horizon with fewer than 20 known outcomes
/// has none.
pub fn skill(shots: &[Shot]) -> Vec<Skill> {
    Horizon::ALL.into_iter().filter_map(|horizon| of(shots, horizon)).collect()
}

/// A forecast of the past that can be judged.
struct Miss {
    /// Month of the origin: what happens to many symbols at once counts once.
    month: i32,
    model: f64,
    naive: f64,
    walk: f64,
    right: Option<bool>,
    within: bool,
}

fn of(shots: &[Shot], horizon: Horizon) -> Option<Skill> {
    let judge = |shot: &Shot| {
        let actual = shot.actual?;
        Some(Miss {
            month: shot.as_of.year() * 12 + shot.as_of.month0() as i32,
            model: (actual - shot.mean).abs() / shot.unit,
            naive: actual.abs() / shot.unit,
            walk: (actual - shot.walk).abs() / shot.unit,
            right: (actual != 0.0 && shot.mean != 0.0).then_some((actual > 0.0) == (shot.mean > 0.0)),
            within: (shot.low..=shot.high).contains(&actual),
        })
    };
    let of_horizon = || shots.iter().filter(|shot| shot.horizon == horizon);
    let misses: Vec<Miss> = of_horizon().filter_map(judge).collect();
    if misses.len() < FEWEST_WINDOWS {
        return None;
    }
    let mean = |value: &dyn Fn(&Miss) -> f64| misses.iter().map(value).sum::<f64>() / misses.len() as f64;
    let directions: Vec<bool> = misses.iter().filter_map(|miss| miss.right).collect();
    let right = directions.iter().filter(|right| **right).count();
    // Origins closer than a month share the month.
    let step = of_horizon().map(|shot| shot.step).max().unwrap_or(1).max(21);
    let overlap = horizon.bars().div_ceil(step);
    let better = |than: &dyn Fn(&Miss) -> f64| {
        let mut months: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
        for miss in &misses {
            let (sum, count) = months.entry(miss.month).or_default();
            *sum += than(miss) - miss.model;
            *count += 1.0;
        }
        let differences: Vec<f64> = months.values().map(|(sum, count)| sum / count).collect();
        differences.len() >= FEWEST_WINDOWS
            && diebold_mariano(&differences, overlap).is_some_and(|t| t > BEYOND_CHANCE)
    };
    Some(Skill {
        horizon_days: horizon.bars() as u32,
        mase: mean(&|miss| miss.model),
        naive_mase: mean(&|miss| miss.naive),
        drift_mase: mean(&|miss| miss.walk),
        directional: (!directions.is_empty()).then(|| right as f64 / directions.len() as f64),
        coverage80: mean(&|miss| f64::from(u8::from(miss.within))),
        windows: misses.len() as u32,
        has_skill: better(&|miss| miss.naive) && better(&|miss| miss.walk),
    })
}
