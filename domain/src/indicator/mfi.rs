//! Money flow index (Quong, Soudack, 1989).

use super::{
    input::{typical, usable},
    window::Window,
};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Typical prices closer than this, relatively, are the same price: the sum of three decimals differs by no more.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Streaming MFI: `100 * rising / (rising + falling)`, the sums over the last n bars of typical price times volume
/// on bars whose typical price rose or fell. Prices that differ by rounding alone did neither (TA-Lib leaves such a bar
/// to how its sums were rounded). Defined from the (n + 1)-th bar on, except while no money moved.
#[derive(Debug, Clone)]
pub struct Mfi {
    previous: Option<f64>,
    rising: Window<f64>,
    falling: Window<f64>,
}

impl Mfi {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Mfi {
        Mfi { previous: None, rising: Window::new(period), falling: Window::new(period) }
    }
}

impl Next<&Bar> for Mfi {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let (price, volume) = (typical(bar)?, usable(bar.volume?)?);
        let flow = usable(price * volume)?;
        let before = self.previous.replace(price)?;
        let change = price - before;
        let has_moved = change.abs() > ROUNDING * price.abs();
        let rising = self.rising.push(if has_moved && change > 0.0 { flow } else { 0.0 });
        let falling = self.falling.push(if has_moved && change < 0.0 { flow } else { 0.0 });
        let (rising, falling) = (rising?.mean, falling?.mean);
        let both = rising + falling;
        (both > 0.0).then(|| 100.0 * (rising / both))
    }
}

impl Reset for Mfi {
    fn reset(&mut self) {
        *self = Mfi::new(self.period());
    }
}

impl Period for Mfi {
    fn period(&self) -> usize {
        self.rising.period()
    }
}

/// [`Mfi`] over bars, oldest first.
pub fn mfi(bars: &[Bar], period: usize) -> Vec<Option<f64>> {
    let mut state = Mfi::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
