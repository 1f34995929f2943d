//! Stock splits: what a price before the date has to be divided by.

use super::rows;
use crate::{
    error::Result,
    store::{Db, Tx, on_read},
};
use chrono::NaiveDate;
use domain::{Symbol, bar::Split, source::Source};

const INSERT: &str = "
insert into splits (symbol, date, numerator, denominator, source)
values ($1, $2, $3, $4, $5)
on conflict (symbol, date) do update set
  numerator = excluded.numerator,
  denominator = excluded.denominator,
  source = excluded.source
where splits.numerator <> excluded.numerator
  or splits.denominator <> excluded.denominator
  or splits.source <> excluded.source";

/// Inserts or replaces; each (symbol, date) at most once in `splits`.
pub(crate) async fn upsert(tx: &mut Tx, source: Source, splits: &[Split]) -> Result<()> {
    rows::insert_all!(tx, INSERT, splits, |split| (
        split.symbol.as_str(),
        split.date,
        split.numerator,
        split.denominator,
        source.as_str()
    ));
    Ok(())
}

const OF_SYMBOL: &str = "
select date, numerator, denominator
from splits
where symbol = $1
order by date";

/// The splits of a symbol, oldest first.
pub(crate) async fn of(db: &Db, symbol: &Symbol) -> Result<Vec<Split>> {
    let found: Vec<(NaiveDate, f64, f64)> =
        on_read!(db, |pool| sqlx::query_as(OF_SYMBOL).bind(symbol.as_str()).fetch_all(pool).await)?;
    let split =
        |(date, numerator, denominator)| Split { symbol: symbol.clone(), date, numerator, denominator };
    Ok(found.into_iter().map(split).collect())
}

const OF_MANY: &str = "
select symbol, date, numerator, denominator
from splits
where $1 like '%,' || symbol || ',%'
order by symbol, date";

/// The splits of many symbols, by symbol and date.
pub(crate) async fn of_many(db: &Db, symbols: &[Symbol]) -> Result<Vec<Split>> {
    let text = rows::one_text(symbols);
    let found: Vec<(String, NaiveDate, f64, f64)> =
        on_read!(db, |pool| sqlx::query_as(OF_MANY).bind(text).fetch_all(pool).await)?;
    let split = |(symbol, date, numerator, denominator): (String, _, _, _)| {
        Some(Split { symbol: Symbol::parse(&symbol)?, date, numerator, denominator })
    };
    Ok(found.into_iter().filter_map(split).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("INSERT", INSERT), ("OF_SYMBOL", OF_SYMBOL), ("OF_MANY", OF_MANY)];
