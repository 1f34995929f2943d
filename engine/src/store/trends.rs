//! Search interest: how often a word or a page was looked for.

use super::rows;
use crate::{
    error::Result,
    store::{Db, Tx, execute, on_read, retire},
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
  source = excluded.source
where trend_points.score <> excluded.score
  or trend_points.source <> excluded.source";

/// Inserts or replaces; each date at most once. How many were new or different.
pub(crate) async fn upsert(tx: &mut Tx, source: Source, interest: &SearchInterest) -> Result<u64> {
    Ok(rows::insert_all!(tx, INSERT, interest.observations, |each| (
        &interest.keyword,
        EVERYWHERE,
        each.date,
        each.value,
        source.as_str()
    )))
}

const LEFT_BEHIND: &str = "
delete from trend_points
where keyword = $1 and geo = $2 and source <> $3";

/// Removes the points of a keyword that other sources counted: their scales differ.
pub(crate) async fn forget_left_behind(tx: &mut Tx, keyword: &str, source: Source) -> Result<()> {
    execute!(tx, LEFT_BEHIND, keyword, EVERYWHERE, source.as_str())?;
    Ok(())
}

const NEWEST: &str = "
select keyword, max(date)
from trend_points
where keyword not in (select keyword from asked_keywords)
group by keyword";

/// The newest day of each keyword that is collected for everybody.
pub(crate) async fn newest(db: &Db) -> Result<Vec<(String, NaiveDate)>> {
    Ok(on_read!(db, |pool| sqlx::query_as(NEWEST).fetch_all(pool).await)?)
}

const RETIRE: &str = "
delete from trend_points
where date < $1 and source <> 'bundled'";

const RETIRED: &str = "
select count(*)
from trend_points
where date < $1 and source <> 'bundled'";

/// Removes collected points from before a day, or only counts them.
pub(crate) async fn retire(tx: &mut Tx, before: NaiveDate, dry_run: bool) -> Result<u64> {
    retire!(tx, dry_run, RETIRE, RETIRED, before)
}

const FIND: &str = "
select keyword, date, score
from f_trends
where lower(keyword) = lower($1) and geo = $2
order by date";

/// The interest in a keyword that is collected for everybody, in any case, from 0 to 100 whoever counted; `None` for one
/// nobody counted. What is stored is what was counted: the next day may be the busiest.
pub(crate) async fn find(db: &Db, keyword: &str) -> Result<Option<SearchInterest>> {
    Ok(interest(on_read!(db, |pool| {
        sqlx::query_as(FIND).bind(keyword).bind(EVERYWHERE).fetch_all(pool).await
    })?))
}

const FIND_ASKED: &str = "
select keyword, date, score
from trend_scores
where keyword = $1 and geo = $2
order by date";

/// As [`find`], also of what tenants alone asked for, written as it is kept: for those who asked.
pub(crate) async fn find_asked(db: &Db, keyword: &str) -> Result<Option<SearchInterest>> {
    Ok(interest(on_read!(db, |pool| {
        sqlx::query_as(FIND_ASKED).bind(keyword).bind(EVERYWHERE).fetch_all(pool).await
    })?))
}

fn interest(found: Vec<(String, NaiveDate, f64)>) -> Option<SearchInterest> {
    let keyword = found.first().map(|(keyword, ..)| keyword.clone())?;
    let observations = found.into_iter().map(|(_, date, value)| Observation { date, value }).collect();
    Some(SearchInterest { keyword, observations })
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("FIND", FIND),
    ("FIND_ASKED", FIND_ASKED),
    ("NEWEST", NEWEST),
    ("LEFT_BEHIND", LEFT_BEHIND),
    ("RETIRE", RETIRE),
    ("RETIRED", RETIRED),
];
