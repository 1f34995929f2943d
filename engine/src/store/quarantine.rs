//! Records kept out until somebody decides, and records stored with other values than they came with.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, retire},
};
use chrono::{DateTime, Utc};
use domain::{
    UserId,
    etl::{EtlSource, Quarantined, Repaired},
    quality::Rule,
};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// Where records come from and what they are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) source: EtlSource,
    pub(crate) provider: &'a str,
    /// The symbol, series or keyword.
    pub(crate) subject: &'a str,
    /// Interval of bars, or what else the records are: `history`, `dividend`, `observation`, `headline`.
    pub(crate) span: &'a str,
}

/// A record with what was found about it.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) at: DateTime<Utc>,
    pub(crate) rule: Rule,
    pub(crate) reason: String,
    pub(crate) raw: Value,
    /// As stored; absent where it was not.
    pub(crate) value: Option<Value>,
}

/// A record that came again as it was decided about stays decided.
const HOLD: &str = "
insert into quarantine (id, source, provider, subject, span, at, rule, reason, raw, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (source, subject, span, at, rule) do update set
  provider = excluded.provider,
  reason = excluded.reason,
  raw = excluded.raw,
  created_at = excluded.created_at,
  decision = null,
  decided_at = null,
  decided_by = null
where quarantine.decision = 'replaced' or quarantine.raw <> excluded.raw";

/// Keeps records out.
pub(crate) async fn hold(tx: &mut Tx, of: Origin<'_>, all: &[Finding], now: DateTime<Utc>) -> Result<()> {
    rows::insert_all!(tx, HOLD, all, |each| (
        Uuid::now_v7(),
        of.source.as_str(),
        of.provider,
        of.subject,
        of.span,
        each.at,
        each.rule.as_str(),
        &each.reason,
        Json(&each.raw),
        now
    ));
    Ok(())
}

const REPLACED: &str = "
update quarantine
set decision = 'replaced', decided_at = $6
where source = $1 and subject = $2 and span = $3 and at >= $4 and at <= $5 and decision is null";

/// A new batch covers `from..=to`: what is wrong in it is held anew afterwards, the rest has been mended.
pub(crate) async fn release(
    tx: &mut Tx,
    of: Origin<'_>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, REPLACED, of.source.as_str(), of.subject, of.span, from, to, now)?;
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    source: String,
    provider: String,
    subject: String,
    span: String,
    at: DateTime<Utc>,
    rule: String,
    reason: String,
    raw: Json<Value>,
    created_at: DateTime<Utc>,
}

impl Row {
    fn entry(self) -> Result<Entry> {
        let broken = || Error::Internal(format!("quarantine {} by {}", self.source, self.rule));
        let shown = Quarantined {
            id: self.id,
            source: EtlSource::parse(&self.source).ok_or_else(broken)?,
            rule: Rule::parse(&self.rule).ok_or_else(broken)?,
            provider: self.provider,
            symbol: self.subject,
            date: self.at.date_naive(),
            reason: self.reason,
            raw: self.raw.0,
            created_at: self.created_at,
        };
        Ok(Entry { shown, span: self.span })
    }
}

/// A record kept out, with what it is.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) shown: Quarantined,
    /// See [`Origin::span`].
    pub(crate) span: String,
}

const OPEN: &str = "
select id, source, provider, subject, span, at, rule, reason, raw, created_at
from quarantine
where decision is null
order by created_at desc, at desc, id
limit $1";

/// What waits for a decision, newest first.
pub(crate) async fn open(db: &Db, limit: i64) -> Result<Vec<Quarantined>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(OPEN).bind(limit).fetch_all(pool).await)?;
    found.into_iter().map(|row| row.entry().map(|entry| entry.shown)).collect()
}

const DECIDE: &str = "
update quarantine
set decision = $2, decided_at = $3, decided_by = $4
where id = $1 and decision is null
returning id, source, provider, subject, span, at, rule, reason, raw, created_at";

