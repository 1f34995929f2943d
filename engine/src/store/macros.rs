//! Economic series and search interest.

use super::rows;
use crate::{
    error::Result,
    store::{Db, Tx, execute, on_read, retire},
};
use chrono::NaiveDate;
use domain::{
    macros::{MacroSeries, Observation},
    source::Source,
};

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    name: String,
    frequency: String,
    units: String,
}

impl Row {
    fn series(self, observations: Vec<Observation>) -> MacroSeries {
        MacroSeries {
            id: self.id,
            name: self.name,
            frequency: self.frequency,
            units: self.units,
            observations,
        }
    }
}

#[derive(sqlx_macros::FromRow)]
struct Point {
    series_id: String,
    date: NaiveDate,
    value: f64,
}

const ALL: &str = "
select id, name, frequency, units
from macro_series
order by id";

const LATEST: &str = "
with starts as materialized (
  select s.id, coalesce((
    select p.date
    from macro_observations p
    where p.series_id = s.id
    order by p.date desc
    limit 1 offset $1
  ), $2) as start
  from macro_series s
)
select o.series_id, o.date, o.value
from starts s
join macro_observations o on o.series_id = s.id and o.date >= s.start
order by o.series_id, o.date";

/// Every series with its latest `count` observations, by id; two queries. A count of zero gives none.
pub(crate) async fn all(db: &Db, count: i64) -> Result<Vec<MacroSeries>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(ALL).fetch_all(pool).await)?;
    let points: Vec<Point> = if count == 0 {
        Vec::new()
    } else {
        on_read!(db, |pool| {
            sqlx::query_as(LATEST).bind(count - 1).bind(FIRST_DATE).fetch_all(pool).await
        })?
    };
    let of = |id: &str| {
        let points = points.iter().filter(|point| point.series_id == id);
        points.map(|point| Observation { date: point.date, value: point.value }).collect()
    };
    Ok(found
        .into_iter()
        .map(|row| {
            let observations = of(&row.id);
            row.series(observations)
        })
        .collect())
}

/// Before any observation.
const FIRST_DATE: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("is a date");

const FIND: &str = "
select id, name, frequency, units
from macro_series
where id = $1";

const OBSERVATIONS: &str = "
select series_id, date, value
from macro_observations
where series_id = $1
order by date desc
limit $2";

/// One series with its latest `limit` observations, oldest first.
pub(crate) async fn find(db: &Db, id: &str, limit: i64) -> Result<Option<MacroSeries>> {
    let row: Option<Row> = on_read!(db, |pool| sqlx::query_as(FIND).bind(id).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    let points: Vec<Point> =
        on_read!(db, |pool| { sqlx::query_as(OBSERVATIONS).bind(id).bind(limit).fetch_all(pool).await })?;
    let observations =
        points.iter().rev().map(|point| Observation { date: point.date, value: point.value }).collect();
    Ok(Some(row.series(observations)))
}

const SERIES: &str = "
insert into macro_series (id, name, frequency, units, source)
values ($1, $2, $3, $4, $5)
on conflict (id) do update set
  name = excluded.name,
  frequency = excluded.frequency,
  units = excluded.units,
  source = excluded.source";

const INSERT: &str = "
insert into macro_observations (series_id, date, value)
values ($1, $2, $3)
on conflict (series_id, date) do update set value = excluded.value
where macro_observations.value <> excluded.value";

/// Inserts or replaces a series and its observations; each date at most once. How many observations were new or
/// different.
pub(crate) async fn upsert(tx: &mut Tx, source: Source, series: &MacroSeries) -> Result<u64> {
    execute!(tx, SERIES, &series.id, &series.name, &series.frequency, &series.units, source.as_str())?;
    Ok(rows::insert_all!(tx, INSERT, series.observations, |each| (&series.id, each.date, each.value)))
}

/// Inserts or replaces one observation of a stored series.
pub(crate) async fn correct(tx: &mut Tx, id: &str, one: Observation) -> Result<()> {
    execute!(tx, INSERT, id, one.date, one.value)?;
    Ok(())
}

const RETIRE: &str = "
delete from macro_observations
where date < $1 and series_id in (select id from macro_series where source <> 'bundled')";

const RETIRED: &str = "
select count(*)
from macro_observations
where date < $1 and series_id in (select id from macro_series where source <> 'bundled')";

/// Removes observations of collected series from before a day, or only counts them.
pub(crate) async fn retire(tx: &mut Tx, before: NaiveDate, dry_run: bool) -> Result<u64> {
    retire!(tx, dry_run, RETIRE, RETIRED, before)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("ALL", ALL),
    ("LATEST", LATEST),
    ("FIND", FIND),
    ("OBSERVATIONS", OBSERVATIONS),
    ("SERIES", SERIES),
    ("RETIRE", RETIRE),
    ("RETIRED", RETIRED),
];
