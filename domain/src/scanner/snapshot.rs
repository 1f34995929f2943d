//! Everything known of a symbol at one day: what scans and filters look at.

use super::Timeframe;
use crate::{
    Bar, Instrument, Interval,
    aggregate::aggregate,
    indicator::{IndicatorRow, usable},
    signal::{Composite, SignalWatch},
    trend::{Lay, lay_of},
};
use chrono::NaiveDate;

/// Closes kept for a sparkline.
pub const SNAPSHOT_SPARK: usize = 30;

/// Bars of the mean volume, and of the shortest range.
const SHORT: usize = 20;
/// Bars of the middle range.
const MIDDLE: usize = 50;

/// Highest and lowest price of the bars before the last one; `None` with fewer bars than asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Extremes {
    /// Highest high; of closes where a bar has nothing else.
    pub high: Option<f64>,
    /// Lowest low; of closes where a bar has nothing else.
    pub low: Option<f64>,
}

/// A symbol after its last bar. Bars are days or weeks, by the timeframe.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Whom it is about.
    pub instrument: Instrument,
    /// Days or weeks.
    pub timeframe: Timeframe,
    /// The last day of the history it was made from, also where bars are weeks.
    pub date: NaiveDate,
    /// The last bar.
    pub bar: Bar,
    /// Close of the bar before.
    pub previous_close: Option<f64>,
    /// Mean volume of the 20 bars before the last one; `None` where one of them has no volume.
    pub average_volume: Option<f64>,
    /// Of the 20, 50 and 252 (weeks: 52) bars before the last one.
    pub before: [Extremes; 3],
    /// Change of the close in percent over 5, 20, 60 and 252 (weeks: 52) bars.
    pub changes: [Option<f64>; 4],
    /// The indicators at the last bar.
    pub row: IndicatorRow,
    /// Trend, support and resistance.
    pub lay: Lay,
    /// -100 to 100; see [`Composite`].
    pub composite: Option<f64>,
    /// Mean score of the latest headlines, -1 to 1.
    pub mood: Option<f64>,
    /// The latest closes, oldest first, at most [`SNAPSHOT_SPARK`].
    pub spark: Vec<f64>,
}

impl Snapshot {
    /// Of the daily history of an instrument, oldest first, as it stands after its last bar; a bar that the wish is to
    /// look at must be the last. `mood` is the headlines' by then. `None` without a usable close.
    ///
    /// ```
    /// # use domain::{Bar, Instrument, Kind, Symbol, scanner::{Snapshot, Timeframe}};
    /// # use chrono::NaiveDate;
    /// # let aapl = Instrument { symbol: Symbol::parse("AAPL").unwrap(), name: "Apple".into(), kind: Kind::Equity, sector: None,
    /// #   industry: None, exchange: None, currency: "USD".into(), market_cap: None, active: true };
    /// # let bar = |day, close| Bar { time: Bar::label(NaiveDate::from_ymd_opt(2022, 3, day).unwrap()), open: None, high: None,
    /// #   low: None, close, adj_close: None, volume: Some(10.0) };
    /// let days = [bar(3, 8.0), bar(4, 10.0), bar(7, 11.0), bar(8, 12.0)]; // Thursday, Friday, Monday, Tuesday
    /// let day = Snapshot::of(&aapl, &days, Timeframe::Daily, None).unwrap();
    /// assert_eq!((day.bar.close, day.previous_close, day.bar.volume), (12.0, Some(11.0), Some(10.0)));
    /// let week = Snapshot::of(&aapl, &days, Timeframe::Weekly, None).unwrap();
    /// assert_eq!((week.bar.close, week.previous_close, week.bar.volume), (12.0, Some(10.0), Some(20.0)));
    /// assert_eq!(week.date.to_string(), "2022-03-08");
    /// ```
    pub fn of(
        instrument: &Instrument,
        days: &[Bar],
        timeframe: Timeframe,
        mood: Option<f64>,
    ) -> Option<Snapshot> {
        let date = days.last()?.date();
        match timeframe {
            Timeframe::Daily => at_last(instrument, days, timeframe, date, mood),
            Timeframe::Weekly => {
                at_last(instrument, &aggregate(days, Interval::Week1), timeframe, date, mood)
            }
        }
    }

