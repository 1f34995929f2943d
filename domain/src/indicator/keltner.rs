//! Keltner channel, in Raschke's form: an EMA with bands some average true ranges away.

use super::{Atr, Bands, Ema, input::range};
use crate::Bar;
use ta::{Next, Period, Reset};

/// Streaming Keltner channel: `EMA(close) +- width * ATR`; usually 20, 10 and 2. Defined once both are. A bar without
/// high or low takes no part.
#[derive(Debug, Clone)]
pub struct Keltner {
    middle: Ema,
    atr: Atr,
    width: f64,
}

impl Keltner {
    /// `width` in average true ranges. Periods of 0 count as 1.
    pub fn new(period: usize, atr: usize, width: f64) -> Keltner {
        Keltner { middle: Ema::new(period), atr: Atr::new(atr), width }
    }
}

impl Next<&Bar> for Keltner {
    type Output = Option<Bands>;

    fn next(&mut self, bar: &Bar) -> Option<Bands> {
        let (_, _, close) = range(bar)?;
        let (middle, atr) = (self.middle.next(close), self.atr.next(bar));
        let (middle, reach) = (middle?, self.width * atr?);
        Some(Bands { upper: middle + reach, middle, lower: middle - reach })
    }
}

impl Reset for Keltner {
    fn reset(&mut self) {
        self.middle.reset();
        self.atr.reset();
    }
}

impl Period for Keltner {
    fn period(&self) -> usize {
        self.middle.period()
    }
}

/// [`Keltner`] over bars, oldest first.
pub fn keltner(bars: &[Bar], period: usize, atr: usize, width: f64) -> Vec<Option<Bands>> {
    let mut state = Keltner::new(period, atr, width);
    bars.iter().map(|bar| state.next(bar)).collect()
}
