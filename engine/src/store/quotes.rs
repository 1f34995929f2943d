//! The latest prices that were asked for, one a symbol, so that every process shows what one of them was told.

use super::rows;
use crate::{
    error::Result,
    store::{Db, Tx, on_read},
};
use chrono::{DateTime, Utc};
use domain::{Quote, Symbol};
use sqlx::types::Json;
use std::collections::BTreeMap;
use uuid::Uuid;

const PUT: &str = "
insert into latest_quotes (symbol, quote, process, noted_at)
values ($1, $2, $3, $4)
on conflict (symbol) do update set
  quote = excluded.quote,
  process = excluded.process,
  noted_at = excluded.noted_at";

/// Keeps what a process was told now, in place of what was kept of the same symbols.
pub(crate) async fn put(tx: &mut Tx, quotes: &[Quote], process: Uuid, now: DateTime<Utc>) -> Result<()> {
    // One statement can not write a row twice.
    let each: BTreeMap<&Symbol, &Quote> = quotes.iter().map(|quote| (&quote.symbol, quote)).collect();
    let each: Vec<&Quote> = each.into_values().collect();
    rows::insert_all!(tx, PUT, each, |quote| (quote.symbol.as_str(), Json(*quote), process, now));
    Ok(())
}

const OTHERS: &str = "
select quote
from latest_quotes
where noted_at >= $1 and process <> $2
order by noted_at, symbol
limit $3";

/// What other processes were told since a moment, oldest first.
pub(crate) async fn others(db: &Db, process: Uuid, since: DateTime<Utc>, limit: i64) -> Result<Vec<Quote>> {
    let found: Vec<(Json<Quote>,)> = on_read!(db, |pool| {
        sqlx::query_as(OTHERS).bind(since).bind(process).bind(limit).fetch_all(pool).await
    })?;
    Ok(found.into_iter().map(|row| row.0.0).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("PUT", PUT), ("OTHERS", OTHERS)];
