//! Highest and lowest of the last n values, each value touched twice (van Herk, 1992; Gil and Werman, 1993): values are
//! taken in blocks of n, and an extreme of the window is that of the block before from some place to its end, or that of
//! the newer block so far.

/// A value as it is compared: alone, or with its place.
pub(super) trait Mark: Copy {
    /// The value that came as the `at`-th.
    fn new(value: f64, at: u64) -> Self;
    /// The value.
    fn value(self) -> f64;
}

impl Mark for f64 {
    #[inline]
    fn new(value: f64, _: u64) -> f64 {
        value
    }

    #[inline]
    fn value(self) -> f64 {
        self
    }
}

/// A value that remembers when it came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    value: f64,
    at: u64,
}

impl Mark for Placed {
    #[inline]
    fn new(value: f64, at: u64) -> Placed {
        Placed { value, at }
    }

    #[inline]
    fn value(self) -> f64 {
        self.value
    }
}

/// The highest and the lowest of some values. Of several equal ones the latest counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span<M = f64> {
    pub highest: M,
    pub lowest: M,
}

impl<M: Mark> Span<M> {
    /// With what came later. Both sides are chosen without a branch: which one wins cannot be foretold.
    #[inline]
    fn and(self, later: Span<M>) -> Span<M> {
        Span {
            highest: if self.highest.value() > later.highest.value() { self.highest } else { later.highest },
            lowest: if self.lowest.value() < later.lowest.value() { self.lowest } else { later.lowest },
        }
    }
}

impl Span {
    /// Where between the lowest (0) and the highest (1) a value lies; `None` when they are the same.
    pub fn place(&self, value: f64) -> Option<f64> {
        let width = self.highest - self.lowest;
        (width > 0.0).then(|| (value - self.lowest) / width)
    }

    /// Half-way between both.
    pub fn middle(&self) -> f64 {
        (self.highest + self.lowest) / 2.0
    }
}

/// The last `period` pairs of a high and a low.
#[derive(Debug, Clone)]
pub(super) struct Extremes<M = f64> {
    /// Up to `filled` the newer block as it came; from there on, of the block before, the extremes from each place to its
    /// end.
    slots: Vec<Span<M>>,
    period: usize,
    /// How many values the newer block has.
    filled: usize,
    /// The extremes of the newer block.
    newer: Span<M>,
    /// How many pairs came in all.
    seen: u64,
}

impl<M: Mark> Extremes<M> {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Extremes<M> {
        let newer = Span { highest: M::new(0.0, 0), lowest: M::new(0.0, 0) };
        Extremes { slots: Vec::new(), period: period.max(1), filled: 0, newer, seen: 0 }
    }

    pub fn period(&self) -> usize {
        self.period
    }

    /// Takes in a pair; `None` until the window is full.
    #[inline]
    pub fn push(&mut self, high: f64, low: f64) -> Option<Span<M>> {
        if self.filled == self.period {
            self.turn();
        }
        self.seen += 1;
        let pair = Span { highest: M::new(high, self.seen), lowest: M::new(low, self.seen) };
        self.newer = if self.filled == 0 { pair } else { self.newer.and(pair) };
        match self.slots.get_mut(self.filled) {
            Some(slot) => *slot = pair,
            None => self.slots.push(pair),
        }
        self.filled += 1;
        match self.slots.get(self.filled) {
            Some(older) => Some(older.and(self.newer)),
            None if self.filled < self.period => None,
            None => Some(self.newer),
        }
    }

    /// The newer block is whole and becomes the older one, in its place. Kept out of `push`, which is then small enough
    /// for registers: twice as fast.
    #[inline(never)]
    fn turn(&mut self) {
        self.filled = 0;
        let mut pairs = self.slots.iter_mut().rev();
        let Some(mut best) = pairs.next().copied() else { return };
        for pair in pairs {
            best = pair.and(best);
            *pair = best;
        }
    }
}

impl Extremes<Placed> {
    /// How many values ago one came; 0 is the newest.
    pub fn since(&self, one: Placed) -> u64 {
        self.seen - one.at
    }
}

#[cfg(test)]
mod tests {
    use super::{Extremes, Placed};

    #[test]
    fn a_long_walk_has_the_extremes_a_search_of_its_window_finds() {
        let mut state = 7_u64;
        let walk: Vec<f64> = (0..500)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 60) as f64
            })
            .collect();
        for period in [1, 2, 5, 14, 52] {
            let mut window = Extremes::<Placed>::new(period);
            for (at, value) in walk.iter().enumerate() {
                let Some(span) = window.push(*value, *value) else {
                    assert!(at + 1 < period);
                    continue;
                };
                let seen: Vec<f64> = walk[at + 1 - period..=at].iter().rev().copied().collect();
                let highest = seen.iter().copied().fold(f64::MIN, f64::max);
                let lowest = seen.iter().copied().fold(f64::MAX, f64::min);
                let since = |wanted: f64| seen.iter().position(|each| *each == wanted).expect("one") as u64;
                let found = [span.highest, span.lowest].map(|each| (each.value, window.since(each)));
                assert_eq!(found, [(highest, since(highest)), (lowest, since(lowest))], "{period} at {at}");
            }
        }
    }

    #[test]
    fn what_left_the_window_is_no_extreme_any_more() {
        let mut window = Extremes::<Placed>::new(3);
        let mut push = |high, low| {
            let span = window.push(high, low)?;
            Some([span.highest, span.lowest].map(|each| (each.value, window.since(each))))
        };
        assert_eq!([push(9.0, 1.0), push(5.0, 4.0)], [None, None]);
        assert_eq!(push(6.0, 3.0), Some([(9.0, 2), (1.0, 2)]));
        // Of the two sixes the latest counts.
        assert_eq!(push(6.0, 5.0), Some([(6.0, 0), (3.0, 1)]));
    }
}
