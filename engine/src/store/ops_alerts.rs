//! Alerts for operators: what was raised, and what became of it on each channel. They belong to no tenant.

use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, retire},
};
use chrono::{DateTime, Utc};
use domain::{
    UserId,
    event::OpsAlertTold,
    ops_alert::{Channel, Delivery, Level, Notice, OpsAlert},
};
use std::collections::HashMap;
use uuid::Uuid;

/// An alert that was raised again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx_macros::FromRow)]
pub(crate) struct Counted {
    pub(crate) id: Uuid,
    /// When it was last sent out.
    pub(crate) told_at: DateTime<Utc>,
}

const COUNT_UP: &str = "
update ops_alerts
set level = $2, subject = $3, text = $4, count = count + 1, last_at = $5
where id = (
  select id
  from ops_alerts
  where key = $1 and (acknowledged_at is null or told_at > $6)
  order by last_at desc, id desc
  limit 1
)
returning id, told_at";

/// Counts the alert with this key up that is open, or was told after `quiet_since`; `None` where there is none.
pub(crate) async fn count_up(
    tx: &mut Tx,
    notice: &Notice,
    now: DateTime<Utc>,
    quiet_since: DateTime<Utc>,
) -> Result<Option<Counted>> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_as(COUNT_UP)
            .bind(&notice.key)
            .bind(notice.level.as_str())
            .bind(&notice.subject)
            .bind(&notice.text)
            .bind(now)
            .bind(quiet_since)
            .fetch_optional(conn)
            .await
    })?)
}

const INSERT: &str = "
insert into ops_alerts (id, level, key, subject, text, count, first_at, last_at, told_at)
values ($1, $2, $3, $4, $5, 1, $6, $6, $6)
on conflict do nothing";

/// Opens an alert; false when somebody else has just opened one with this key.
pub(crate) async fn insert(tx: &mut Tx, id: Uuid, notice: &Notice, now: DateTime<Utc>) -> Result<bool> {
    let level = notice.level.as_str();
    Ok(execute!(tx, INSERT, id, level, &notice.key, &notice.subject, &notice.text, now)? == 1)
}

const TELL: &str = "
update ops_alerts
set told_at = $2
where id = $1";

/// Notes that it is being sent out.
pub(crate) async fn tell(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    execute!(tx, TELL, id, now)?;
    Ok(())
}

const PLAN: &str = "
insert into ops_deliveries (alert_id, channel, told_at, error)
values ($1, $2, $3, $4)
on conflict (alert_id, channel) do update set told_at = excluded.told_at, sent_at = null, error = excluded.error";

/// Notes that it shall go out on a channel, or why it shall not.
pub(crate) async fn plan(
    tx: &mut Tx,
    id: Uuid,
    channel: Channel,
    told_at: DateTime<Utc>,
    error: Option<&str>,
) -> Result<()> {
    execute!(tx, PLAN, id, channel.as_str(), told_at, error)?;
    Ok(())
}

const FREE_AT: &str = "
insert into ops_channels (name, free_at)
values ($1, $2)
on conflict (name) do update set name = excluded.name
returning free_at";

/// When a channel is free again, `now` at first. Until the end of the transaction nobody else gets an answer.
pub(crate) async fn free_at(tx: &mut Tx, channel: Channel, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let (free_at,): (DateTime<Utc>,) = on_tx!(tx, |conn| {
        sqlx::query_as(FREE_AT).bind(channel.as_str()).bind(now).fetch_one(conn).await
    })?;
    Ok(free_at)
}

const OCCUPY: &str = "
update ops_channels
set free_at = $2
where name = $1";

/// A channel is taken until then.
pub(crate) async fn occupy(tx: &mut Tx, channel: Channel, until: DateTime<Utc>) -> Result<()> {
    execute!(tx, OCCUPY, channel.as_str(), until)?;
    Ok(())
}

