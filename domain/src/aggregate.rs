//! Longer bars out of shorter ones.

use crate::{Bar, Interval};
use chrono::{DateTime, Datelike, Duration, Months, Utc};

impl Interval {
    /// The stored interval that bars of this one are made from.
    pub fn stored(self) -> Interval {
        match self {
            Interval::Minute1 | Interval::Minute5 | Interval::Minute15 | Interval::Minute30 => {
                Interval::Minute1
            }
            Interval::Hour1 | Interval::Hour4 => Interval::Hour1,
            Interval::Day1 | Interval::Week1 | Interval::Month1 => Interval::Day1,
        }
    }

    /// Start of the bar that `time` falls into: weeks start on Monday, months on their first day, everything
    /// shorter on whole multiples of its length counted from midnight UTC.
    ///
    /// ```
    /// # use domain::{Bar, Interval};
    /// let label = |day| Bar::label(chrono::NaiveDate::from_ymd_opt(2022, 3, day).unwrap());
    /// assert_eq!(Interval::Week1.floor(label(10)), label(7)); // 10 March 2022 was a Thursday
    /// assert_eq!(Interval::Month1.floor(label(10)), label(1));
    /// ```
    pub fn floor(self, time: DateTime<Utc>) -> DateTime<Utc> {
        let date = time.date_naive();
        let day = |back: u32| Bar::label(date - Duration::days(i64::from(back)));
        match self.seconds() {
            Some(step) => {
                let seconds = time.timestamp();
                DateTime::from_timestamp(seconds - seconds.rem_euclid(step), 0).unwrap_or(time)
            }
            None if self == Interval::Day1 => day(0),
            None if self == Interval::Week1 => day(date.weekday().num_days_from_monday()),
            None => day(date.day0()),
        }
    }

    /// Start of the bar after the one that `time` falls into.
    pub fn next_floor(self, time: DateTime<Utc>) -> DateTime<Utc> {
        let start = self.floor(time);
        match self.seconds() {
            Some(step) => start + Duration::seconds(step),
            None if self == Interval::Day1 => start + Duration::days(1),
            None if self == Interval::Week1 => start + Duration::days(7),
            None => start.checked_add_months(Months::new(1)).unwrap_or(start),
        }
    }

    /// Most stored bars that one bar of this interval can be made of.
    pub fn most_parts(self) -> u32 {
        match self {
            Interval::Minute1 | Interval::Hour1 | Interval::Day1 => 1,
            Interval::Minute5 => 5,
            Interval::Minute15 => 15,
            Interval::Minute30 => 30,
            Interval::Hour4 => 4,
            Interval::Week1 => 7,
            Interval::Month1 => 31,
        }
    }

    /// Length in seconds; `None` for daily and longer bars, which are named by dates.
    pub(crate) fn seconds(self) -> Option<i64> {
        match self {
            Interval::Minute1 => Some(60),
            Interval::Minute5 => Some(5 * 60),
            Interval::Minute15 => Some(15 * 60),
            Interval::Minute30 => Some(30 * 60),
            Interval::Hour1 => Some(3600),
            Interval::Hour4 => Some(4 * 3600),
            Interval::Day1 | Interval::Week1 | Interval::Month1 => None,
        }
    }
}

/// Bars of `interval` out of shorter ones, both oldest first. What one of the parts does not have, the whole
/// does not have either, except for the volume, which is the sum of what there is.
pub fn aggregate(bars: &[Bar], interval: Interval) -> Vec<Bar> {
    bars.chunk_by(|a, b| interval.floor(a.time) == interval.floor(b.time))
        .map(|parts| merge(parts, interval))
        .collect()
}

fn merge(parts: &[Bar], interval: Interval) -> Bar {
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    let over = |of: fn(&Bar) -> Option<f64>, choose: fn(f64, f64) -> f64| {
        parts.iter().map(of).reduce(|a, b| Some(choose(a?, b?))).flatten()
    };
    Bar {
        time: interval.floor(first.time),
        open: first.open,
        high: over(|bar| bar.high, f64::max),
        low: over(|bar| bar.low, f64::min),
        close: last.close,
        adj_close: last.adj_close,
        volume: parts.iter().filter_map(|bar| bar.volume).reduce(|a, b| a + b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn bar(time: DateTime<Utc>, n: f64) -> Bar {
        Bar {
            time,
            open: Some(n),
            high: Some(n + 2.0),
            low: Some(n - 2.0),
            close: n + 1.0,
            adj_close: None,
            volume: Some(10.0),
        }
    }

    fn days(count: i64) -> Vec<Bar> {
        // 28 February 2022 was a Monday (any calendar).
        let monday = NaiveDate::from_ymd_opt(2022, 2, 28).unwrap();
        (0..count).map(|n| bar(Bar::label(monday + Duration::days(n)), n as f64)).collect()
    }

    #[test]
    fn weeks_start_on_monday_and_hold_first_extremes_last_and_sum() {
        let weeks = aggregate(&days(10), Interval::Week1);
        assert_eq!(weeks.len(), 2);
        assert_eq!(weeks[1].date(), NaiveDate::from_ymd_opt(2022, 3, 7).unwrap());
        let first = weeks[0];
        assert_eq!((first.open, first.high, first.low), (Some(0.0), Some(8.0), Some(-2.0)));
        assert_eq!((first.close, first.volume), (7.0, Some(70.0)));
    }

    #[test]
    fn months_start_on_their_first_day_also_without_a_bar_on_it() {
        let months = aggregate(&days(3), Interval::Month1);
        let dates: Vec<String> = months.iter().map(|bar| bar.date().to_string()).collect();
        assert_eq!(dates, ["2022-02-01", "2022-03-01"]);
    }

    #[test]
    fn minutes_fall_into_whole_multiples_and_gaps_make_no_bars() {
        // 14:30 UTC and so many minutes
        let at = |minute: i32| DateTime::from_timestamp(1_608_042_600 + 60 * i64::from(minute), 0).unwrap();
        let minutes: Vec<Bar> = [0, 1, 4, 5, 17].map(|minute| bar(at(minute), f64::from(minute))).to_vec();
        let fives = aggregate(&minutes, Interval::Minute5);
        assert_eq!(fives.iter().map(|bar| bar.time).collect::<Vec<_>>(), [at(0), at(5), at(15)]);
        assert_eq!(fives[0].volume, Some(30.0));
    }

    #[test]
    fn close_only_parts_make_a_close_only_whole() {
        let mut bars = days(5);
        bars.iter_mut().for_each(|bar| (bar.open, bar.high, bar.low, bar.volume) = (None, None, None, None));
        let week = aggregate(&bars, Interval::Week1)[0];
        assert_eq!((week.open, week.high, week.low, week.volume, week.close), (None, None, None, None, 5.0));
    }

    #[test]
    fn the_end_of_every_bar_is_the_start_of_the_next() {
        let time = DateTime::from_timestamp(1_646_946_000, 0).unwrap();
        for interval in Interval::ALL {
            let next = interval.next_floor(time);
            assert!(next > time && interval.floor(next) == next, "{interval:?}");
            assert_eq!(interval.floor(next - Duration::seconds(1)), interval.floor(time), "{interval:?}");
        }
    }
}
