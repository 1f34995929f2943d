//! Search interest: how often a word or a page was looked for.

use super::rows;
use crate::{
    error::Result,
    store::{Tx, on_tx},
};
use domain::{macros::SearchInterest, source::Source};

/// Interest that is not told apart by place.
const EVERYWHERE: &str = "world";

const INSERT: &str = "
insert into trend_points (keyword, geo, date, score, source)
values ($1, $2, $3, $4, $5)
on conflict (keyword, geo, date) do update set
  score = excluded.score,
  source = excluded.source";

/// Inserts or replaces; each date at most once.
pub(crate) async fn upsert(tx: &mut Tx, source: Source, interest: &SearchInterest) -> Result<()> {
    for some in interest.observations.chunks(rows::ROWS) {
        let sql = rows::many(tx, INSERT, some.len());
        on_tx!(tx, |conn| {
            let mut query = sqlx::query(sql);
            for each in some {
                query = query
                    .bind(&interest.keyword)
                    .bind(EVERYWHERE)
                    .bind(each.date)
                    .bind(each.value)
                    .bind(source.as_str());
            }
            query.execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("INSERT", INSERT)];