/// A delivery that is due.
#[derive(Debug, Clone, sqlx_macros::FromRow)]
pub(crate) struct Due {
    level: String,
    key: String,
    subject: String,
    text: String,
    pub(crate) count: i64,
    pub(crate) first_at: DateTime<Utc>,
    pub(crate) acknowledged_at: Option<DateTime<Utc>>,
    pub(crate) told_at: DateTime<Utc>,
    pub(crate) sent_at: Option<DateTime<Utc>>,
    pub(crate) reference: Option<String>,
}

impl Due {
    /// What is to be said.
    pub(crate) fn notice(&self) -> Result<Notice> {
        Ok(Notice {
            level: level(&self.level)?,
            key: self.key.clone(),
            subject: self.subject.clone(),
            text: self.text.clone(),
        })
    }
}

const DUE: &str = "
select a.level, a.key, a.subject, a.text, a.count, a.first_at, a.acknowledged_at, d.told_at, d.sent_at, d.reference
from ops_deliveries d
join ops_alerts a on a.id = d.alert_id
where d.alert_id = $1 and d.channel = $2";

/// What is to go out on a channel; `None` when it is gone.
pub(crate) async fn due(db: &Db, id: Uuid, channel: Channel) -> Result<Option<Due>> {
    Ok(on_read!(db, |pool| {
        sqlx::query_as(DUE).bind(id).bind(channel.as_str()).fetch_optional(pool).await
    })?)
}

const SETTLE: &str = "
update ops_deliveries
set sent_at = $4, error = $5, reference = coalesce($6, reference)
where alert_id = $1 and channel = $2 and told_at = $3";

/// How one try at a delivery went.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settled {
    pub(crate) sent_at: Option<DateTime<Utc>>,
    pub(crate) error: Option<String>,
    /// What the channel calls it; what it was called before stays where this is `None`.
    pub(crate) reference: Option<String>,
}

/// Notes how one try went, unless the alert was told anew since.
pub(crate) async fn settle(
    tx: &mut Tx,
    id: Uuid,
    channel: Channel,
    told_at: DateTime<Utc>,
    how: &Settled,
) -> Result<()> {
    execute!(tx, SETTLE, id, channel.as_str(), told_at, how.sent_at, &how.error, &how.reference)?;
    Ok(())
}

const ACKNOWLEDGE: &str = "
update ops_alerts
set acknowledged_at = $2, acknowledged_by = $3
where id = $1 and acknowledged_at is null";

/// Somebody has seen it; false when there is none, or somebody had before.
pub(crate) async fn acknowledge(tx: &mut Tx, id: Uuid, by: UserId, now: DateTime<Utc>) -> Result<bool> {
    Ok(execute!(tx, ACKNOWLEDGE, id, now, by.0)? == 1)
}

const CLOSE: &str = "
update ops_alerts
set acknowledged_at = $2
where key = $1 and acknowledged_at is null";

/// The trouble is over; false when nothing was open.
pub(crate) async fn close(tx: &mut Tx, key: &str, now: DateTime<Utc>) -> Result<bool> {
    Ok(execute!(tx, CLOSE, key, now)? > 0)
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    level: String,
    key: String,
    subject: String,
    text: String,
    count: i64,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
    acknowledged_at: Option<DateTime<Utc>>,
}

const MOVED: &str = "
select id, level, key, subject, text, count, first_at, last_at, acknowledged_at
from ops_alerts
where last_at >= $1 or acknowledged_at >= $1
order by last_at desc
limit $2";

/// What was raised, counted up, seen or is over since a moment, oldest first.
pub(crate) async fn moved(db: &Db, since: DateTime<Utc>, limit: i64) -> Result<Vec<OpsAlertTold>> {
    let found: Vec<Row> =
        on_read!(db, |pool| sqlx::query_as(MOVED).bind(since).bind(limit).fetch_all(pool).await)?;
    let told = |row: Row| {
        let count = u32::try_from(row.count).unwrap_or(u32::MAX);
        let open = row.acknowledged_at.is_none();
        Ok(OpsAlertTold { id: row.id, level: level(&row.level)?, subject: row.subject, count, open })
    };
    found.into_iter().rev().map(told).collect()
}

