//! Highest and lowest of the last n values, each value touched twice (van Herk, 1992; Gil and Werman, 1993): values are
//! taken in blocks of n, and an extreme of the window is that of the block before from some place to its end, or that of
//! the newer block so far.

/// An extreme and its place in its block. Of several equal extremes the latest one counts.
type Best = (f64, usize);

/// One end of the range; `UP` looks for the highest.
#[derive(Debug, Clone)]
struct Side<const UP: bool> {
    /// The newer block, as it fills.
    block: Vec<f64>,
    newer: Best,
    /// Of the block before: the extreme from each place to its end. Empty until there is one.
    older: Vec<Best>,
}

impl<const UP: bool> Side<UP> {
    fn new() -> Side<UP> {
        Side { block: Vec::new(), newer: (0.0, 0), older: Vec::new() }
    }

    fn beats(one: f64, other: f64) -> bool {
        if UP { one > other } else { one < other }
    }

    /// The extreme of the window and how many values ago it was, of a window that is full.
    #[inline]
    fn push(&mut self, value: f64, period: usize) -> Option<(f64, usize)> {
        if self.block.len() == period {
            self.turn(period);
        }
        let place = self.block.len();
        self.block.push(value);
        if place == 0 || !Self::beats(self.newer.0, value) {
            self.newer = (value, place);
        }
        let newer = (self.newer.0, place - self.newer.1);
        match self.older.get(place + 1) {
            Some(older) if Self::beats(older.0, newer.0) => Some((older.0, period + place - older.1)),
            None if place + 1 < period => None,
            _ => Some(newer),
        }
    }

    /// The newer block is whole and becomes the older one.
    fn turn(&mut self, period: usize) {
        self.older.resize(period, (0.0, 0));
        let last = period - 1;
        let mut best = (self.block[last], last);
        for (place, (older, value)) in self.older.iter_mut().zip(&self.block).enumerate().rev() {
            if Self::beats(*value, best.0) {
                best = (*value, place);
            }
            *older = best;
        }
        self.block.clear();
    }
}

/// The range of a full window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub highest: f64,
    pub lowest: f64,
    /// How many values ago the highest was; 0 is the newest.
    pub since_highest: u64,
    /// How many values ago the lowest was; 0 is the newest.
    pub since_lowest: u64,
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
pub(super) struct Extremes {
    period: usize,
    highs: Side<true>,
    lows: Side<false>,
}

impl Extremes {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Extremes {
        Extremes { period: period.max(1), highs: Side::new(), lows: Side::new() }
    }

    pub fn period(&self) -> usize {
        self.period
    }

    /// Takes in a pair; `None` until the window is full.
    #[inline]
    pub fn push(&mut self, high: f64, low: f64) -> Option<Span> {
        let highest = self.highs.push(high, self.period);
        let lowest = self.lows.push(low, self.period);
        let ((highest, since_highest), (lowest, since_lowest)) = (highest?, lowest?);
        Some(Span { highest, lowest, since_highest: since_highest as u64, since_lowest: since_lowest as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::Extremes;

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
            let mut window = Extremes::new(period);
            for (at, value) in walk.iter().enumerate() {
                let Some(span) = window.push(*value, *value) else {
                    assert!(at + 1 < period);
                    continue;
                };
                let seen: Vec<f64> = walk[at + 1 - period..=at].iter().rev().copied().collect();
                let highest = seen.iter().copied().fold(f64::MIN, f64::max);
                let lowest = seen.iter().copied().fold(f64::MAX, f64::min);
                let since = |wanted: f64| seen.iter().position(|each| *each == wanted).expect("one") as u64;
                let found = (span.highest, span.since_highest, span.lowest, span.since_lowest);
                assert_eq!(found, (highest, since(highest), lowest, since(lowest)), "{period} at {at}");
            }
        }
    }

    #[test]
    fn what_left_the_window_is_no_extreme_any_more() {
        let mut window = Extremes::new(3);
        let spans: Vec<_> = [(9.0, 1.0), (5.0, 4.0), (6.0, 3.0), (6.0, 5.0)]
            .into_iter()
            .map(|(high, low)| window.push(high, low))
            .collect();
        assert_eq!(spans[..2], [None, None]);
        let (third, fourth) = (spans[2].expect("full"), spans[3].expect("full"));
        assert_eq!((third.highest, third.lowest, third.since_highest, third.since_lowest), (9.0, 1.0, 2, 2));
        // Of the two sixes the latest counts.
        assert_eq!(
            (fourth.highest, fourth.lowest, fourth.since_highest, fourth.since_lowest),
            (6.0, 3.0, 0, 1)
        );
    }
}
