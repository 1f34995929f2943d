//! Reports and who wants them by mail.

use crate::{
    Cx,
    error::{Error, Result},
    jobs::Member,
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{
    TenantId, UserId,
    portfolio::PortfolioId,
    report::{Fact, Made, Paper, Preferences, ReportId, ReportInfo, State},
};
use sqlx::types::Json;
use uuid::Uuid;

/// A report as it is kept.
#[derive(Debug, sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    portfolio_id: Option<Uuid>,
    subject: String,
    state: String,
    paper: String,
    slot: Option<DateTime<Utc>>,
    job_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    made_at: Option<DateTime<Utc>>,
    sha256: Option<String>,
    size_bytes: Option<i64>,
    lead: Option<String>,
    facts: Option<Json<Vec<Fact>>>,
    mailed_at: Option<DateTime<Utc>>,
    problem: Option<String>,
}

fn shown(row: Row) -> Result<ReportInfo> {
    let broken = |what: &str| Error::Internal(format!("a report with the {what}"));
    let made = match (row.sha256, row.size_bytes, row.made_at) {
        (Some(sha256), Some(size_bytes), Some(at)) => Some(Made {
            sha256,
            size_bytes,
            at,
            lead: row.lead.unwrap_or_default(),
            facts: row.facts.map(|facts| facts.0).unwrap_or_default(),
        }),
        _ => None,
    };
    Ok(ReportInfo {
        id: ReportId(row.id),
        portfolio_id: row.portfolio_id.map(PortfolioId),
        subject: row.subject,
        state: State::parse(&row.state).ok_or_else(|| broken(&format!("state {}", row.state)))?,
        paper: Paper::parse(&row.paper).ok_or_else(|| broken(&format!("paper {}", row.paper)))?,
        scheduled: row.slot.is_some(),
        created_at: row.created_at,
        job_id: row.job_id,
        made,
        mailed_at: row.mailed_at,
        problem: row.problem,
    })
}

const LIST: &str = "
select id, portfolio_id, subject, state, paper, slot, job_id, created_at, made_at, sha256, size_bytes, lead, facts,
  mailed_at, problem
from reports
where tenant_id = $1
order by created_at desc, id desc
limit $2";

/// The newest reports of the caller's tenant.
pub(crate) async fn list(db: &Db, cx: &Cx, limit: i64) -> Result<Vec<ReportInfo>> {
    let rows: Vec<Row> =
        on_read!(db, cx, |conn| sqlx::query_as(LIST).bind(cx.tenant.0).bind(limit).fetch_all(conn).await)?;
    rows.into_iter().map(shown).collect()
}

const ONE: &str = "
select id, portfolio_id, subject, state, paper, slot, job_id, created_at, made_at, sha256, size_bytes, lead, facts,
  mailed_at, problem
from reports
where tenant_id = $1 and id = $2";

/// One report; `None` also for another tenant's.
pub(crate) async fn one(db: &Db, cx: &Cx, id: ReportId) -> Result<Option<ReportInfo>> {
    let row: Option<Row> =
        on_read!(db, cx, |conn| sqlx::query_as(ONE).bind(cx.tenant.0).bind(id.0).fetch_optional(conn).await)?;
    row.map(shown).transpose()
}

const OF_JOB: &str = "
select id
from reports
where tenant_id = $1 and job_id = $2
order by created_at desc
limit 1";

/// The report a job makes.
pub(crate) async fn of_job(tx: &mut Tx, cx: &Cx, job: Uuid) -> Result<Option<ReportId>> {
    let id: Option<Uuid> = on_tx!(tx, |conn| {
        sqlx::query_scalar(OF_JOB).bind(cx.tenant.0).bind(job).fetch_optional(conn).await
    })?;
    Ok(id.map(ReportId))
}

const INSERT: &str = "
insert into reports (tenant_id, id, user_id, portfolio_id, subject, state, paper, slot, job_id, created_at)
values ($1, $2, $3, $4, '', 'building', $5, $6, $7, $8)
on conflict (tenant_id, user_id, slot) do nothing";

/// A report on its way; of a slot there is one, whoever comes first.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, new: &New) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        new.id.0,
        cx.user.0,
        new.portfolio.map(|portfolio| portfolio.0),
        new.paper.as_str(),
        new.slot,
        new.job,
        new.at
    )?;
    Ok(())
}

/// A report on its way.
pub(crate) struct New {
    pub(crate) id: ReportId,
    pub(crate) portfolio: Option<PortfolioId>,
    pub(crate) paper: Paper,
    pub(crate) slot: Option<DateTime<Utc>>,
    pub(crate) job: Uuid,
    pub(crate) at: DateTime<Utc>,
}

const OF_SLOT: &str = "
select id
from reports
where tenant_id = $1 and user_id = $2 and slot = $3";

/// The caller's report of a slot.
pub(crate) async fn of_slot(tx: &mut Tx, cx: &Cx, slot: DateTime<Utc>) -> Result<Option<ReportId>> {
    let id: Option<Uuid> = on_tx!(tx, |conn| {
        sqlx::query_scalar(OF_SLOT).bind(cx.tenant.0).bind(cx.user.0).bind(slot).fetch_optional(conn).await
    })?;
    Ok(id.map(ReportId))
}

