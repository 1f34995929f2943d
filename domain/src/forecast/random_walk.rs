//! The random walk with drift: the forecast that costs nothing, and the yardstick of all others.

/// Daily changes that volatility is measured over, and that a learning model is shown.
pub const WARM_UP: usize = 90;

/// Mean log return a bar over the whole history: `(ln y_n - ln y_1) / (n - 1)`, the drift of a random walk
/// (Hyndman and Athanasopoulos, Forecasting: principles and practice, 3rd ed., section 5.2). `None` with fewer than
/// two closes. Closes are positive.
///
/// ```
/// use domain::forecast::drift;
/// // Three steps from 100 to 100 e^0.03: one percent each.
/// let closes = [100.0, 105.0, 99.0, 100.0 * 0.03_f64.exp()];
/// assert!((drift(&closes).unwrap() - 0.01).abs() < 1e-12);
/// ```
pub fn drift(closes: &[f64]) -> Option<f64> {
    let (first, last) = (closes.first()?, closes.last()?);
    let steps = closes.len().checked_sub(1).filter(|steps| *steps > 0)?;
    Some((last / first).ln() / steps as f64)
}

/// Root mean square of the last 90 log returns, per bar; the mean is taken as zero, being small against it.
/// Over `h` bars it grows with the square root of `h`, as for independent returns. `None` with fewer
/// than 91 closes, and for a price that never moved.
///
/// ```
/// use domain::forecast::volatility;
/// // Up and down by two percent in turn.
/// let closes: Vec<f64> = (0..91).map(|at| if at % 2 == 0 { 1.0 } else { 0.02_f64.exp() }).collect();
/// assert!((volatility(&closes).unwrap() - 0.02).abs() < 1e-12);
/// assert_eq!(volatility(&[5.0; 200]), None);
/// ```
pub fn volatility(closes: &[f64]) -> Option<f64> {
    let last = &closes[closes.len().checked_sub(WARM_UP + 1)?..];
    let squares: f64 = last.windows(2).map(|pair| (pair[1] / pair[0]).ln().powi(2)).sum();
    let volatility = (squares / WARM_UP as f64).sqrt();
    (volatility.is_finite() && volatility > 1e-9).then_some(volatility)
}
