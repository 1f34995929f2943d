//! The filters that the users of a tenant keep: their own, and those others share with the tenant.

use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::scanner::{Screen, Timeframe};
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    filter: String,
    timeframe: String,
    shared: bool,
    user_id: Uuid,
    full_name: String,
}

fn screens(found: Vec<Row>, cx: &Cx) -> Result<Vec<Screen>> {
    let screen = |row: Row| {
        let broken = || Error::Internal(format!("screen with {}", row.timeframe));
        Ok(Screen {
            id: row.id,
            timeframe: Timeframe::parse(&row.timeframe).ok_or_else(broken)?,
            name: row.name,
            filter: row.filter,
            shared: row.shared,
            mine: row.user_id == cx.user.0,
            owner: row.full_name,
        })
    };
    found.into_iter().map(screen).collect()
}

const SEEN: &str = "
select s.id, s.name, s.filter, s.timeframe, s.shared, s.user_id, u.full_name
from screens s
join users u on u.id = s.user_id
where s.tenant_id = $1 and (s.user_id = $2 or s.shared)
order by s.created_at, s.id";

/// Every screen the caller sees, the oldest first.
pub(crate) async fn all(db: &Db, cx: &Cx) -> Result<Vec<Screen>> {
    let found = on_read!(db, cx, |conn| {
        sqlx::query_as(SEEN).bind(cx.tenant.0).bind(cx.user.0).fetch_all(conn).await
    })?;
    screens(found, cx)
}

const LOCK: &str = "
update tenants
set name = name
where id = $1";

/// As [`all`], holding the tenant's row until the transaction ends, so that limits hold also when two are made at once.
pub(crate) async fn all_locked(tx: &mut Tx, cx: &Cx) -> Result<Vec<Screen>> {
    on_tx!(tx, |conn| sqlx::query(LOCK).bind(cx.tenant.0).execute(conn).await.map(|_| ()))?;
    let found: Vec<Row> =
        on_tx!(tx, |conn| sqlx::query_as(SEEN).bind(cx.tenant.0).bind(cx.user.0).fetch_all(conn).await)?;
    screens(found, cx)
}

const INSERT: &str = "
insert into screens (tenant_id, user_id, id, name, filter, timeframe, shared, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// One more of the caller's own.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, screen: &Screen, at: DateTime<Utc>) -> Result<()> {
    on_tx!(tx, |conn| {
        sqlx::query(INSERT)
            .bind(cx.tenant.0)
            .bind(cx.user.0)
            .bind(screen.id)
            .bind(&screen.name)
            .bind(&screen.filter)
            .bind(screen.timeframe.as_str())
            .bind(screen.shared)
            .bind(at)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

const UPDATE: &str = "
update screens
set name = $4, filter = $5, timeframe = $6, shared = $7
where tenant_id = $1 and user_id = $2 and id = $3";

/// Everything of one of the caller's own anew.
pub(crate) async fn update(tx: &mut Tx, cx: &Cx, screen: &Screen) -> Result<()> {
    on_tx!(tx, |conn| {
        sqlx::query(UPDATE)
            .bind(cx.tenant.0)
            .bind(cx.user.0)
            .bind(screen.id)
            .bind(&screen.name)
            .bind(&screen.filter)
            .bind(screen.timeframe.as_str())
            .bind(screen.shared)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

const DELETE: &str = "
delete from screens
where tenant_id = $1 and user_id = $2 and id = $3";

/// Away with one of the caller's own.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, id: Uuid) -> Result<()> {
    on_tx!(tx, |conn| {
        sqlx::query(DELETE).bind(cx.tenant.0).bind(cx.user.0).bind(id).execute(conn).await.map(|_| ())
    })?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("SEEN", SEEN), ("LOCK", LOCK), ("INSERT", INSERT), ("UPDATE", UPDATE), ("DELETE", DELETE)];
