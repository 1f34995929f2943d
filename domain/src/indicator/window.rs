//! Mean and variance of the last n values.
//!
//! A running sum that adds the newest and subtracts the oldest value drifts, and a variance taken as mean of squares
//! minus square of mean cancels. So values are taken in blocks of n: of the block before, the sums from each of its
//! values to its end are kept, and to one of those the running sum of the newer block is added. Nothing is ever
//! subtracted from a total, each value is touched twice, and no step waits for a division.
//! Sums are of distances from a value of the window itself: equal values have no distance at all, and squares are never
//! larger than the range of the window, so that at most `2 n^2` roundings are left in the variance.

/// Sum and sum of squares of distances from the anchor.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sums {
    away: f64,
    squares: f64,
}

impl Sums {
    fn with(self, away: f64) -> Sums {
        Sums { away: self.away + away, squares: self.squares + away * away }
    }
}

/// Mean and population variance of a full window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub mean: f64,
    pub variance: f64,
}

/// The last `period` values.
#[derive(Debug, Clone)]
pub(super) struct Window {
    period: usize,
    /// The newer block, as it fills.
    block: Vec<f64>,
    newer: Sums,
    /// Of the block before: the sums from each place to its end. Empty until there is one.
    older: Vec<Sums>,
    /// The last value before the newer block: it stays in the window until the next block begins.
    anchor: f64,
}

impl Window {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Window {
        Window {
            period: period.max(1),
            block: Vec::new(),
            newer: Sums::default(),
            older: Vec::new(),
            anchor: 0.0,
        }
    }

    pub fn period(&self) -> usize {
        self.period
    }

    pub fn clear(&mut self) {
        *self = Window::new(self.period);
    }

    /// Takes in a value; `None` until the window is full.
    #[inline]
    pub fn push(&mut self, value: f64) -> Option<Spread> {
        if self.block.len() == self.period {
            self.turn();
        }
        if self.block.is_empty() && self.older.is_empty() {
            self.anchor = value;
        }
        self.block.push(value);
        self.newer = self.newer.with(value - self.anchor);
        let filled = self.block.len();
        let older = match self.older.get(filled) {
            Some(older) => *older,
            None if filled == self.period => Sums::default(),
            None => return None,
        };
        let n = self.period as f64;
        let (away, squares) = (older.away + self.newer.away, older.squares + self.newer.squares);
        let mean = away / n;
        Some(Spread { mean: self.anchor + mean, variance: ((squares - away * mean) / n).max(0.0) })
    }

    /// The newer block is whole and becomes the older one.
    fn turn(&mut self) {
        self.anchor = self.block.last().copied().unwrap_or_default();
        self.older.resize(self.period, Sums::default());
        let mut sums = Sums::default();
        for (older, value) in self.older.iter_mut().zip(&self.block).rev() {
            sums = sums.with(value - self.anchor);
            *older = sums;
        }
        self.block.clear();
        self.newer = Sums::default();
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn the_window_forgets_what_left_it() {
        let mut window = Window::new(3);
        let spreads: Vec<_> = [1e9, 1.0, 2.0, 3.0, 4.0].into_iter().map(|value| window.push(value)).collect();
        assert_eq!(spreads[..2], [None, None]);
        let last = spreads[4].expect("five values fill a window of three");
        assert_eq!(last.mean, 3.0);
        // Population variance of 2, 3, 4, worked out by hand.
        assert!((last.variance - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn equal_values_have_no_variance_at_all() {
        let mut window = Window::new(20);
        for _ in 0..1000 {
            if let Some(spread) = window.push(0.1) {
                assert_eq!((spread.mean, spread.variance), (0.1, 0.0));
            }
        }
    }
}
