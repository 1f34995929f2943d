//! Price history at any interval: stored bars, and longer ones made of them.

use crate::{Engine, Error, Result, store};
use chrono::{DateTime, Utc};
use domain::{Bar, Interval, Series, Symbol, aggregate::aggregate};

/// Which part of a history; all of it unless narrowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// Bars that hold this moment or start later.
    pub from: Option<DateTime<Utc>>,
    /// Bars that start at this moment or earlier; for daily bars the label of the last day wanted.
    pub to: Option<DateTime<Utc>>,
    /// The latest so many of them.
    pub limit: Option<u32>,
}

impl Range {
    /// The latest `count` bars.
    pub fn latest(count: u32) -> Range {
        Range { limit: Some(count), ..Range::default() }
    }

    /// The part of `all`, oldest first, that the range asks for.
    pub(crate) fn cut<T>(
        &self,
        interval: Interval,
        mut all: Vec<T>,
        time: impl Fn(&T) -> DateTime<Utc>,
    ) -> Vec<T> {
        let from = self.from.map(|from| interval.floor(from));
        all.retain(|each| {
            from.is_none_or(|from| time(each) >= from) && self.to.is_none_or(|to| time(each) <= to)
        });
        let skip = self.limit.map_or(0, |limit| all.len().saturating_sub(limit as usize));
        all.drain(..skip);
        all
    }
}

/// The bars of an [`Engine`].
pub struct Bars<'a>(&'a Engine);

impl Engine {
    /// Price history.
    pub fn bars(&self) -> Bars<'_> {
        Bars(self)
    }
}

impl Bars<'_> {
    /// The bars of a symbol; none where the source has none at this interval.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn series(&self, symbol: &Symbol, interval: Interval, range: Range) -> Result<Series> {
        if self.0.instruments().find(symbol).await?.is_none() {
            return Err(Error::NotFound("the symbol"));
        }
        let mut bars = self.made_of(symbol, interval, interval.stored(), range).await?;
        if bars.is_empty() && interval.stored() == Interval::Hour1 {
            bars = self.made_of(symbol, interval, Interval::Minute1, range).await?;
        }
        Ok(Series { symbol: symbol.clone(), interval, bars })
    }

    async fn made_of(
        &self,
        symbol: &Symbol,
        interval: Interval,
        stored: Interval,
        range: Range,
    ) -> Result<Vec<Bar>> {
        // Whole bars only: the ends of the range move to the ends of the bars they fall into.
        let from = range.from.map_or(DateTime::<Utc>::MIN_UTC, |from| interval.floor(from));
        let to = range.to.map_or(DateTime::<Utc>::MAX_UTC, |to| interval.next_floor(to));
        let parts = match stored {
            Interval::Minute1 if interval.stored() == Interval::Hour1 => interval.most_parts() * 60,
            _ => interval.most_parts(),
        };
        // One more than asked for: the oldest that fits may have lost its first parts.
        let limit = range.limit.map_or(i64::MAX, |limit| (i64::from(limit) + 1) * i64::from(parts));
        let bars = store::bars::series(self.0.db(), symbol, stored, from, to, limit).await?;
        let bars = if stored == interval { bars } else { aggregate(&bars, interval) };
        Ok(range.cut(interval, bars, |bar| bar.time))
    }
}
