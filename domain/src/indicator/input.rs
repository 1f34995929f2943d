//! Which numbers take part in an indicator.

/// Far beyond any price or volume, and far below where squares and long sums overflow.
const LARGEST: f64 = 1e100;

/// The number if an indicator may take it in: finite and within ±1e100. Everything else counts as absent.
///
/// ```
/// # use domain::indicator::usable;
/// assert_eq!(usable(158.52), Some(158.52));
/// assert_eq!(usable(f64::NAN), None);
/// ```
pub fn usable(value: f64) -> Option<f64> {
    (value.abs() <= LARGEST).then_some(value)
}

/// High, low and close of a bar that has all three usable.
pub(super) fn range(bar: &crate::Bar) -> Option<(f64, f64, f64)> {
    let close = usable(bar.close)?;
    Some((usable(bar.high?)?, usable(bar.low?)?, close))
}

/// The typical price `(high + low + close) / 3`.
pub(super) fn typical(bar: &crate::Bar) -> Option<f64> {
    let (high, low, close) = range(bar)?;
    Some((high + low + close) / 3.0)
}
