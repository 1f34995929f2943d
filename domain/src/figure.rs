//! Figures as people read them in a sentence: grouped, with as many decimals as their size deserves.

/// Decimals that show a price of this size usefully: 2 from 1 up, more below.
pub fn decimals(value: f64) -> usize {
    match value.abs() {
        size if size >= 1.0 || size == 0.0 => 2,
        size if size >= 0.01 => 4,
        _ => 8,
    }
}

/// A price with its thousands grouped.
///
/// ```
/// use domain::figure;
/// assert_eq!(figure::price(4259.52), "4,259.52");
/// assert_eq!(figure::price(-0.0625), "-0.0625");
/// ```
pub fn price(value: f64) -> String {
    grouped(value, decimals(value))
}

/// A value with its thousands grouped and this many decimals.
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if !value.is_finite() {
        return text;
    }
    with_groups(&text)
}

/// A plain decimal number with its thousands grouped.
///
/// ```
/// assert_eq!(domain::figure::with_groups("-1234567.80"), "-1,234,567.80");
/// ```
pub fn with_groups(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// `value` with at least `decimals` decimals, and more where it would read the same as `other`: an RSI of
/// 29.97 is not "30.0, below 30".
///
/// ```
/// use domain::figure;
/// assert_eq!(figure::apart(28.41, 30.0, 1), "28.4");
/// assert_eq!(figure::apart(29.97, 30.0, 1), "29.97");
/// ```
pub fn apart(value: f64, other: f64, decimals: usize) -> String {
    let enough = (decimals..12).find(|places| grouped(value, *places) != grouped(other, *places));
    grouped(value, enough.unwrap_or(decimals))
}
