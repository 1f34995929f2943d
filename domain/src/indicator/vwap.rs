//! Volume-weighted average price of a session.

use super::input::{typical, usable};
use crate::{Bar, calendar::new_york_at};
use chrono::NaiveDate;
use ta::{Next, Reset};

/// Streaming VWAP: typical price weighted by volume since the session began; undefined until something was traded.
/// A session is a date in New York; a daily or longer bar is a session of its own, so its VWAP is its typical price.
///
/// ```
/// use domain::{Bar, indicator::{Next, Vwap}};
/// let bar = |minute: i64, close, volume| Bar {
///     time: chrono::DateTime::from_timestamp(1_646_922_600 + 60 * minute, 0).unwrap(), // 9:30 in New York
///     open: None, high: Some(close), low: Some(close), close, adj_close: None, volume: Some(volume),
/// };
/// let mut vwap = Vwap::new();
/// assert_eq!(vwap.next(&bar(0, 10.0, 300.0)), Some(10.0));
/// assert_eq!(vwap.next(&bar(1, 14.0, 100.0)), Some(11.0));
/// assert_eq!(vwap.next(&bar(24 * 60, 20.0, 50.0)), Some(20.0));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Vwap {
    session: Option<NaiveDate>,
    money: f64,
    volume: f64,
}

impl Vwap {
    /// Nothing seen yet.
    pub fn new() -> Vwap {
        Vwap::default()
    }
}

impl Next<&Bar> for Vwap {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let (price, volume) = (typical(bar)?, usable(bar.volume?)?);
        let money = usable(price * volume)?;
        let session = new_york_at(bar.time).date();
        if self.session.replace(session) != Some(session) {
            (self.money, self.volume) = (0.0, 0.0);
        }
        self.money += money;
        self.volume += volume;
        (self.volume > 0.0).then(|| self.money / self.volume)
    }
}

impl Reset for Vwap {
    fn reset(&mut self) {
        *self = Vwap::new();
    }
}

/// [`Vwap`] over bars, oldest first.
pub fn vwap(bars: &[Bar]) -> Vec<Option<f64>> {
    let mut state = Vwap::new();
    bars.iter().map(|bar| state.next(bar)).collect()
}
