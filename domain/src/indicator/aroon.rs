//! Aroon (Chande, 1995): how long ago the last extremes were.

use super::{
    extremes::{Extremes, Placed},
    input::range,
};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Both lines at one bar, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AroonLines {
    /// 100 when the newest bar made the high.
    pub up: f64,
    /// 100 when the newest bar made the low.
    pub down: f64,
}

/// Streaming Aroon: `100 * (n - bars since the extreme) / n` among the last n + 1 bars, the latest of equal extremes
/// counting; defined from the (n + 1)-th bar on.
#[derive(Debug, Clone)]
pub struct Aroon(Extremes<Placed>);

impl Aroon {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Aroon {
        Aroon(Extremes::new(period.max(1) + 1))
    }
}

impl Next<&Bar> for Aroon {
    type Output = Option<AroonLines>;

    fn next(&mut self, bar: &Bar) -> Option<AroonLines> {
        let (high, low, _) = range(bar)?;
        let span = self.0.push(high, low)?;
        let n = self.period() as f64;
        let line = |extreme| 100.0 * (n - self.0.since(extreme) as f64) / n;
        Some(AroonLines { up: line(span.highest), down: line(span.lowest) })
    }
}

impl Reset for Aroon {
    fn reset(&mut self) {
        *self = Aroon::new(self.period());
    }
}

impl Period for Aroon {
    fn period(&self) -> usize {
        self.0.period() - 1
    }
}

/// [`Aroon`] over bars, oldest first.
pub fn aroon(bars: &[Bar], period: usize) -> Vec<Option<AroonLines>> {
    let mut state = Aroon::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
