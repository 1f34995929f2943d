//! Keys for programs. The key itself is never stored, only its SHA-256.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::account::ApiKey;
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    prefix: String,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
}

impl From<Row> for ApiKey {
    fn from(row: Row) -> ApiKey {
        let Row { id, name, prefix, created_at, last_used_at } = row;
        ApiKey { id, name, prefix, created_at, last_used_at }
    }
}

const INSERT: &str = "
insert into api_keys (tenant_id, id, user_id, name, prefix, key_hash, created_at)
values ($1, $2, $3, $4, $5, $6, $7)";

/// Stores a new key of the caller.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, key: &ApiKey, key_hash: &[u8]) -> Result<()> {
    execute!(tx, INSERT, cx.tenant.0, key.id, cx.user.0, &key.name, &key.prefix, key_hash, key.created_at)?;
    Ok(())
}

const LIST: &str = "
select id, name, prefix, created_at, last_used_at
from api_keys
where tenant_id = $1 and user_id = $2 and revoked_at is null
order by created_at desc, id desc";

/// The caller's keys to this tenant, newest first, without revoked ones.
pub(crate) async fn list(db: &Db, cx: &Cx) -> Result<Vec<ApiKey>> {
    let rows: Vec<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(LIST).bind(cx.tenant.0).bind(cx.user.0).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(ApiKey::from).collect())
}

const COUNT: &str = "
select count(*)
from api_keys
where tenant_id = $1 and user_id = $2 and revoked_at is null";

/// How many living keys the caller has to this tenant.
pub(crate) async fn count(tx: &mut Tx, cx: &Cx) -> Result<i64> {
    let (count,): (i64,) =
        on_tx!(tx, |conn| sqlx::query_as(COUNT).bind(cx.tenant.0).bind(cx.user.0).fetch_one(conn).await)?;
    Ok(count)
}

/// A living key and what its maker is today.
#[derive(Debug, sqlx_macros::FromRow)]
pub(crate) struct Found {
    pub(crate) tenant_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    pub(crate) role: String,
    pub(crate) tier: String,
}

const FIND: &str = "
select api_keys.tenant_id, api_keys.id, api_keys.user_id, api_keys.last_used_at, memberships.role, users.tier
from api_keys
join memberships on memberships.tenant_id = api_keys.tenant_id and memberships.user_id = api_keys.user_id
join users on users.id = api_keys.user_id
where api_keys.key_hash = $1 and api_keys.revoked_at is null";

/// The key of a hash, unless it is revoked or its maker has left the tenant.
pub(crate) async fn find(db: &Db, key_hash: &[u8]) -> Result<Option<Found>> {
    Ok(on_read!(db, |pool| sqlx::query_as(FIND).bind(key_hash).fetch_optional(pool).await)?)
}

const TOUCH: &str = "update api_keys set last_used_at = $2 where id = $1";

/// Notes that the key was used.
pub(crate) async fn touch(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, TOUCH, id, at)?;
    Ok(())
}

const REVOKE: &str = "
update api_keys
set revoked_at = $4
where tenant_id = $1 and user_id = $2 and id = $3 and revoked_at is null";

/// Revokes one of the caller's keys; `false` when the caller has no such key.
pub(crate) async fn revoke(tx: &mut Tx, cx: &Cx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    Ok(execute!(tx, REVOKE, cx.tenant.0, cx.user.0, id, at)? == 1)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("LIST", LIST),
    ("COUNT", COUNT),
    ("FIND", FIND),
    ("TOUCH", TOUCH),
    ("REVOKE", REVOKE),
];
