//! Records of runs over a source of data.

use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, retire},
};
use chrono::{DateTime, Utc};
use domain::etl::{EtlRun, EtlSource, RunStatus};
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    source: String,
    started_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    status: String,
    read_rows: i64,
    upserted: i64,
    unchanged: i64,
    rejected: i64,
    repaired: i64,
    error: Option<String>,
}

impl Row {
    fn run(self) -> Result<EtlRun> {
        let broken = || Error::Internal(format!("run {} of {}: {}", self.id, self.source, self.status));
        Ok(EtlRun {
            id: self.id,
            source: EtlSource::parse(&self.source).ok_or_else(broken)?,
            status: RunStatus::parse(&self.status).ok_or_else(broken)?,
            started_at: self.started_at,
            ended_at: self.ended_at,
            read: self.read_rows.unsigned_abs(),
            upserted: self.upserted.unsigned_abs(),
            unchanged: self.unchanged.unsigned_abs(),
            rejected: self.rejected.unsigned_abs(),
            repaired: self.repaired.unsigned_abs(),
            error: self.error,
        })
    }
}

const BEGIN: &str = "
insert into etl_runs (id, source, started_at, status)
values ($1, $2, $3, 'running')";

/// Notes that a run begins.
pub(crate) async fn begin(tx: &mut Tx, id: Uuid, source: EtlSource, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, BEGIN, id, source.as_str(), at)?;
    Ok(())
}

const END: &str = "
update etl_runs
set ended_at = $2, status = $3, read_rows = $4, upserted = $5, unchanged = $6, rejected = $7, repaired = $8,
  error = $9
where id = $1";

/// Notes how a run ended.
pub(crate) async fn end(tx: &mut Tx, run: &EtlRun) -> Result<()> {
    execute!(
        tx,
        END,
        run.id,
        run.ended_at,
        run.status.as_str(),
        run.read.cast_signed(),
        run.upserted.cast_signed(),
        run.unchanged.cast_signed(),
        run.rejected.cast_signed(),
        run.repaired.cast_signed(),
        run.error.as_deref()
    )?;
    Ok(())
}

const ABANDONED: &str = "
update etl_runs
set ended_at = $3, status = 'failed', error = 'the run was broken off'
where source = $1 and status = 'running' and started_at < $2";

/// Ends the runs of a source that began before `before` and never ended: their process is gone.
pub(crate) async fn end_abandoned(
    tx: &mut Tx,
    source: EtlSource,
    before: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, ABANDONED, source.as_str(), before, at)?;
    Ok(())
}

const LATEST: &str = "
select id, source, started_at, ended_at, status, read_rows, upserted, unchanged, rejected, repaired, error
from etl_runs
where started_at < $1
order by started_at desc, id desc
limit $2";

/// The latest runs that began before a moment, newest first.
pub(crate) async fn latest(db: &Db, before: DateTime<Utc>, limit: i64) -> Result<Vec<EtlRun>> {
    let found: Vec<Row> =
        on_read!(db, |pool| sqlx::query_as(LATEST).bind(before).bind(limit).fetch_all(pool).await)?;
    found.into_iter().map(Row::run).collect()
}

const COLLECTED: &str = "
select source, max(ended_at)
from etl_runs
where status in ('done', 'partial')
group by source";

/// When each source was collected last.
pub(crate) async fn collected(db: &Db) -> Result<Vec<(EtlSource, DateTime<Utc>)>> {
    let found: Vec<(String, DateTime<Utc>)> =
        on_read!(db, |pool| sqlx::query_as(COLLECTED).fetch_all(pool).await)?;
    Ok(found.into_iter().filter_map(|(source, at)| Some((EtlSource::parse(&source)?, at))).collect())
}

const CHANGED: &str = "
select max(ended_at), (select max(loaded_at) from datasets)
from etl_runs";

/// When market data was changed last: the end of the last run, and the last loading of shipped data.
pub(crate) async fn changed(db: &Db) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    Ok(on_read!(db, |pool| sqlx::query_as(CHANGED).fetch_one(pool).await)?)
}

const CAME: &str = "
select id
from etl_runs
where started_at >= $1 and ended_at >= $2 and upserted > 0
order by ended_at, id
limit $3";

/// Runs that began and ended since these moments and changed something, by their ends.
pub(crate) async fn came(
    db: &Db,
    began: DateTime<Utc>,
    ended: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let found: Vec<Uuid> = on_read!(db, |pool| {
        sqlx::query_scalar(CAME).bind(began).bind(ended).bind(limit).fetch_all(pool).await
    })?;
    Ok(found)
}

const RETIRE: &str = "
delete from etl_runs
where started_at < $1";

const RETIRED: &str = "
select count(*)
from etl_runs
where started_at < $1";

/// Removes the records of runs from before a moment, with their scores, or only counts them.
pub(crate) async fn retire(tx: &mut Tx, before: DateTime<Utc>, dry_run: bool) -> Result<u64> {
    retire!(tx, dry_run, RETIRE, RETIRED, before)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("BEGIN", BEGIN),
    ("END", END),
    ("ABANDONED", ABANDONED),
    ("LATEST", LATEST),
    ("COLLECTED", COLLECTED),
    ("CHANGED", CHANGED),
    ("CAME", CAME),
    ("RETIRE", RETIRE),
    ("RETIRED", RETIRED),
];
