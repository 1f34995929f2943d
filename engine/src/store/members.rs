//! Members of a tenant, seen from within it, and what of theirs ends when they leave.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx, tenants},
};
use chrono::{DateTime, Utc};
use domain::{Role, UserId, member::Member};
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    user_id: Uuid,
    email: String,
    full_name: String,
    role: String,
    created_at: DateTime<Utc>,
}

fn member(row: Row) -> Result<Member> {
    Ok(Member {
        user_id: UserId(row.user_id),
        email: row.email,
        full_name: row.full_name,
        role: tenants::role(&row.role)?,
        since: row.created_at,
    })
}

const LIST: &str = "
select memberships.user_id, users.email, users.full_name, memberships.role, memberships.created_at
from memberships
join users on users.id = memberships.user_id
where memberships.tenant_id = $1
order by memberships.created_at, memberships.user_id";

/// Every member of the caller's tenant, the oldest first.
pub(crate) async fn list(db: &Db, cx: &Cx) -> Result<Vec<Member>> {
    let rows: Vec<Row> =
        on_read!(db, cx, |conn| sqlx::query_as(LIST).bind(cx.tenant.0).fetch_all(conn).await)?;
    rows.into_iter().map(member).collect()
}

/// As [`list`], holding the tenant's row until the transaction ends, so that of two owners who leave at once one stays.
pub(crate) async fn list_locked(tx: &mut Tx, cx: &Cx) -> Result<Vec<Member>> {
    tenants::lock(tx, cx).await?;
    let rows: Vec<Row> = on_tx!(tx, |conn| sqlx::query_as(LIST).bind(cx.tenant.0).fetch_all(conn).await)?;
    rows.into_iter().map(member).collect()
}

const JOIN: &str = "
insert into memberships (tenant_id, user_id, role, created_at)
values ($1, $2, $3, $4)
on conflict (tenant_id, user_id) do nothing";

/// Makes the caller a member of their tenant; who is one already keeps their role.
pub(crate) async fn join(tx: &mut Tx, cx: &Cx, role: Role, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, JOIN, cx.tenant.0, cx.user.0, role.as_str(), at)?;
    Ok(())
}

const REMOVE: &str = "
delete from memberships
where tenant_id = $1 and user_id = $2";

/// Takes a user out of the caller's tenant.
pub(crate) async fn remove(tx: &mut Tx, cx: &Cx, user: UserId) -> Result<()> {
    execute!(tx, REMOVE, cx.tenant.0, user.0)?;
    Ok(())
}

const END_SESSIONS: &str = "
delete from sessions
where tenant_id = $1 and user_id = $2
returning id";

/// Ends a user's sessions in the caller's tenant; gives which.
pub(crate) async fn end_sessions(tx: &mut Tx, cx: &Cx, user: UserId) -> Result<Vec<Uuid>> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_scalar(END_SESSIONS).bind(cx.tenant.0).bind(user.0).fetch_all(conn).await
    })?)
}

const REVOKE_TOKENS: &str = "
update refresh_tokens
set revoked_at = $3
where tenant_id = $1 and user_id = $2 and revoked_at is null
returning family";

/// Revokes a user's tokens for the caller's tenant; gives their families, some perhaps twice.
pub(crate) async fn revoke_tokens(
    tx: &mut Tx,
    cx: &Cx,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_scalar(REVOKE_TOKENS).bind(cx.tenant.0).bind(user.0).bind(at).fetch_all(conn).await
    })?)
}

const REVOKE_KEYS: &str = "
update api_keys
set revoked_at = $3
where tenant_id = $1 and user_id = $2 and revoked_at is null
returning id";

/// Revokes a user's API keys for the caller's tenant; gives which.
pub(crate) async fn revoke_keys(tx: &mut Tx, cx: &Cx, user: UserId, at: DateTime<Utc>) -> Result<Vec<Uuid>> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_scalar(REVOKE_KEYS).bind(cx.tenant.0).bind(user.0).bind(at).fetch_all(conn).await
    })?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("LIST", LIST),
    ("JOIN", JOIN),
    ("REMOVE", REMOVE),
    ("END_SESSIONS", END_SESSIONS),
    ("REVOKE_TOKENS", REVOKE_TOKENS),
    ("REVOKE_KEYS", REVOKE_KEYS),
];
