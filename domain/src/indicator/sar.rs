//! Parabolic stop and reverse (Wilder, 1978).

use super::input::range;
use crate::Bar;
use ta::{Next, Reset};

/// Streaming SAR: a stop that follows the trend ever faster, `sar + factor * (extreme - sar)`, never inside the last
/// two bars, and jumps to the extreme when a bar touches it. The first direction is down if the second bar moved
/// further down than up, as in TA-Lib. Defined from the second bar on.
#[derive(Debug, Clone)]
pub struct Sar {
    step: f64,
    most: f64,
    previous: Option<(f64, f64)>,
    trend: Option<Trend>,
}

#[derive(Debug, Clone, Copy)]
struct Trend {
    is_up: bool,
    stop: f64,
    extreme: f64,
    factor: f64,
}

impl Sar {
    /// The factor starts at `step`, grows by it with each new extreme, and ends at `most`; usually 0.02 and 0.2.
    pub fn new(step: f64, most: f64) -> Sar {
        Sar { step: step.min(most), most, previous: None, trend: None }
    }

    fn begin(&self, before: (f64, f64), now: (f64, f64)) -> Trend {
        let (rise, fall) = (now.0 - before.0, before.1 - now.1);
        let is_up = !(fall > 0.0 && fall > rise);
        let (stop, extreme) = if is_up { (before.1, now.0) } else { (before.0, now.1) };
        Trend { is_up, stop, extreme, factor: self.step }
    }
}

impl Trend {
    /// Today's stop, and the trend as it goes on.
    fn next(self, before: (f64, f64), now: (f64, f64), step: f64, most: f64) -> (f64, Trend) {
        let outside = |stop: f64, is_up: bool| match is_up {
            true => stop.min(before.1).min(now.1),
            false => stop.max(before.0).max(now.0),
        };
        let is_touched = if self.is_up { now.1 <= self.stop } else { now.0 >= self.stop };
        let newest = |is_up: bool| if is_up { now.0 } else { now.1 };
        if is_touched {
            let is_up = !self.is_up;
            let today = outside(self.extreme, is_up);
            let extreme = newest(is_up);
            let stop = outside(today + step * (extreme - today), is_up);
            return (today, Trend { is_up, stop, extreme, factor: step });
        }
        let newest = newest(self.is_up);
        let is_further = if self.is_up { newest > self.extreme } else { newest < self.extreme };
        let (extreme, factor) = match is_further {
            true => (newest, (self.factor + step).min(most)),
            false => (self.extreme, self.factor),
        };
        let stop = outside(self.stop + factor * (extreme - self.stop), self.is_up);
        (self.stop, Trend { is_up: self.is_up, stop, extreme, factor })
    }
}

impl Next<&Bar> for Sar {
    type Output = Option<f64>;

    fn next(&mut self, bar: &Bar) -> Option<f64> {
        let (high, low, _) = range(bar)?;
        let before = self.previous.replace((high, low))?;
        let now = (high, low);
        // The bar that sets the direction is its own neighbour.
        let (trend, neighbour) = match self.trend {
            Some(trend) => (trend, before),
            None => (self.begin(before, now), now),
        };
        let (today, trend) = trend.next(neighbour, now, self.step, self.most);
        self.trend = Some(trend);
        Some(today)
    }
}

impl Reset for Sar {
    fn reset(&mut self) {
        (self.previous, self.trend) = (None, None);
    }
}

/// [`Sar`] over bars, oldest first.
pub fn sar(bars: &[Bar], step: f64, most: f64) -> Vec<Option<f64>> {
    let mut state = Sar::new(step, most);
    bars.iter().map(|bar| state.next(bar)).collect()
}
