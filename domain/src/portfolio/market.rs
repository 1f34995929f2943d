//! What the maths needs of the world: prices, splits, exchange rates, a benchmark, and the span of days asked for.
//!
//! **Share basis.** Closes of one instrument are on ONE basis: that of today, adjusted for every split in
//! [`Listing::splits`] (what providers deliver), never for dividends. Entries are in the units of their own day.
//! The ledger brings a quantity to today's basis by the splits after its date, see `basis`.

use super::Currency;
use crate::{Kind, Sector, Symbol, bar::Split};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value per day, oldest first, each day once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Daily {
    dates: Vec<NaiveDate>,
    values: Vec<f64>,
}

impl Daily {
    /// From pairs in any order; of two values of a day the later one in `pairs` stands, and what is not a
    /// positive finite number is left out.
    pub fn new(pairs: impl IntoIterator<Item = (NaiveDate, f64)>) -> Daily {
        let mut pairs: Vec<_> =
            pairs.into_iter().filter(|(_, value)| value.is_finite() && *value > 0.0).collect();
        pairs.sort_by_key(|(date, _)| *date);
        let mut daily = Daily::default();
        for (date, value) in pairs {
            match daily.dates.last() == Some(&date) {
                true => *daily.values.last_mut().expect("as many values as dates") = value,
                false => {
                    daily.dates.push(date);
                    daily.values.push(value);
                }
            }
        }
        daily
    }

    /// The days, oldest first.
    pub fn dates(&self) -> &[NaiveDate] {
        &self.dates
    }

    /// The values, oldest first.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The latest value on or before a day, with its own day.
    pub fn at(&self, date: NaiveDate) -> Option<(NaiveDate, f64)> {
        let after = self.dates.partition_point(|each| *each <= date);
        let at = after.checked_sub(1)?;
        Some((self.dates[at], self.values[at]))
    }
}

/// An instrument as the maths sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The name people know it by.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// `None` for what has no sector or where it is not known.
    pub sector: Option<Sector>,
    /// What its closes are in.
    pub currency: Currency,
    /// Split-adjusted closes, not adjusted for dividends; the latest may be today's price so far.
    pub closes: Daily,
    /// Every split the closes are adjusted for.
    pub splits: Vec<Split>,
}

/// What a portfolio is measured against.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// Its symbol.
    pub symbol: Symbol,
    /// What its levels are in; they are converted to the currency of the portfolio where rates are there.
    pub currency: Currency,
    /// Levels with dividends reinvested (adjusted closes) where there are such.
    pub levels: Daily,
}

/// Everything the maths needs to know of the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// The day of the answer; nothing after it counts.
    pub today: NaiveDate,
    /// Every instrument of the portfolio that is known.
    pub listings: BTreeMap<Symbol, Listing>,
    /// For each foreign currency, units of the portfolio's currency for one of it, by day.
    pub fx: BTreeMap<Currency, Daily>,
    /// What to compare with.
    pub benchmark: Option<Benchmark>,
    /// What money earns without risk, per year: 0.04 is 4 %.
    pub risk_free: f64,
}

impl Market {
    /// A world in which nothing is known but the day.
    pub fn new(today: NaiveDate) -> Market {
        Market { today, listings: BTreeMap::new(), fx: BTreeMap::new(), benchmark: None, risk_free: 0.0 }
    }

    /// Units of `base` for one of `currency` on a day: the last rate known on or before it, hundredths of a
    /// currency through the currency; `None` where there is none. Rates are kept per portfolio currency, so
    /// `base` only tells which one needs none.
    pub fn rate(&self, currency: Currency, base: Currency, date: NaiveDate) -> Option<f64> {
        if currency == base {
            return Some(1.0);
        }
        if let Some((_, rate)) = self.fx.get(&currency).and_then(|rates| rates.at(date)) {
            return Some(rate);
        }
        match (currency.hundredth_of(), base.hundredth_of()) {
            (Some(whole), _) => self.rate(whole, base, date).map(|rate| rate / 100.0),
            (None, Some(whole)) if whole == currency => Some(100.0),
            _ => None,
        }
    }
}

/// How far back a figure looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Range {
    #[serde(rename = "1m")]
    Month1,
    #[serde(rename = "3m")]
    Month3,
    #[serde(rename = "6m")]
    Month6,
    #[serde(rename = "ytd")]
    YearToDate,
    #[serde(rename = "1y")]
    Year1,
    #[serde(rename = "3y")]
    Year3,
    #[serde(rename = "5y")]
    Year5,
    #[default]
    #[serde(rename = "max")]
    Max,
}

impl Range {
    /// All ranges, shortest first.
    pub const ALL: [Range; 8] = [
        Range::Month1,
        Range::Month3,
        Range::Month6,
        Range::YearToDate,
        Range::Year1,
        Range::Year3,
        Range::Year5,
        Range::Max,
    ];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Range::Month1 => "1m",
            Range::Month3 => "3m",
            Range::Month6 => "6m",
            Range::YearToDate => "ytd",
            Range::Year1 => "1y",
            Range::Year3 => "3y",
            Range::Year5 => "5y",
            Range::Max => "max",
        }
    }

    /// Reads back [`Range::as_str`].
    pub fn parse(word: &str) -> Option<Range> {
        Range::ALL.into_iter().find(|range| range.as_str() == word)
    }

    /// The span that ends on a day: `1y` on 2024-05-02 counts from the close of 2023-05-02.
    pub fn span(self, to: NaiveDate) -> Span {
        let months = |months| to.checked_sub_months(Months::new(months)).and_then(|base| base.succ_opt());
        let from = match self {
            Range::Month1 => months(1),
            Range::Month3 => months(3),
            Range::Month6 => months(6),
            Range::YearToDate => NaiveDate::from_ymd_opt(to.year(), 1, 1),
            Range::Year1 => months(12),
            Range::Year3 => months(36),
            Range::Year5 => months(60),
            Range::Max => None,
        };
        Span { from, to }
    }
}

/// The days a figure covers, both ends counted. The value it starts from is that at the close of the day before
/// `from`; without `from` it starts with the first transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First day counted; `None` means from the first transaction on.
    pub from: Option<NaiveDate>,
    /// Last day counted.
    pub to: NaiveDate,
}

impl Span {
    /// The day whose close is the starting value.
    pub fn base(&self) -> Option<NaiveDate> {
        self.from.and_then(|from| from.checked_sub_days(Days::new(1)))
    }
}
