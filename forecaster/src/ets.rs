//! Exponential smoothing of the log price.

use augurs::{
    Fit, Predict,
    ets::{AutoETS, AutoSpec},
};
use domain::forecast::Horizon;

/// Latest closes it is fitted to: a year.
const CLOSES: usize = 252;

/// Expected log returns after the last close, by exponential smoothing: errors add up, the trend is none, additive or
/// damped, whichever the corrected Akaike criterion likes best (Hyndman et al., 2002, as in R's `forecast::ets`), and
/// there is no season. `None` with less than a year of closes, or where no form can be fitted.
pub fn ets(closes: &[f64]) -> Option<[f64; 3]> {
    let last = &closes[closes.len().checked_sub(CLOSES)?..];
    let first = last[0];
    // In percent of the first close: the optimiser's tolerances are made for numbers of this size.
    let logs: Vec<f64> = last.iter().map(|close| 100.0 * (close / first).ln() + 100.0).collect();
    let spec = AutoSpec::try_from("AZN").ok()?;
    let fitted = AutoETS::from_spec(1, spec).fit(&logs).ok()?;
    let ahead = fitted.predict(Horizon::Long.bars(), None).ok()?.point;
    let now = *logs.last()?;
    let mean = |horizon: Horizon| Some((ahead.get(horizon.bars() - 1)? - now) / 100.0);
    let means = [mean(Horizon::Short)?, mean(Horizon::Medium)?, mean(Horizon::Long)?];
    means.iter().all(|mean| mean.is_finite() && mean.abs() < 2.0).then_some(means)
}
