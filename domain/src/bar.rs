//! Price history: bars, intervals, series.
//!
//! Market prices are `f64` (money of a portfolio is decimal and lives elsewhere).

use crate::Symbol;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The length of a bar. `1m`, `1h` and `1d` are stored, the others are aggregated from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Interval {
    #[serde(rename = "1m")]
    Minute1,
    #[serde(rename = "5m")]
    Minute5,
    #[serde(rename = "15m")]
    Minute15,
    #[serde(rename = "30m")]
    Minute30,
    #[serde(rename = "1h")]
    Hour1,
    #[serde(rename = "4h")]
    Hour4,
    #[serde(rename = "1d")]
    Day1,
    #[serde(rename = "1w")]
    Week1,
    #[serde(rename = "1mo")]
    Month1,
}

impl Interval {
    /// All intervals, shortest first.
    pub const ALL: [Interval; 9] = [
        Interval::Minute1,
        Interval::Minute5,
        Interval::Minute15,
        Interval::Minute30,
        Interval::Hour1,
        Interval::Hour4,
        Interval::Day1,
        Interval::Week1,
        Interval::Month1,
    ];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Interval::Minute1 => "1m",
            Interval::Minute5 => "5m",
            Interval::Minute15 => "15m",
            Interval::Minute30 => "30m",
            Interval::Hour1 => "1h",
            Interval::Hour4 => "4h",
            Interval::Day1 => "1d",
            Interval::Week1 => "1w",
            Interval::Month1 => "1mo",
        }
    }

    /// Reads back [`Interval::as_str`].
    pub fn parse(word: &str) -> Option<Interval> {
        Interval::ALL.into_iter().find(|interval| interval.as_str() == word)
    }

    /// True where a bar is named by a date of its exchange, not by an instant.
    pub fn is_daily_or_longer(self) -> bool {
        self >= Interval::Day1
    }
}

/// One bar. What a source does not give stays absent: a close-only series has only closes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bar {
    /// Start of the bar. For [`Interval::Day1`] and longer: the exchange-local date at 00:00 UTC, a label
    /// and not an instant; [`Bar::date`] reads it.
    pub time: DateTime<Utc>,
    /// First price; absent in close-only series.
    pub open: Option<f64>,
    /// Highest price; absent in close-only series.
    pub high: Option<f64>,
    /// Lowest price; absent in close-only series.
    pub low: Option<f64>,
    /// Last price, split-adjusted.
    pub close: f64,
    /// Close adjusted for splits and dividends; absent where the source has none.
    pub adj_close: Option<f64>,
    /// Units traded; absent where the source has none.
    pub volume: Option<f64>,
}

impl Bar {
    /// The date that names a daily or longer bar.
    pub fn date(&self) -> NaiveDate {
        self.time.date_naive()
    }

    /// The label a daily bar of `date` carries in [`Bar::time`].
    pub fn label(date: NaiveDate) -> DateTime<Utc> {
        date.and_time(chrono::NaiveTime::MIN).and_utc()
    }

    /// The bar so far of the session after `last`, the newest daily bar stored, from one live price. It is shown
    /// and judged, never stored. Where `last` has no open, high or low, it has none either.
    pub fn developing(last: &Bar, price: f64, time: DateTime<Utc>) -> Bar {
        Bar {
            time: Bar::label(last.date().succ_opt().unwrap_or(last.date()).max(time.date_naive())),
            open: last.open.map(|_| last.close),
            high: last.high.map(|_| price.max(last.close)),
            low: last.low.map(|_| price.min(last.close)),
            close: price,
            adj_close: None,
            volume: None,
        }
    }
}

/// Sessions in 52 weeks.
const YEAR_BARS: usize = 252;

/// Highest and lowest price of the last 252 daily bars, closes where there is nothing else; `None` without bars.
pub fn year_range(bars: &[Bar]) -> Option<(f64, f64)> {
    let year = &bars[bars.len().saturating_sub(YEAR_BARS)..];
    let high = year.iter().map(|bar| bar.high.unwrap_or(bar.close)).reduce(f64::max)?;
    let low = year.iter().map(|bar| bar.low.unwrap_or(bar.close)).reduce(f64::min)?;
    Some((high, low))
}

/// The bars of one symbol at one interval, oldest first, one per time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Whose bars these are.
    pub symbol: Symbol,
    /// How long each bar is.
    pub interval: Interval,
    /// Oldest first.
    pub bars: Vec<Bar>,
}

impl Series {
    /// Closes, oldest first.
    pub fn closes(&self) -> Vec<f64> {
        self.bars.iter().map(|bar| bar.close).collect()
    }
}

/// `numerator` new shares for `denominator` old ones, from `date` on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Whose shares.
    pub symbol: Symbol,
    /// First day of trading on the new basis.
    pub date: NaiveDate,
    /// New shares.
    pub numerator: f64,
    /// Old shares.
    pub denominator: f64,
}

/// A cash dividend per share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dividend {
    /// Whose shares.
    pub symbol: Symbol,
    /// First day of trading without it.
    pub date: NaiveDate,
    /// Per share, in the currency of the prices.
    pub amount: f64,
}
