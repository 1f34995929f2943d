//! The money-weighted return: the yearly rate at which all flows are worth nothing on the first day.

use chrono::NaiveDate;

/// Why there is no such rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRate {
    /// Nothing was paid in and taken out.
    #[error("there is no flow")]
    Empty,
    /// Only one day has flows.
    #[error("everything happened on one day, and a yearly rate needs time to pass")]
    OneDay,
    /// Nothing but payments.
    #[error("nothing was paid out and nothing is left")]
    OnlyIn,
    /// Nothing but income.
    #[error("nothing was paid in")]
    OnlyOut,
    /// No rate between -100 % and 1,000,000 % a year does it.
    #[error("no yearly rate between -100 % and 1,000,000 % explains the flows")]
    NoRoot,
}

/// Largest rate told: 10,000 is 1,000,000 %.
const LARGEST: f64 = 10_000.0;

/// The rate r with `sum(flow / (1 + r)^(days / 365)) = 0`, days counted from the first flow; payments in are
/// negative. Of several roots the one nearest to 0 % is told. Excel's XIRR, found without its guess: the root is
/// bracketed on `ln(1 + r)` going outward from 0 and closed in on by Brent's method.
///
/// # Errors
/// Why there is no such rate; never a made-up 0.
///
/// ```
/// # use domain::portfolio::xirr;
/// let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// // The example of Microsoft's documentation of XIRR.
/// let flows = [(day(2008, 1, 1), -10_000.0), (day(2008, 3, 1), 2_750.0), (day(2008, 10, 30), 4_250.0),
///     (day(2009, 2, 15), 3_250.0), (day(2009, 4, 1), 2_750.0)];
/// assert!((xirr(&flows).unwrap() - 0.373362535).abs() < 1e-8);
/// ```
pub fn xirr(flows: &[(NaiveDate, f64)]) -> Result<f64, NoRate> {
    let flows: Vec<_> = flows.iter().filter(|(_, amount)| *amount != 0.0).collect();
    let first = flows.iter().map(|(date, _)| *date).min().ok_or(NoRate::Empty)?;
    let largest = flows.iter().map(|(_, amount)| amount.abs()).fold(0.0, f64::max);
    if !largest.is_finite() {
        return Err(NoRate::NoRoot);
    }
    let flows: Vec<(f64, f64)> = flows
        .into_iter()
        .map(|(date, amount)| ((*date - first).num_days() as f64 / 365.0, amount / largest))
        .collect();
    if flows.iter().all(|(years, _)| *years == 0.0) {
        return Err(NoRate::OneDay);
    }
    if flows.iter().all(|(_, amount)| *amount < 0.0) {
        return Err(NoRate::OnlyIn);
    }
    if flows.iter().all(|(_, amount)| *amount > 0.0) {
        return Err(NoRate::OnlyOut);
    }
    let worth =
        |growth: f64| flows.iter().map(|(years, amount)| amount * (-growth * years).exp()).sum::<f64>();
    let (low, high) = bracket(&worth).ok_or(NoRate::NoRoot)?;
    let rate = brent(&worth, low, high).exp_m1();
    if rate.is_finite() && rate <= LARGEST { Ok(rate) } else { Err(NoRate::NoRoot) }
}

/// Two growth rates around the root nearest to none.
fn bracket(worth: &impl Fn(f64) -> f64) -> Option<(f64, f64)> {
    // ln(10,001) is 9.2; downwards to a yearly loss of all but a billionth.
    const REACH: f64 = 21.0;
    let (mut low, mut high) = (0.0, 0.0);
    let (mut at_low, mut at_high) = (worth(0.0), worth(0.0));
    let mut step: f64 = 0.02;
    while high < REACH {
        let (next_low, next_high) = (low - step, high + step);
        let (at_next_low, at_next_high) = (worth(next_low), worth(next_high));
        if at_high.is_finite() && at_high * at_next_high <= 0.0 {
            return Some((high, next_high));
        }
        if at_next_low.is_finite() && at_low * at_next_low <= 0.0 {
            return Some((next_low, low));
        }
        (low, at_low, high, at_high) = (next_low, at_next_low, next_high, at_next_high);
        step = (step * 1.15).min(0.5);
    }
    None
}

/// A root between two points of opposite sign, by Brent's method ("Algorithms for Minimization without
/// Derivatives", chapter 4): inverse quadratic steps where they help, halving where they do not.
fn brent(f: &impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    let (mut a, mut b) = (from, to);
    let (mut fa, mut fb) = (f(a), f(b));
    let (mut c, mut fc) = (a, fa);
    let (mut d, mut e) = (b - a, b - a);
    for _ in 0..200 {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            d = b - a;
            e = d;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let tolerance = 2.0 * f64::EPSILON * b.abs() + 1e-14;
        let middle = (c - b) / 2.0;
        if middle.abs() <= tolerance || fb == 0.0 {
            break;
        }
        if e.abs() < tolerance || fa.abs() <= fb.abs() {
            d = middle;
            e = middle;
        } else {
            let s = fb / fa;
            let (mut p, mut q) = if a == c {
                (2.0 * middle * s, 1.0 - s)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (s * (2.0 * middle * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
            };
            if p > 0.0 {
                q = -q;
            }
            p = p.abs();
            if 2.0 * p < (3.0 * middle * q - (tolerance * q).abs()).min((e * q).abs()) {
                e = d;
                d = p / q;
            } else {
                d = middle;
                e = middle;
            }
        }
        (a, fa) = (b, fb);
        b += if d.abs() > tolerance { d } else { tolerance.copysign(middle) };
        fb = f(b);
    }
    b
}