    /// Change of the close against the bar before, in percent.
    pub fn change_percent(&self) -> Option<f64> {
        change(self.bar.close, self.previous_close?)
    }

    /// Volume against the mean of the 20 bars before: 2 is twice as much.
    pub fn relative_volume(&self) -> Option<f64> {
        let (volume, mean) = (usable(self.bar.volume?)?, self.average_volume?);
        (mean > 0.0).then(|| volume / mean)
    }

    /// Close times volume, in the currency of the prices.
    pub fn dollar_volume(&self) -> Option<f64> {
        usable(self.bar.close * usable(self.bar.volume?)?)
    }

    /// The highest price of the last bar; its close where there is nothing else.
    pub fn high(&self) -> f64 {
        high(&self.bar)
    }

    /// The lowest price of the last bar; its close where there is nothing else.
    pub fn low(&self) -> f64 {
        low(&self.bar)
    }
}

fn at_last(
    instrument: &Instrument,
    bars: &[Bar],
    timeframe: Timeframe,
    date: NaiveDate,
    mood: Option<f64>,
) -> Option<Snapshot> {
    let bar = *bars.last()?;
    usable(bar.close)?;
    let mut watch = SignalWatch::new();
    let rows: Vec<IndicatorRow> = bars.iter().map(|bar| watch.next_with_row(bar).0).collect();
    let before = &bars[..bars.len() - 1];
    let year = timeframe.year_bars();
    Some(Snapshot {
        instrument: instrument.clone(),
        timeframe,
        date,
        bar,
        previous_close: before.last().map(|bar| bar.close),
        average_volume: average_volume(before),
        before: [SHORT, MIDDLE, year].map(|count| extremes(before, count)),
        changes: [5, 20, 60, year].map(|count| change_over(bars, count)),
        row: *rows.last()?,
        lay: lay_of(bars, &rows),
        composite: watch.composite(mood).map(|composite: Composite| composite.score),
        mood,
        spark: bars[bars.len().saturating_sub(SNAPSHOT_SPARK)..].iter().map(|bar| bar.close).collect(),
    })
}

fn high(bar: &Bar) -> f64 {
    bar.high.unwrap_or(bar.close)
}

fn low(bar: &Bar) -> f64 {
    bar.low.unwrap_or(bar.close)
}

/// The last `count` of some bars; `None` with fewer.
fn last(bars: &[Bar], count: usize) -> Option<&[Bar]> {
    bars.len().checked_sub(count).map(|from| &bars[from..])
}

fn extremes(before: &[Bar], count: usize) -> Extremes {
    let Some(bars) = last(before, count) else { return Extremes::default() };
    Extremes {
        high: bars.iter().map(high).reduce(f64::max).and_then(usable),
        low: bars.iter().map(low).reduce(f64::min).and_then(usable),
    }
}

fn average_volume(before: &[Bar]) -> Option<f64> {
    let volumes: Option<Vec<f64>> =
        last(before, SHORT)?.iter().map(|bar| bar.volume.and_then(usable)).collect();
    Some(volumes?.iter().sum::<f64>() / SHORT as f64)
}

fn change_over(bars: &[Bar], count: usize) -> Option<f64> {
    let now = bars.last()?.close;
    change(now, bars[bars.len().checked_sub(count + 1)?].close)
}

/// In percent; `None` from a price that is not above zero.
fn change(now: f64, before: f64) -> Option<f64> {
    (before > 0.0).then(|| 100.0 * (now / before - 1.0)).and_then(usable)
}
