//! How wide an 80 % interval has to be: measured on past forecasts, not assumed.

use super::Horizon;
use serde::{Deserialize, Serialize};

/// Steps between two kept quantiles: 2.5 %, 5 %, ... 97.5 %.
const STEP: f64 = 0.025;
/// How many are kept.
const COUNT: usize = 39;
/// Scores from which on quantiles are measured; before, the normal distribution stands in.
pub(super) const FEWEST: usize = 200;

/// Quantiles of past misses, in units of the volatility over the horizon: split conformal prediction (Vovk, Gammerman
/// and Shafer, 2005; Lei et al., 2018) with the score `(actual - mean) / scale`, taken on both sides apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Calibration([Vec<f64>; 3]);

impl Calibration {
    /// The calibration of scores by horizon, each ascending; the normal distribution where there are fewer than 200.
    pub fn of(sorted: [&[f64]; 3]) -> Calibration {
        Calibration(sorted.map(|scores| match scores.len() {
            few if few < FEWEST => Calibration::normal_quantiles(),
            _ => (1..=COUNT).map(|at| quantile(scores, at as f64 * STEP)).collect(),
        }))
    }

    /// Of normally distributed misses.
    pub fn normal() -> Calibration {
        Calibration([(); 3].map(|()| Calibration::normal_quantiles()))
    }

    /// True where every horizon has its quantiles in order; what is read from outside has to be.
    pub fn is_sound(&self) -> bool {
        let rising = |all: &Vec<f64>| all.windows(2).all(|pair| pair[0] <= pair[1]);
        self.0.iter().all(|all| all.len() == COUNT && rising(all) && all.iter().all(|each| each.is_finite()))
    }

    /// The middle 80 % of the scores.
    pub fn middle80(&self, horizon: Horizon) -> (f64, f64) {
        let all = &self.0[horizon.index()];
        (all[3], all[35])
    }

    /// The share of scores above `score`, between the kept quantiles on a straight line; from 2.5 % to 97.5 %, since
    /// nothing is known beyond them.
    pub fn share_above(&self, horizon: Horizon, score: f64) -> f64 {
        let all = &self.0[horizon.index()];
        let at = all.partition_point(|each| *each <= score);
        let place = match at {
            0 => 1.0,
            COUNT => COUNT as f64,
            _ => {
                let (low, high) = (all[at - 1], all[at]);
                at as f64 + if high > low { (score - low) / (high - low) } else { 0.0 }
            }
        };
        1.0 - place * STEP
    }

    fn normal_quantiles() -> Vec<f64> {
        (1..=COUNT).map(|at| normal_quantile(at as f64 * STEP)).collect()
    }
}

/// The quantile of an ascending list on a straight line between its neighbours (type 7 of Hyndman and Fan, 1996).
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let (low, rest) = (place.floor() as usize, place.fract());
    let high = sorted[(low + 1).min(sorted.len() - 1)];
    sorted[low] + rest * (high - sorted[low])
}

/// The quantile of the standard normal distribution by Acklam's rational approximation (2003), whose relative error
/// is below 1.2e-9.
fn normal_quantile(share: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.38357751867269e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];
    const B: [f64; 5] = [
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
    ];
    // The central region reaches from 2.425 % to 97.575 %: every quantile kept here lies in it.
    let q = share - 0.5;
    let r = q * q;
    let over = A.iter().fold(0.0, |sum, each| sum * r + each) * q;
    over / (B.iter().fold(0.0, |sum, each| sum * r + each) * r + 1.0)
}
