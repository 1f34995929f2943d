//! Average directional index (Wilder, 1978).

use super::{input::range, wilder::Wilder};
use crate::Bar;
use ta::{Next, Period, Reset};

/// TA-Lib's zero.
const ZERO: f64 = 1e-14;

/// The lines at one bar, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdxLines {
    /// Strength of the trend, whichever way.
    pub adx: f64,
    /// Strength of the way up.
    pub plus: f64,
    /// Strength of the way down.
    pub minus: f64,
}

/// Streaming ADX. Directional movement and true range are summed over the first n - 1 changes and then smoothed as
/// `sum - sum / n + new`; `DX = 100 * |plus - minus| / (plus + minus)`; the ADX starts as the mean of the first n
/// DX, at index 2n - 1, and goes on as Wilder's `(previous * (n - 1) + DX) / n`. A bar without movement or range
/// has no DX and no value.
#[derive(Debug, Clone)]
pub struct Adx {
    period: usize,
    wilder: Wilder,
    previous: Option<(f64, f64, f64)>,
    changes: usize,
    up: f64,
    down: f64,
    range: f64,
    indices: usize,
    adx: f64,
}

impl Adx {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Adx {
        Adx {
            period: period.max(1),
            wilder: Wilder::new(period),
            previous: None,
            changes: 0,
            up: 0.0,
            down: 0.0,
            range: 0.0,
            indices: 0,
            adx: 0.0,
        }
    }

    /// Takes in the movement of a bar; true once the sums are whole.
    fn moved(&mut self, up: f64, down: f64, range: f64) -> bool {
        self.changes += 1;
        let is_whole = self.changes >= self.period;
        let keep = if is_whole { self.wilder.keep } else { 1.0 };
        self.up = self.up * keep + up;
        self.down = self.down * keep + down;
        self.range = self.range * keep + range;
        is_whole
    }
}

impl Next<&Bar> for Adx {
    type Output = Option<AdxLines>;

    fn next(&mut self, bar: &Bar) -> Option<AdxLines> {
        let (high, low, close) = range(bar)?;
        let (high_before, low_before, before) = self.previous.replace((high, low, close))?;
        let (rise, fall) = (high - high_before, low_before - low);
        let up = if rise > 0.0 && rise > fall { rise } else { 0.0 };
        let down = if fall > 0.0 && fall > rise { fall } else { 0.0 };
        let width = (high - low).max((high - before).abs()).max((low - before).abs());
        if !self.moved(up, down, width) || self.range < ZERO {
            return None;
        }
        let (plus, minus) = (100.0 * (self.up / self.range), 100.0 * (self.down / self.range));
        if plus + minus < ZERO {
            return None;
        }
        let dx = 100.0 * ((plus - minus).abs() / (plus + minus));
        let n = self.period as f64;
        if self.indices < self.period {
            self.indices += 1;
            self.adx += dx;
            if self.indices < self.period {
                return None;
            }
            self.adx /= n;
        } else {
            self.adx = self.wilder.mean(self.adx, dx);
        }
        Some(AdxLines { adx: self.adx, plus, minus })
    }
}

impl Reset for Adx {
    fn reset(&mut self) {
        *self = Adx::new(self.period);
    }
}

impl Period for Adx {
    fn period(&self) -> usize {
        self.period
    }
}

/// [`Adx`] over bars, oldest first.
pub fn adx(bars: &[Bar], period: usize) -> Vec<Option<AdxLines>> {
    let mut state = Adx::new(period);
    bars.iter().map(|bar| state.next(bar)).collect()
}
