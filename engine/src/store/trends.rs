//! Search interest: how often a word or a page was looked for.

use super::rows;
use crate::{
    error::Result,
    store::{Db, Tx, on_read, on_tx},
};
use chrono::NaiveDate;
use domain::{
    macros::{Observation, SearchInterest},
    source::Source,
};

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

const FIND: &str = "
select keyword, date, score
from trend_points
where lower(keyword) = lower($1) and geo = $2
order by date";

/// The interest in a keyword, in any case; `None` for one nobody counted.
pub(crate) async fn find(db: &Db, keyword: &str) -> Result<Option<SearchInterest>> {
    let found: Vec<(String, NaiveDate, f64)> =
        on_read!(db, |pool| { sqlx::query_as(FIND).bind(keyword).bind(EVERYWHERE).fetch_all(pool).await })?;
    let Some(keyword) = found.first().map(|(keyword, ..)| keyword.clone()) else { return Ok(None) };
    let observations = found.into_iter().map(|(_, date, value)| Observation { date, value }).collect();
    Ok(Some(SearchInterest { keyword, observations }))
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("INSERT", INSERT), ("FIND", FIND)];