const RETIRE: &str = "
delete from ops_alerts
where acknowledged_at < $1";

const RETIRED: &str = "
select count(*)
from ops_alerts
where acknowledged_at < $1";

/// Removes alerts that were seen or over before a moment, with their deliveries, or only counts them. Open ones stay.
pub(crate) async fn retire(tx: &mut Tx, before: DateTime<Utc>, dry_run: bool) -> Result<u64> {
    retire!(tx, dry_run, RETIRE, RETIRED, before)
}

#[derive(sqlx_macros::FromRow)]
struct DeliveryRow {
    alert_id: Uuid,
    channel: String,
    sent_at: Option<DateTime<Utc>>,
    error: Option<String>,
}

/// The alerts of a list: open ones or all, behind a cursor, newest first.
macro_rules! listed {
    ($columns:literal) => {
        concat!(
            "
select ",
            $columns,
            "
from ops_alerts
where (not $1 or acknowledged_at is null)
  and ((last_at, id) < (select c.last_at, c.id from ops_alerts c where c.id = $2) or $2 is null)
order by last_at desc, id desc
limit $3"
        )
    };
}

const LIST: &str = listed!("id, level, key, subject, text, count, first_at, last_at, acknowledged_at");

const DELIVERIES: &str = concat!(
    "
select alert_id, channel, sent_at, error
from ops_deliveries
where alert_id in (",
    listed!("id"),
    ")
order by channel"
);

/// Newest first; `after` is the last one of the page before.
pub(crate) async fn list(db: &Db, open: bool, after: Option<Uuid>, limit: i64) -> Result<Vec<OpsAlert>> {
    let rows: Vec<Row> = on_read!(db, |pool| {
        sqlx::query_as(LIST).bind(open).bind(after).bind(limit).fetch_all(pool).await
    })?;
    let found: Vec<DeliveryRow> = on_read!(db, |pool| {
        sqlx::query_as(DELIVERIES).bind(open).bind(after).bind(limit).fetch_all(pool).await
    })?;
    let mut deliveries: HashMap<Uuid, Vec<Delivery>> = HashMap::new();
    for row in found {
        let channel = Channel::parse(&row.channel)
            .ok_or_else(|| Error::Internal(format!("a delivery on channel {}", row.channel)))?;
        let delivery = Delivery { channel, sent_at: row.sent_at, error: row.error };
        deliveries.entry(row.alert_id).or_default().push(delivery);
    }
    let one = |row: Row| {
        Ok(OpsAlert {
            id: row.id,
            notice: Notice { level: level(&row.level)?, key: row.key, subject: row.subject, text: row.text },
            count: u32::try_from(row.count).unwrap_or(u32::MAX),
            first_at: row.first_at,
            last_at: row.last_at,
            acknowledged_at: row.acknowledged_at,
            deliveries: deliveries.remove(&row.id).unwrap_or_default(),
        })
    };
    rows.into_iter().map(one).collect()
}

fn level(word: &str) -> Result<Level> {
    Level::parse(word).ok_or_else(|| Error::Internal(format!("an alert of level {word}")))
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("COUNT_UP", COUNT_UP),
    ("MOVED", MOVED),
    ("RETIRE", RETIRE),
    ("RETIRED", RETIRED),
    ("INSERT", INSERT),
    ("TELL", TELL),
    ("PLAN", PLAN),
    ("FREE_AT", FREE_AT),
    ("OCCUPY", OCCUPY),
    ("DUE", DUE),
    ("SETTLE", SETTLE),
    ("ACKNOWLEDGE", ACKNOWLEDGE),
    ("CLOSE", CLOSE),
    ("LIST", LIST),
    ("DELIVERIES", DELIVERIES),
];
