//! Mean and variance of the last n values.
//!
//! A running sum that adds the newest and subtracts the oldest value drifts, and a variance taken as mean of squares
//! minus square of mean cancels. So values are taken in blocks of n: of the block before, the sums from each of its
//! values to its end are kept, and to one of those the running sum of the newer block is added. Nothing is ever
//! subtracted from a total, each value is touched twice, and no step waits for a division.
//! Sums are of distances from a value of the window itself: equal values have no distance at all, and squares are never
//! larger than the range of the window, so that at most `2 n^2` roundings are left in the variance. A window of at most
//! `FEW` values is summed anew each time: that is less work than blocks so short.

use std::ops::Add;

/// Most values of a window that is summed anew at each step.
const FEW: usize = 6;

/// What is summed of a window: distances from its anchor, with or without their squares.
pub(super) trait Sums: Copy + Default + Add<Output = Self> {
    /// Of one distance.
    fn of(away: f64) -> Self;
    /// The sum of distances.
    fn away(self) -> f64;
}

impl Sums for f64 {
    fn of(away: f64) -> f64 {
        away
    }

    fn away(self) -> f64 {
        self
    }
}

/// Sum and sum of squares of distances from the anchor.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Squares {
    away: f64,
    squares: f64,
}

impl Add for Squares {
    type Output = Squares;

    fn add(self, other: Squares) -> Squares {
        Squares { away: self.away + other.away, squares: self.squares + other.squares }
    }
}

impl Sums for Squares {
    fn of(away: f64) -> Squares {
        Squares { away, squares: away * away }
    }

    fn away(self) -> f64 {
        self.away
    }
}

/// Mean of a full window, and what was summed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread<S> {
    pub mean: f64,
    sums: S,
    n: f64,
}

impl Spread<Squares> {
    /// Population variance.
    pub fn variance(self) -> f64 {
        let away = self.sums.away;
        ((self.sums.squares - away * (away / self.n)) / self.n).max(0.0)
    }
}

/// The last `period` values.
#[derive(Debug, Clone)]
pub(super) struct Window<S> {
    period: usize,
    /// The newer block, as it fills; of few values the window itself, its oldest at `oldest` once it is full.
    block: Vec<f64>,
    oldest: usize,
    newer: S,
    /// Of the block before: the sums from each place to its end. Empty until there is one.
    older: Vec<S>,
    /// The last value before the newer block: it stays in the window until the next block begins.
    anchor: f64,
}

impl<S: Sums> Window<S> {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Window<S> {
        Window {
            period: period.max(1),
            block: Vec::new(),
            oldest: 0,
            newer: S::default(),
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
    pub fn push(&mut self, value: f64) -> Option<Spread<S>> {
        if self.period <= FEW {
            return self.push_of_few(value);
        }
        if self.block.len() == self.period {
            self.turn();
        }
        if self.block.is_empty() && self.older.is_empty() {
            self.anchor = value;
        }
        self.block.push(value);
        self.newer = self.newer + S::of(value - self.anchor);
        let filled = self.block.len();
        let older = match self.older.get(filled) {
            Some(older) => *older,
            None if filled == self.period => S::default(),
            None => return None,
        };
        let (n, sums) = (self.period as f64, older + self.newer);
        Some(Spread { mean: self.anchor + sums.away() / n, sums, n })
    }

    #[inline]
    fn push_of_few(&mut self, value: f64) -> Option<Spread<S>> {
        if self.block.len() < self.period {
            self.block.push(value);
        } else {
            self.block[self.oldest] = value;
            self.oldest = if self.oldest + 1 == self.period { 0 } else { self.oldest + 1 };
        }
        if self.block.len() < self.period {
            return None;
        }
        let sums = self.block.iter().fold(S::default(), |sums, each| sums + S::of(each - value));
        let n = self.period as f64;
        Some(Spread { mean: value + sums.away() / n, sums, n })
    }

    /// The newer block is whole and becomes the older one. Kept out of `push`, which is then small enough for registers.
    #[inline(never)]
    fn turn(&mut self) {
        self.anchor = self.block.last().copied().unwrap_or_default();
        self.older.resize(self.period, S::default());
        let mut sums = S::default();
        for (older, value) in self.older.iter_mut().zip(&self.block).rev() {
            sums = sums + S::of(value - self.anchor);
            *older = sums;
        }
        self.block.clear();
        self.newer = S::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Squares, Window};

    #[test]
    fn the_window_forgets_what_left_it() {
        let mut window = Window::<Squares>::new(3);
        let spreads: Vec<_> = [1e9, 1.0, 2.0, 3.0, 4.0].into_iter().map(|value| window.push(value)).collect();
        assert_eq!(spreads[..2], [None, None]);
        let last = spreads[4].expect("five values fill a window of three");
        assert_eq!(last.mean, 3.0);
        // Population variance of 2, 3, 4, worked out by hand.
        assert!((last.variance() - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn short_and_long_windows_have_the_spread_two_passes_over_their_values_find() {
        let values: Vec<f64> = (0..300).map(|at| 50.0 + f64::from(at * at % 37) / 8.0).collect();
        for period in [1, 2, 6, 7, 20, 100] {
            let mut window = Window::<Squares>::new(period);
            for (at, value) in values.iter().enumerate() {
                let Some(spread) = window.push(*value) else {
                    assert!(at + 1 < period);
                    continue;
                };
                let seen = &values[at + 1 - period..=at];
                let mean = seen.iter().sum::<f64>() / period as f64;
                let variance = seen.iter().map(|each| (each - mean).powi(2)).sum::<f64>() / period as f64;
                assert!((spread.mean - mean).abs() < 1e-12, "{period} at {at}");
                assert!((spread.variance() - variance).abs() < 1e-11, "{period} at {at}");
            }
        }
    }

    #[test]
    fn equal_values_have_no_variance_at_all() {
        let mut window = Window::<Squares>::new(20);
        for _ in 0..1000 {
            if let Some(spread) = window.push(0.1) {
                assert_eq!((spread.mean, spread.variance()), (0.1, 0.0));
            }
        }
    }
}
