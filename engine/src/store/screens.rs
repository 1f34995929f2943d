//! The filters that the users of a tenant keep: their own, and those others share with the tenant.

use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, tenants},
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

/// As [`all`], holding the tenant's row until the transaction ends, so that limits hold also when two are made at once.
pub(crate) async fn all_locked(tx: &mut Tx, cx: &Cx) -> Result<Vec<Screen>> {
    tenants::lock(tx, cx).await?;
    let found: Vec<Row> =
        on_tx!(tx, |conn| sqlx::query_as(SEEN).bind(cx.tenant.0).bind(cx.user.0).fetch_all(conn).await)?;
    screens(found, cx)
}

const INSERT: &str = "
insert into screens (tenant_id, user_id, id, name, filter, timeframe, shared, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// One more of the caller's own.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, screen: &Screen, at: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        cx.user.0,
        screen.id,
        &screen.name,
        &screen.filter,
        screen.timeframe.as_str(),
        screen.shared,
        at
    )?;
    Ok(())
}

const UPDATE: &str = "
update screens
set name = $4, filter = $5, timeframe = $6, shared = $7
where tenant_id = $1 and user_id = $2 and id = $3";

/// Everything of one of the caller's own anew.
pub(crate) async fn update(tx: &mut Tx, cx: &Cx, screen: &Screen) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        cx.tenant.0,
        cx.user.0,
        screen.id,
        &screen.name,
        &screen.filter,
        screen.timeframe.as_str(),
        screen.shared
    )?;
    Ok(())
}

const DELETE: &str = "
delete from screens
where tenant_id = $1 and user_id = $2 and id = $3";

/// Away with one of the caller's own.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, id: Uuid) -> Result<()> {
    execute!(tx, DELETE, cx.tenant.0, cx.user.0, id)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("SEEN", SEEN), ("INSERT", INSERT), ("UPDATE", UPDATE), ("DELETE", DELETE)];
