//! Scores of incoming data, per run and per subject.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, on_read},
};
use chrono::{DateTime, Utc};
use domain::{
    etl::{EtlSource, QualityScore, WeakSubject},
    quality::{Dimension, Scores, Tally},
};
use uuid::Uuid;

/// The dimensions that looked at anything.
fn tallies(scores: &Scores) -> Vec<(Dimension, Tally)> {
    let all = Dimension::ALL.into_iter().map(|each| (each, scores.of(each)));
    all.filter(|(_, tally)| tally.checked > 0).collect()
}

const INSERT: &str = "
insert into quality_scores (run_id, source, dimension, at, checked, failed)
values ($1, $2, $3, $4, $5, $6)";

/// Notes the scores of a run.
pub(crate) async fn insert(
    tx: &mut Tx,
    run: Uuid,
    source: EtlSource,
    at: DateTime<Utc>,
    scores: &Scores,
) -> Result<()> {
    rows::insert_all!(tx, INSERT, tallies(scores), |(dimension, tally)| (
        run,
        source.as_str(),
        dimension.as_str(),
        at,
        tally.checked.cast_signed(),
        tally.failed.cast_signed()
    ));
    Ok(())
}

const OF_SUBJECT: &str = "
insert into quality_subjects (source, subject, dimension, at, checked, failed)
values ($1, $2, $3, $4, $5, $6)
on conflict (source, subject, dimension) do update set
  at = excluded.at,
  checked = excluded.checked,
  failed = excluded.failed";

/// Replaces the scores of one symbol, series or keyword.
pub(crate) async fn set_subject(
    tx: &mut Tx,
    source: EtlSource,
    subject: &str,
    at: DateTime<Utc>,
    scores: &Scores,
) -> Result<()> {
    rows::insert_all!(tx, OF_SUBJECT, tallies(scores), |(dimension, tally)| (
        source.as_str(),
        subject,
        dimension.as_str(),
        at,
        tally.checked.cast_signed(),
        tally.failed.cast_signed()
    ));
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    source: String,
    subject: String,
    dimension: String,
    at: DateTime<Utc>,
    checked: i64,
    failed: i64,
}

impl Row {
    fn weak(self) -> Result<WeakSubject> {
        let broken = || Error::Internal(format!("score of {} {}", self.source, self.dimension));
        let tally = Tally { checked: self.checked.unsigned_abs(), failed: self.failed.unsigned_abs() };
        Ok(WeakSubject {
            source: EtlSource::parse(&self.source).ok_or_else(broken)?,
            dimension: Dimension::parse(&self.dimension).ok_or_else(broken)?,
            score: tally.score().ok_or_else(broken)?,
            subject: self.subject,
            at: self.at,
        })
    }

    fn score(self) -> Result<QualityScore> {
        let WeakSubject { source, dimension, score, at, .. } = self.weak()?;
        Ok(QualityScore { source, dimension, score, at })
    }
}

const SCORES: &str = "
select source, '' as subject, dimension, at, checked, failed
from quality_scores
where at >= $1
order by at desc
limit $2";

/// The latest scores of runs since a moment, oldest first.
pub(crate) async fn scores(db: &Db, since: DateTime<Utc>, limit: i64) -> Result<Vec<QualityScore>> {
    let found: Vec<Row> =
        on_read!(db, |pool| sqlx::query_as(SCORES).bind(since).bind(limit).fetch_all(pool).await)?;
    found.into_iter().rev().map(Row::score).collect()
}

const DAILY: &str = "
select q.source, '' as subject, q.dimension, max(q.at) as at, cast(sum(q.checked) as bigint) as checked,
  cast(sum(q.failed) as bigint) as failed
from quality_scores q
where q.at >= $1
group by substr(cast(q.at as text), 1, 10), q.source, q.dimension
order by max(q.at), q.source, q.dimension";

/// The scores since a moment, those of a day (UTC) put together, each as of the day's last run; oldest first.
pub(crate) async fn daily(db: &Db, since: DateTime<Utc>) -> Result<Vec<QualityScore>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(DAILY).bind(since).fetch_all(pool).await)?;
    found.into_iter().map(Row::score).collect()
}

const WEAKEST: &str = "
select source, subject, dimension, at, checked, failed
from quality_subjects
where failed > 0
order by cast(failed as double precision) / checked desc, source, subject, dimension
limit $1";

/// What scored worst when it was last collected.
pub(crate) async fn weakest(db: &Db, limit: i64) -> Result<Vec<WeakSubject>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(WEAKEST).bind(limit).fetch_all(pool).await)?;
    found.into_iter().map(Row::weak).collect()
}

const COLLECTED: &str = "
select subject, max(at)
from quality_subjects
where source = $1
group by subject";

/// When each symbol, series or keyword of a source was scored last.
pub(crate) async fn collected(db: &Db, source: EtlSource) -> Result<Vec<(String, DateTime<Utc>)>> {
    let found: Vec<(String, DateTime<Utc>)> =
        on_read!(db, |pool| sqlx::query_as(COLLECTED).bind(source.as_str()).fetch_all(pool).await)?;
    Ok(found)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("OF_SUBJECT", OF_SUBJECT),
    ("SCORES", SCORES),
    ("DAILY", DAILY),
    ("WEAKEST", WEAKEST),
    ("COLLECTED", COLLECTED),
];
