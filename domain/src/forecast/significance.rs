//! Whether one forecast was better than another beyond chance.

/// The statistic of Diebold and Mariano (1995): the mean of loss differences over its standard error, which allows for
/// differences that overlap by so many places (Newey and West, 1987, Bartlett weights). `None` with fewer than two of
/// them or without any spread.
///
/// ```
/// # use domain::forecast::*;
/// // One difference in four is 0, mean 0.75; variance 0.1875 = 3/16, over 4: standard error 0.2165.
/// let t = diebold_mariano(&[1.0, 1.0, 0.0, 1.0], 0).unwrap();
/// assert!((t - 0.75 / (0.1875_f64 / 4.0).sqrt()).abs() < 1e-12);
/// ```
pub fn diebold_mariano(differences: &[f64], overlap: usize) -> Option<f64> {
    let count = differences.len();
    if count < 2 {
        return None;
    }
    let n = count as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let covariance = |lag: usize| {
        let pairs = differences.iter().zip(&differences[lag..]);
        pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n
    };
    let lags = overlap.min(count - 1);
    let weight = |lag: usize| 1.0 - lag as f64 / (lags + 1) as f64;
    let variance = covariance(0) + 2.0 * (1..=lags).map(|lag| weight(lag) * covariance(lag)).sum::<f64>();
    (variance > 1e-24).then(|| mean / (variance / n).sqrt())
}
