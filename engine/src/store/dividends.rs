//! Cash dividends per share.

use super::rows;
use crate::{
    error::Result,
    store::{Db, Tx, execute, on_read},
};
use chrono::NaiveDate;
use domain::{Symbol, bar::Dividend, source::Source};

const INSERT: &str = "
insert into dividends (symbol, date, amount, source)
values ($1, $2, $3, $4)
on conflict (symbol, date) do update set
  amount = excluded.amount,
  source = excluded.source
where dividends.amount is distinct from excluded.amount
  or dividends.source is distinct from excluded.source";

/// Inserts or replaces; each (symbol, date) at most once in `dividends`. How many were new or different.
pub(crate) async fn upsert(tx: &mut Tx, source: Source, dividends: &[Dividend]) -> Result<u64> {
    Ok(rows::insert_all!(tx, INSERT, dividends, |dividend| (
        dividend.symbol.as_str(),
        dividend.date,
        dividend.amount,
        source.as_str()
    )))
}

const OF_SYMBOL: &str = "
select date, amount
from dividends
where symbol = $1
order by date";

/// The dividends of a symbol, oldest first.
pub(crate) async fn of(db: &Db, symbol: &Symbol) -> Result<Vec<Dividend>> {
    let found: Vec<(NaiveDate, f64)> =
        on_read!(db, |pool| sqlx::query_as(OF_SYMBOL).bind(symbol.as_str()).fetch_all(pool).await)?;
    Ok(found.into_iter().map(|(date, amount)| Dividend { symbol: symbol.clone(), date, amount }).collect())
}

const RESTATE: &str = "
delete from dividends
where symbol = $1 and date >= $2";

/// Removes the dividends of a symbol from a day on, before a whole history is stored anew: those of an older
/// split basis must not stay beside it.
pub(crate) async fn forget_since(tx: &mut Tx, symbol: &Symbol, from: NaiveDate) -> Result<()> {
    execute!(tx, RESTATE, symbol.as_str(), from)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("INSERT", INSERT), ("OF_SYMBOL", OF_SYMBOL), ("RESTATE", RESTATE)];
