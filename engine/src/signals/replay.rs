//! A history goes through the rules, and where that stopped is kept: the next look goes on from there, and reads nothing as
//! long as the bars it saw are still the same.

use domain::{
    Bar,
    indicator::IndicatorRow,
    overview::SPARK_BARS,
    signal::{Signal, SignalWatch},
};
use std::time::{Duration, Instant};

/// After this a history is read as a whole again: a correction far back in it leaves its latest bars as they are.
const WHOLE_AGAIN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Where a look at a history stopped: before its newest bar, which sources still correct.
#[derive(Debug, Clone)]
pub(crate) struct Stand {
    begun: Instant,
    watch: SignalWatch,
    /// How many bars it saw.
    bars: usize,
    /// The latest [`SPARK_BARS`] of them, oldest first.
    seen: Vec<Bar>,
}

/// What the rules say of the bars they went over.
pub(super) struct Replayed {
    /// Oldest first.
    pub(super) signals: Vec<Signal>,
    /// The newest bar.
    pub(super) last: Bar,
    /// The indicators at it.
    pub(super) row: IndicatorRow,
    /// How many bars there are, those before this replay included.
    pub(super) bars: usize,
    /// Where the next look goes on.
    pub(super) stand: Stand,
}

impl Stand {
    /// Before the first bar.
    pub(super) fn new() -> Stand {
        Stand { begun: Instant::now(), watch: SignalWatch::new(), bars: 0, seen: Vec::new() }
    }

    /// The bars after it, where `tail` holds the latest of the history; `None` where there are none, where those it saw are
    /// not the same any more, or where it is too old to tell.
    pub(super) fn later<'a>(&self, tail: &'a [Bar]) -> Option<&'a [Bar]> {
        let last = self.seen.last()?;
        let at = tail.iter().position(|bar| bar.time == last.time)?;
        let (seen, later) = tail.split_at(at + 1);
        let holds = self.begun.elapsed() < WHOLE_AGAIN && self.seen.ends_with(seen);
        (holds && !later.is_empty()).then_some(later)
    }

    /// Goes on over the bars after it, oldest first; `None` without any.
    pub(super) fn replay(&self, later: &[Bar]) -> Option<Replayed> {
        let (last, settled) = later.split_last()?;
        let mut stand = self.clone();
        let mut signals: Vec<Signal> = settled.iter().flat_map(|bar| stand.watch.next(bar)).collect();
        stand.bars += settled.len();
        stand.seen.extend_from_slice(&settled[settled.len().saturating_sub(SPARK_BARS)..]);
        let too_many = stand.seen.len().saturating_sub(SPARK_BARS);
        stand.seen.drain(..too_many);
        let (row, fired) = stand.watch.clone().next_with_row(last);
        signals.extend(fired);
        Some(Replayed { signals, last: *last, row, bars: stand.bars + 1, stand })
    }
}