const READY: &str = "
update reports
set state = 'ready', subject = $3, sha256 = $4, size_bytes = $5, made_at = $6, lead = $7, facts = $8, problem = null
where tenant_id = $1 and id = $2";

/// It can be read.
pub(crate) async fn ready(tx: &mut Tx, cx: &Cx, id: ReportId, subject: &str, made: &Made) -> Result<()> {
    execute!(
        tx,
        READY,
        cx.tenant.0,
        id.0,
        subject,
        &made.sha256,
        made.size_bytes,
        made.at,
        &made.lead,
        Json(&made.facts)
    )?;
    Ok(())
}

const FAIL: &str = "
update reports
set state = 'failed', problem = $3
where tenant_id = $1 and id = $2 and state = 'building'";

/// It could not be made.
pub(crate) async fn fail(tx: &mut Tx, cx: &Cx, id: ReportId, problem: &str) -> Result<()> {
    execute!(tx, FAIL, cx.tenant.0, id.0, problem)?;
    Ok(())
}

const MAILED: &str = "
update reports
set mailed_at = $3
where tenant_id = $1 and id = $2";

/// It was mailed.
pub(crate) async fn mailed(tx: &mut Tx, cx: &Cx, id: ReportId, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, MAILED, cx.tenant.0, id.0, at)?;
    Ok(())
}

const DELETE: &str = "
delete from reports
where tenant_id = $1 and id = $2";

/// Gone.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, id: ReportId) -> Result<()> {
    execute!(tx, DELETE, cx.tenant.0, id.0)?;
    Ok(())
}

const OLD: &str = "
select tenant_id, user_id, id
from reports
where created_at < $1
order by created_at
limit $2";

/// Reports older than that, of any tenant.
pub(crate) async fn old(
    db: &Db,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(TenantId, UserId, ReportId)>> {
    let rows: Vec<(Uuid, Uuid, Uuid)> =
        on_read!(db, |pool| sqlx::query_as(OLD).bind(before).bind(limit).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(|(tenant, user, id)| (TenantId(tenant), UserId(user), ReportId(id))).collect())
}

const PREFERENCES: &str = "
select mail, paper
from report_preferences
where tenant_id = $1 and user_id = $2";

/// What the caller wants; the default where nothing was said.
pub(crate) async fn preferences(db: &Db, cx: &Cx) -> Result<Preferences> {
    let row: Option<(bool, String)> = on_read!(db, cx, |conn| {
        sqlx::query_as(PREFERENCES).bind(cx.tenant.0).bind(cx.user.0).fetch_optional(conn).await
    })?;
    Ok(row.map_or_else(Preferences::default, |(mail, paper)| Preferences {
        mail,
        paper: Paper::parse(&paper).unwrap_or_default(),
    }))
}

const PREFER: &str = "
insert into report_preferences (tenant_id, user_id, mail, paper, changed_at)
values ($1, $2, $3, $4, $5)
on conflict (tenant_id, user_id) do update set mail = $3, paper = $4, changed_at = $5";

/// The caller wants this from now on.
pub(crate) async fn prefer(tx: &mut Tx, cx: &Cx, wish: Preferences, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, PREFER, cx.tenant.0, cx.user.0, wish.mail, wish.paper.as_str(), at)?;
    Ok(())
}

const READERS: &str = "
select memberships.tenant_id, memberships.user_id
from memberships
join users on users.id = memberships.user_id
join report_preferences
  on report_preferences.tenant_id = memberships.tenant_id and report_preferences.user_id = memberships.user_id
where users.time_zone = $1 and report_preferences.changed_at <= $2 and report_preferences.mail
order by memberships.tenant_id, memberships.user_id";

/// Who lives in a zone and wanted their report by a moment.
pub(crate) async fn readers(tx: &mut Tx, zone: &str, by: DateTime<Utc>) -> Result<Vec<Member>> {
    let rows: Vec<(Uuid, Uuid)> =
        on_tx!(tx, |conn| sqlx::query_as(READERS).bind(zone).bind(by).fetch_all(conn).await)?;
    Ok(rows
        .into_iter()
        .map(|(tenant, user)| Member { tenant: TenantId(tenant), user: UserId(user) })
        .collect())
}

const ROLE: &str = "
select role
from memberships
where tenant_id = $1 and user_id = $2";

/// What a user is within a tenant; `None` for one who left.
pub(crate) async fn role(db: &Db, tenant: TenantId, user: UserId) -> Result<Option<domain::Role>> {
    let word: Option<String> =
        on_read!(db, |pool| sqlx::query_scalar(ROLE).bind(tenant.0).bind(user.0).fetch_optional(pool).await)?;
    Ok(word.and_then(|word| domain::Role::parse(&word)))
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("LIST", LIST),
    ("ONE", ONE),
    ("OF_JOB", OF_JOB),
    ("INSERT", INSERT),
    ("OF_SLOT", OF_SLOT),
    ("READY", READY),
    ("FAIL", FAIL),
    ("MAILED", MAILED),
    ("DELETE", DELETE),
    ("OLD", OLD),
    ("PREFERENCES", PREFERENCES),
    ("PREFER", PREFER),
    ("READERS", READERS),
    ("ROLE", ROLE),
];
