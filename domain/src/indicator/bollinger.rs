//! Bollinger bands: a moving average with bands some standard deviations away.

use super::{
    input::usable,
    window::{Squares, Window},
};
use ta::{Next, Period, Reset};

/// The bands or the channel at one bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Of Bollinger bands `middle + width * deviation`.
    pub upper: f64,
    /// Of Bollinger bands the mean of the last n values, the same bits as [`super::Sma`].
    pub middle: f64,
    /// Of Bollinger bands `middle - width * deviation`.
    pub lower: f64,
}

/// Streaming Bollinger bands over the population standard deviation; defined from the n-th value on. Flat
/// prices have bands of no width.
///
/// ```
/// use domain::indicator::{Bollinger, Next};
/// let mut bollinger = Bollinger::new(2, 2.0);
/// assert_eq!(bollinger.next(10.0), None);
/// let bands = bollinger.next(12.0).unwrap(); // mean 11, deviation 1
/// assert_eq!((bands.upper, bands.middle, bands.lower), (13.0, 11.0, 9.0));
/// ```
#[derive(Debug, Clone)]
pub struct Bollinger {
    window: Window<Squares>,
    width: f64,
}

impl Bollinger {
    /// `width` in standard deviations. A period of 0 counts as 1.
    pub fn new(period: usize, width: f64) -> Bollinger {
        Bollinger { window: Window::new(period), width }
    }
}

impl Next<f64> for Bollinger {
    type Output = Option<Bands>;

    fn next(&mut self, value: f64) -> Option<Bands> {
        let spread = self.window.push(usable(value)?)?;
        let reach = self.width * spread.variance().sqrt();
        Some(Bands { upper: spread.mean + reach, middle: spread.mean, lower: spread.mean - reach })
    }
}

impl Reset for Bollinger {
    fn reset(&mut self) {
        self.window.clear();
    }
}

impl Period for Bollinger {
    fn period(&self) -> usize {
        self.window.period()
    }
}

/// [`Bollinger`] over a slice, oldest first.
pub fn bollinger(values: &[f64], period: usize, width: f64) -> Vec<Option<Bands>> {
    let mut state = Bollinger::new(period, width);
    values.iter().map(|value| state.next(*value)).collect()
}
