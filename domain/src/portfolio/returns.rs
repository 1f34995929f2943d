//! Time-weighted return: daily returns that flows cannot bend, chained.

use super::history::History;
use chrono::NaiveDate;

/// Largest yearly rate told: 10,000 is 1,000,000 %.
const LARGEST: f64 = 10_000.0;

/// The chained index of a span of a history, one value per day of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    /// Index of the first day in the history: the one whose close is the starting value, or the very first day.
    pub(super) start: usize,
    /// True when the first day is only the starting value and has no return of its own.
    pub(super) from_value: bool,
    /// Return of each day from `start` on; 0 for a starting value.
    pub(super) returns: Vec<f64>,
    /// 1 before the first return.
    pub(super) index: Vec<f64>,
    /// Why the chain broke, and on which day; the vectors end before it.
    pub(super) broken: Option<String>,
}

/// The return of a day: `(value_end + outflows) / (value_start + inflows) - 1`. Inflows count from the start of the
/// day, outflows to its end. `Ok(0)` where nothing was at stake; `Err` says why it cannot be told.
///
/// Source: Portfolio Performance, "Time-Weighted Rate of Return", with all flows of a day taken together.
pub(super) fn day_return(start: f64, inflow: f64, outflow: f64, end: f64) -> Result<f64, &'static str> {
    let (stake, result) = (start + inflow, end + outflow);
    let dust = 1e-9 * [start.abs(), inflow, outflow, end.abs(), 1e-3].into_iter().fold(0.0, f64::max);
    if !stake.is_finite() || !result.is_finite() {
        return Err("the value cannot be told");
    }
    if stake.abs() <= dust {
        // Money that comes from nothing, as a dividend paid after the last share was sold, earns no return.
        return if start.abs() <= dust && end.abs() <= outflow + dust {
            Ok(0.0)
        } else {
            Err("nothing was at stake")
        };
    }
    if stake < 0.0 {
        return Err("the value was below zero");
    }
    if result < -dust {
        return Err("more than everything was lost");
    }
    Ok(result.max(0.0) / stake - 1.0)
}

/// Chains the days after `base` (all of them without one) up to `last`; `None` without any day.
pub(super) fn chain(history: &History, base: Option<NaiveDate>, last: NaiveDate) -> Option<Chain> {
    let end = history.at(last)?;
    let base = base.and_then(|base| history.at(base)).filter(|base| *base <= end);
    let start = base.unwrap_or(0);
    let mut chain = Chain { start, from_value: base.is_some(), returns: vec![], index: vec![], broken: None };
    let mut index = 1.0;
    for at in start..=end {
        let told = match (at, base) {
            (at, Some(base)) if at == base => Ok(0.0),
            (at, _) => {
                let before = at.checked_sub(1).map_or(0.0, |before| history.value[before]);
                day_return(before, history.inflow[at], history.outflow[at], history.value[at])
            }
        };
        let told = told.map_err(str::to_string).and_then(|told| match history.value[at].is_nan() {
            true => Err("the value cannot be told".to_string()),
            false => Ok(told),
        });
        match told {
            Ok(told) => {
                index *= 1.0 + told;
                chain.returns.push(told);
                chain.index.push(index);
            }
            Err(why) => {
                let gap = history.gaps.iter().rev().find(|(day, _)| *day <= history.days[at]);
                let why = match gap.filter(|_| history.value[at].is_nan()) {
                    Some((_, stop)) => stop.to_string(),
                    None => format!("{why} on {}", history.days[at]),
                };
                chain.broken = Some(why);
                break;
            }
        }
    }
    Some(chain)
}

/// `(1 + total)^(365 / days) - 1`.
///
/// # Errors
/// Why a yearly rate cannot be told.
pub(super) fn annualised(total: f64, days: i64) -> Result<f64, &'static str> {
    if days < 1 {
        return Err("a yearly rate needs a day to pass");
    }
    let rate = (1.0 + total).max(0.0).powf(365.0 / days as f64) - 1.0;
    if rate.is_finite() && rate <= LARGEST {
        Ok(rate)
    } else {
        Err("the period is too short for a yearly rate: it would be more than 1,000,000 %")
    }
}

impl Chain {
    /// The daily returns of sessions: what happened on other days counts towards the next session.
    pub(super) fn daily(&self, history: &History) -> Vec<(usize, f64)> {
        let mut daily: Vec<(usize, f64)> = Vec::with_capacity(self.returns.len());
        let mut carried = 1.0;
        for (offset, told) in self.returns.iter().enumerate().skip(usize::from(self.from_value)) {
            carried *= 1.0 + told;
            if history.session[self.start + offset] {
                daily.push((self.start + offset, carried - 1.0));
                carried = 1.0;
            }
        }
        if let Some(last) = daily.last_mut().filter(|_| carried != 1.0) {
            last.1 = (1.0 + last.1) * carried - 1.0;
        }
        daily
    }
}