/// Decides about a record; `None` when there is none to decide about.
pub(crate) async fn decide(
    tx: &mut Tx,
    id: Uuid,
    accept: bool,
    at: DateTime<Utc>,
    by: UserId,
) -> Result<Option<Entry>> {
    let word = if accept { "accepted" } else { "rejected" };
    let row: Option<Row> = on_tx!(tx, |conn| {
        sqlx::query_as(DECIDE).bind(id).bind(word).bind(at).bind(by.0).fetch_optional(conn).await
    })?;
    row.map(Row::entry).transpose()
}

const TRUSTED: &str = "
select at, raw
from quarantine
where source = $1 and subject = $2 and span = $3 and decision = 'accepted'";

/// Records of a subject that somebody accepted: they are not asked about again while they come unchanged.
pub(crate) async fn trusted(db: &Db, of: Origin<'_>) -> Result<Vec<(DateTime<Utc>, Value)>> {
    let found: Vec<(DateTime<Utc>, Json<Value>)> = on_read!(db, |pool| {
        sqlx::query_as(TRUSTED).bind(of.source.as_str()).bind(of.subject).bind(of.span).fetch_all(pool).await
    })?;
    Ok(found.into_iter().map(|(at, raw)| (at, raw.0)).collect())
}

const REPAIR: &str = "
insert into repairs (source, provider, subject, span, at, rule, reason, raw, value, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (source, subject, span, at, rule) do update set
  provider = excluded.provider,
  reason = excluded.reason,
  raw = excluded.raw,
  value = excluded.value,
  created_at = excluded.created_at
where repairs.raw <> excluded.raw or repairs.value <> excluded.value";

/// Notes repairs; those known already stay as they are.
pub(crate) async fn note(tx: &mut Tx, of: Origin<'_>, all: &[Finding], now: DateTime<Utc>) -> Result<()> {
    rows::insert_all!(tx, REPAIR, all, |each| (
        of.source.as_str(),
        of.provider,
        of.subject,
        of.span,
        each.at,
        each.rule.as_str(),
        &each.reason,
        Json(&each.raw),
        Json(&each.value),
        now
    ));
    Ok(())
}

#[derive(sqlx_macros::FromRow)]
struct RepairRow {
    source: String,
    provider: String,
    subject: String,
    at: DateTime<Utc>,
    rule: String,
    reason: String,
    raw: Json<Value>,
    value: Json<Value>,
    created_at: DateTime<Utc>,
}

const REPAIRS: &str = "
select source, provider, subject, at, rule, reason, raw, value, created_at
from repairs
order by created_at desc, at desc, subject
limit $1";

/// The latest repairs, newest first.
pub(crate) async fn repairs(db: &Db, limit: i64) -> Result<Vec<Repaired>> {
    let found: Vec<RepairRow> =
        on_read!(db, |pool| sqlx::query_as(REPAIRS).bind(limit).fetch_all(pool).await)?;
    let repaired = |row: RepairRow| {
        let broken = || Error::Internal(format!("repair {} by {}", row.source, row.rule));
        Ok(Repaired {
            source: EtlSource::parse(&row.source).ok_or_else(broken)?,
            rule: Rule::parse(&row.rule).ok_or_else(broken)?,
            provider: row.provider,
            symbol: row.subject,
            date: row.at.date_naive(),
            reason: row.reason,
            raw: row.raw.0,
            value: row.value.0,
            created_at: row.created_at,
        })
    };
    found.into_iter().map(repaired).collect()
}

const RETIRE: &str = "
delete from quarantine
where decided_at < $1 and decision in ('replaced', 'rejected')";

const RETIRED: &str = "
select count(*)
from quarantine
where decided_at < $1 and decision in ('replaced', 'rejected')";

/// Removes what was decided against before a moment, or only counts it; what was accepted goes on counting.
pub(crate) async fn retire(tx: &mut Tx, before: DateTime<Utc>, dry_run: bool) -> Result<u64> {
    retire!(tx, dry_run, RETIRE, RETIRED, before)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("HOLD", HOLD),
    ("REPLACED", REPLACED),
    ("OPEN", OPEN),
    ("DECIDE", DECIDE),
    ("TRUSTED", TRUSTED),
    ("REPAIR", REPAIR),
    ("REPAIRS", REPAIRS),
    ("RETIRE", RETIRE),
    ("RETIRED", RETIRED),
];
