//! The last slot of each line of the schedule.

use crate::{
    error::Result,
    jobs::Member,
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{TenantId, UserId};
use uuid::Uuid;

/// What has slots of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The line.
    pub(crate) name: &'a str,
    /// A time zone, where the line runs in many.
    pub(crate) subject: &'a str,
    /// Which time it counts by.
    pub(crate) timeline: &'a str,
}

/// The last slot of a place.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct Last {
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) timeline: String,
    pub(crate) slot: DateTime<Utc>,
}

const LAST: &str = "
select name, subject, timeline, slot
from schedules";

/// All last slots.
pub(crate) async fn last(db: &Db) -> Result<Vec<Last>> {
    Ok(on_read!(db, |pool| sqlx::query_as(LAST).fetch_all(pool).await)?)
}

const BEGIN: &str = "
insert into schedules (name, subject, timeline, slot, noted_at)
values ($1, $2, $3, $4, $5)
on conflict do nothing";

/// Notes where a new place begins, without a job.
pub(crate) async fn begin(
    tx: &mut Tx,
    place: Place<'_>,
    slot: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, BEGIN, place.name, place.subject, place.timeline, slot, now)?;
    Ok(())
}

/// On PostgreSQL the second of two processes waits for the first one's row and then looks at the slot again.
const ADVANCE: &str = "
update schedules
set slot = $4, noted_at = $5
where name = $1 and subject = $2 and timeline = $3 and slot < $4";

/// Moves a place on to a slot; false when it is there or further already.
pub(crate) async fn advance(
    tx: &mut Tx,
    place: Place<'_>,
    slot: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(execute!(tx, ADVANCE, place.name, place.subject, place.timeline, slot, now)? == 1)
}

const NAME_JOB: &str = "
update schedules
set job_id = $4
where name = $1 and subject = $2 and timeline = $3";

/// Notes which job a slot became.
pub(crate) async fn name_job(tx: &mut Tx, place: Place<'_>, job: Uuid) -> Result<()> {
    execute!(tx, NAME_JOB, place.name, place.subject, place.timeline, job)?;
    Ok(())
}

const ZONES: &str = "
select distinct time_zone
from users
order by time_zone";

/// The time zones that users live in.
pub(crate) async fn zones(db: &Db) -> Result<Vec<String>> {
    Ok(on_read!(db, |pool| sqlx::query_scalar(ZONES).fetch_all(pool).await)?)
}

const MEMBERS: &str = "
select memberships.tenant_id, memberships.user_id
from memberships
join users on users.id = memberships.user_id
where users.time_zone = $1 and users.created_at <= $2
order by memberships.tenant_id, memberships.user_id";

/// Who lives in a zone, and did already at a moment: each in every tenant they belong to.
pub(crate) async fn members(tx: &mut Tx, zone: &str, by: DateTime<Utc>) -> Result<Vec<Member>> {
    let rows: Vec<(Uuid, Uuid)> =
        on_tx!(tx, |conn| sqlx::query_as(MEMBERS).bind(zone).bind(by).fetch_all(conn).await)?;
    Ok(rows
        .into_iter()
        .map(|(tenant, user)| Member { tenant: TenantId(tenant), user: UserId(user) })
        .collect())
}

/// A place with what became of its last slot.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct LastRun {
    pub(crate) name: String,
    pub(crate) timeline: String,
    pub(crate) slot: DateTime<Utc>,
    pub(crate) noted_at: DateTime<Utc>,
    pub(crate) job_id: Option<Uuid>,
    /// Of the job, while it is kept.
    pub(crate) state: Option<String>,
}

const RUNS: &str = "
select schedules.name, schedules.timeline, schedules.slot, schedules.noted_at, schedules.job_id, jobs.state
from schedules
left join jobs on jobs.id = schedules.job_id";

/// All places.
pub(crate) async fn runs(db: &Db) -> Result<Vec<LastRun>> {
    Ok(on_read!(db, |pool| sqlx::query_as(RUNS).fetch_all(pool).await)?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("LAST", LAST),
    ("BEGIN", BEGIN),
    ("ADVANCE", ADVANCE),
    ("NAME_JOB", NAME_JOB),
    ("ZONES", ZONES),
    ("MEMBERS", MEMBERS),
    ("RUNS", RUNS),
];
