//! Highest and lowest of the last n values, each value moved once (a monotonic queue).

use std::collections::VecDeque;

/// Of several equal extremes the latest one counts.
#[derive(Debug, Clone)]
struct Queue {
    /// Places and values, best first; each one is better than all that came after it.
    kept: VecDeque<(u64, f64)>,
    beats: fn(f64, f64) -> bool,
}

impl Queue {
    fn push(&mut self, place: u64, value: f64, oldest: u64) -> (u64, f64) {
        while self.kept.back().is_some_and(|(_, last)| (self.beats)(value, *last)) {
            self.kept.pop_back();
        }
        self.kept.push_back((place, value));
        while self.kept.front().is_some_and(|(place, _)| *place < oldest) {
            self.kept.pop_front();
        }
        self.kept.front().copied().unwrap_or((place, value))
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
    period: u64,
    seen: u64,
    highs: Queue,
    lows: Queue,
}

impl Extremes {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Extremes {
        Extremes {
            period: period.max(1) as u64,
            seen: 0,
            highs: Queue { kept: VecDeque::new(), beats: |new, old| new >= old },
            lows: Queue { kept: VecDeque::new(), beats: |new, old| new <= old },
        }
    }

    pub fn period(&self) -> usize {
        self.period as usize
    }

    /// Takes in a pair; `None` until the window is full.
    pub fn push(&mut self, high: f64, low: f64) -> Option<Span> {
        let place = self.seen;
        self.seen += 1;
        let oldest = self.seen.saturating_sub(self.period);
        let (top, highest) = self.highs.push(place, high, oldest);
        let (bottom, lowest) = self.lows.push(place, low, oldest);
        let span = Span { highest, lowest, since_highest: place - top, since_lowest: place - bottom };
        (self.seen >= self.period).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::Extremes;

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
