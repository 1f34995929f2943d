//! Which bars a place of the time axis stands for, where there are more bars than a chart has room for.

use crate::{Bar, indicator::usable};
use std::ops::Range;

/// The bars of a window shared out among places of equal size, the last one perhaps smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grain {
    /// The bars, by their index among those worked on.
    pub bars: Range<usize>,
    /// Bars to a place.
    pub size: usize,
}

impl Grain {
    /// A place for each bar where `most` places allow; else half as many places, so that what is shared out is also drawn
    /// quickly.
    pub fn of(bars: Range<usize>, most: Option<u32>) -> Grain {
        let size = match most.map(|most| most.max(2) as usize) {
            Some(most) if bars.len() > most => bars.len().div_ceil(most / 2),
            _ => 1,
        };
        Grain { bars, size }
    }

    /// How many places there are.
    pub fn places(&self) -> usize {
        self.bars.len().div_ceil(self.size)
    }

    /// The bars of a place.
    fn at(&self, place: usize) -> Range<usize> {
        let from = (self.bars.start + place * self.size).min(self.bars.end);
        from..(from + self.size).min(self.bars.end)
    }

    /// The bars from a place to before another; a place behind the last is the bar of now.
    pub fn bars_of(&self, places: &Range<usize>) -> Range<usize> {
        self.at(places.start).start..self.at(places.end.saturating_sub(1)).end
    }

    /// The places that show these bars.
    pub fn places_of(&self, bars: &Range<usize>) -> Range<usize> {
        let from = bars.start.saturating_sub(self.bars.start) / self.size;
        let to = bars.end.saturating_sub(self.bars.start).div_ceil(self.size);
        from.min(self.places())..to.min(self.places())
    }

    /// The last bar of each place: it names the place, and an indicator is shown as it was there.
    pub fn lasts(&self) -> impl Iterator<Item = usize> {
        let grain = self.clone();
        (0..self.places()).map(move |place| grain.at(place).end - 1)
    }

    /// Which bars to share out instead once a reader looks at `seen` of the `whole`: as many again at either side, where
    /// places become at least twice as fine or the reader came to an end of these. `None` while these will do.
    pub fn refined(&self, seen: &Range<usize>, whole: &Range<usize>, most: u32) -> Option<Range<usize>> {
        let room = seen.len();
        let from = seen.start.saturating_sub(room).max(whole.start);
        let wanted = from..(seen.end + room).min(whole.end);
        let is_finer = Grain::of(wanted.clone(), Some(most)).size * 2 <= self.size;
        let is_at_end = (seen.start <= self.bars.start && self.bars.start > whole.start)
            || (seen.end >= self.bars.end && self.bars.end < whole.end);
        (is_finer || is_at_end).then_some(wanted).filter(|wanted| *wanted != self.bars)
    }

    /// All bars of a place as one: the first open, the highest high, the lowest low, the last close, all the volume.
    pub fn joined(&self, bars: &[Bar], place: usize) -> Bar {
        let of = &bars[self.at(place)];
        let mut joined = of[of.len() - 1];
        if of.len() == 1 {
            return joined;
        }
        joined.open = of[0].open;
        let all = |pick: fn(&Bar) -> Option<f64>, better: fn(f64, f64) -> f64| {
            of.iter().map(|bar| pick(bar).and_then(usable)).reduce(|a, b| Some(better(a?, b?))).flatten()
        };
        joined.high = all(|bar| bar.high, f64::max);
        joined.low = all(|bar| bar.low, f64::min);
        let volumes = of.iter().filter_map(|bar| bar.volume.and_then(usable));
        joined.volume = volumes.reduce(|a, b| a + b);
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, NaiveDate};

    #[test]
    fn places_share_the_bars_and_lead_back_to_them() {
        let grain = Grain::of(10..35, Some(18));
        assert_eq!((grain.size, grain.places()), (3, 9));
        assert_eq!(grain.lasts().collect::<Vec<_>>(), [12, 15, 18, 21, 24, 27, 30, 33, 34]);
        assert_eq!(grain.bars_of(&(1..3)), 13..19);
        assert_eq!(grain.places_of(&(13..19)), 1..3);
        assert_eq!(grain.places_of(&(14..20)), 1..4);
        assert_eq!(Grain::of(0..10, None).places(), 10);
        assert_eq!(Grain::of(0..10, Some(10)).places(), 10);
        assert_eq!(Grain::of(0..0, Some(10)).places(), 0);
    }

    #[test]
    fn a_closer_look_is_finer_and_has_room_to_move() {
        let whole = 0..100_000;
        let grain = Grain::of(whole.clone(), Some(1500));
        assert_eq!(grain.size, 134);
        assert_eq!(grain.refined(&(0..60_000), &whole, 1500), None);
        let near = grain.refined(&(99_000..100_000), &whole, 1500);
        assert_eq!(near, Some(98_000..100_000));
        let near = Grain::of(98_000..100_000, Some(1500));
        assert_eq!(near.size, 3);
        assert_eq!(near.refined(&(98_300..99_800), &whole, 1500), None);
        // Moved to its beginning, and zoomed out as far as it goes.
        assert_eq!(near.refined(&(98_000..99_000), &whole, 1500), Some(97_000..100_000));
        assert_eq!(near.refined(&(98_000..100_000), &whole, 1500), Some(96_000..100_000));
        assert_eq!(Grain::of(0..252, Some(1500)).refined(&(100..110), &(0..252), 1500), None);
    }

    #[test]
    fn joined_bars_span_the_range_of_all() {
        let start = NaiveDate::from_ymd_opt(2022, 1, 3).expect("a date");
        let bar = |day: i64, open: f64, high: f64, low: f64, close: f64| Bar {
            time: Bar::label(start + Duration::days(day)),
            open: Some(open),
            high: Some(high),
            low: Some(low),
            close,
            adj_close: None,
            volume: Some(10.0),
        };
        let bars = [bar(0, 5.0, 9.0, 4.0, 6.0), bar(1, 6.0, 7.0, 2.0, 3.0), bar(2, 3.0, 4.0, 3.0, 4.0)];
        let joined = Grain { bars: 0..3, size: 3 }.joined(&bars, 0);
        let expected = Bar { volume: Some(30.0), time: bars[2].time, ..bar(2, 5.0, 9.0, 2.0, 4.0) };
        assert_eq!(joined, expected);
    }
}
