//! Risk from daily returns, in the conventions of empyrical: simple returns, 252 sessions a year.
//!
//! Every function answers `None` where the figure is undefined; none answers a number that is not one.

/// Sessions in a year.
pub(crate) const YEAR: f64 = 252.0;

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// Sample deviation; `None` for fewer than two.
fn deviation(values: &[f64]) -> Option<f64> {
    (values.len() >= 2).then_some(())?;
    let mean = mean(values.iter().copied());
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    finite((squares / (values.len() as f64 - 1.0)).sqrt())
}

/// What a yearly rate is per session.
pub(crate) fn per_session(yearly: f64) -> f64 {
    (1.0 + yearly).powf(1.0 / YEAR) - 1.0
}

/// `stdev(returns) * sqrt(252)`.
pub(crate) fn volatility(returns: &[f64]) -> Option<f64> {
    finite(deviation(returns)? * YEAR.sqrt())
}

/// `mean(returns - free) / stdev(returns - free) * sqrt(252)`.
pub(crate) fn sharpe(returns: &[f64], free: f64) -> Option<f64> {
    let spread = deviation(returns).filter(|spread| *spread > 1e-12)?;
    finite((mean(returns.iter().copied()) - free) / spread * YEAR.sqrt())
}

/// `mean(returns - free) * 252 / (sqrt(mean(min(returns - free, 0)^2)) * sqrt(252))`.
pub(crate) fn sortino(returns: &[f64], free: f64) -> Option<f64> {
    (returns.len() >= 2).then_some(())?;
    let downside = mean(returns.iter().map(|each| (each - free).min(0.0).powi(2))).sqrt();
    (downside > 1e-12).then_some(())?;
    finite((mean(returns.iter().copied()) - free) * YEAR / (downside * YEAR.sqrt()))
}

/// `(prod(1 + returns)^(252 / n) - 1) / |max drawdown|`.
pub(crate) fn calmar(returns: &[f64]) -> Option<f64> {
    let depth = fall(returns).0;
    (depth < 0.0).then_some(())?;
    let growth = returns.iter().map(|each| 1.0 + each).product::<f64>();
    finite((growth.powf(YEAR / returns.len() as f64) - 1.0) / -depth)
}

/// The deepest fall below the highest value so far, the start (1) counted: depth (never positive), how many returns
/// led to its peak, and to its trough.
pub(crate) fn fall(returns: &[f64]) -> (f64, usize, usize) {
    let (mut value, mut peak, mut peak_at) = (1.0, 1.0, 0);
    let mut deepest = (0.0, 0, 0);
    for (at, each) in returns.iter().enumerate() {
        value *= 1.0 + each;
        if value > peak {
            (peak, peak_at) = (value, at + 1);
        }
        let depth = value / peak - 1.0;
        if depth < deepest.0 {
            deepest = (depth, peak_at, at + 1);
        }
    }
    deepest
}

/// `cov(returns, market) / var(market)`, both less `free`.
pub(crate) fn beta(returns: &[f64], market: &[f64]) -> Option<f64> {
    (returns.len() == market.len() && returns.len() >= 2).then_some(())?;
    let (mine, theirs) = (mean(returns.iter().copied()), mean(market.iter().copied()));
    let together =
        returns.iter().zip(market).map(|(left, right)| (left - mine) * (right - theirs)).sum::<f64>();
    let alone = market.iter().map(|each| (each - theirs).powi(2)).sum::<f64>();
    (alone / market.len() as f64 > 1e-30).then_some(())?;
    finite(together / alone)
}

/// `(1 + mean((returns - free) - beta * (market - free)))^252 - 1`.
pub(crate) fn alpha(returns: &[f64], market: &[f64], free: f64) -> Option<f64> {
    let beta = beta(returns, market)?;
    let left = returns.iter().zip(market).map(|(mine, theirs)| (mine - free) - beta * (theirs - free));
    finite((1.0 + mean(left.collect::<Vec<_>>().into_iter())).powf(YEAR) - 1.0)
}

/// The quantile of the returns, linear between the two nearest: `numpy.percentile`.
pub(crate) fn value_at_risk(returns: &[f64], tail: f64) -> Option<f64> {
    let mut sorted = returns.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = tail * (sorted.len().checked_sub(1)? as f64);
    let (low, part) = (place.floor() as usize, place.fract());
    let high = sorted[(low + 1).min(sorted.len() - 1)];
    finite(sorted[low] + (high - sorted[low]) * part)
}

/// The mean of the worst `floor((n - 1) * tail) + 1` returns.
pub(crate) fn shortfall(returns: &[f64], tail: f64) -> Option<f64> {
    let mut sorted = returns.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = (tail * (sorted.len().checked_sub(1)? as f64)) as usize + 1;
    finite(mean(sorted[..count].iter().copied()))
}

/// Pearson's coefficient; `None` where one never moves.
pub(crate) fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let (a, b) = (deviation(left)?, deviation(right)?);
    (a > 1e-12 && b > 1e-12).then_some(())?;
    let (mine, theirs) = (mean(left.iter().copied()), mean(right.iter().copied()));
    let together = left.iter().zip(right).map(|(left, right)| (left - mine) * (right - theirs)).sum::<f64>();
    finite((together / (left.len() as f64 - 1.0) / (a * b)).clamp(-1.0, 1.0))
}
