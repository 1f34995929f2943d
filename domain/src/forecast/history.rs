//! The closes a forecast is made of.

use crate::{Bar, Series, Symbol};
use chrono::NaiveDate;

/// Days without a bar after which prices count as another history: the longest closing of the American exchanges
/// since 1990 (September 2001) left seven days between two bars.
const GAP_DAYS: i64 = 10;

/// Daily closes without a hole, oldest first; all of them positive.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Whose.
    pub symbol: Symbol,
    /// As many as closes.
    pub dates: Vec<NaiveDate>,
    /// Positive and finite.
    pub closes: Vec<f64>,
}

impl History {
    /// The newest unbroken part of a daily series: what comes after its last hole and its last close that is no
    /// price. A change over a hole would be taken for the change of one day.
    pub fn of(series: &Series) -> History {
        History::of_bars(&series.symbol, &series.bars)
    }

    /// As [`History::of`], for daily bars, oldest first.
    pub fn of_bars(symbol: &Symbol, bars: &[Bar]) -> History {
        let is_price = |bar: &Bar| bar.close.is_finite() && bar.close > 0.0;
        let broken = |at: &usize| {
            let hole = |before: usize| (bars[*at].date() - bars[before].date()).num_days() > GAP_DAYS;
            at.checked_sub(1).is_some_and(|before| hole(before) || !is_price(&bars[before]))
        };
        let from = (0..bars.len()).rev().find(broken).unwrap_or(0);
        let kept = || bars[from..].iter().filter(|bar| is_price(bar));
        History {
            symbol: symbol.clone(),
            dates: kept().map(Bar::date).collect(),
            closes: kept().map(|bar| bar.close).collect(),
        }
    }

    /// How many closes there are.
    pub fn len(&self) -> usize {
        self.closes.len()
    }

    /// True without a price.
    pub fn is_empty(&self) -> bool {
        self.closes.is_empty()
    }

    /// What was known at the end of a day.
    pub fn until(&self, day: NaiveDate) -> History {
        let end = self.dates.partition_point(|date| *date <= day);
        let (dates, closes) = (self.dates[..end].to_vec(), self.closes[..end].to_vec());
        History { symbol: self.symbol.clone(), dates, closes }
    }
}
