//! Stock splits: what a price before the date has to be divided by.

use super::rows;
use crate::{
    error::Result,
    store::{Tx, on_tx},
};
use domain::{bar::Split, source::Source};

const INSERT: &str = "
insert into splits (symbol, date, numerator, denominator, source)
values ($1, $2, $3, $4, $5)
on conflict (symbol, date) do update set
  numerator = excluded.numerator,
  denominator = excluded.denominator,
  source = excluded.source";

/// Inserts or replaces; each (symbol, date) at most once in `splits`.
pub(crate) async fn upsert(tx: &mut Tx, source: Source, splits: &[Split]) -> Result<()> {
    for some in splits.chunks(rows::ROWS) {
        let sql = rows::many(tx, INSERT, some.len());
        on_tx!(tx, |conn| {
            let mut query = sqlx::query(sql);
            for split in some {
                query = query
                    .bind(split.symbol.as_str())
                    .bind(split.date)
                    .bind(split.numerator)
                    .bind(split.denominator)
                    .bind(source.as_str());
            }
            query.execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("INSERT", INSERT)];
