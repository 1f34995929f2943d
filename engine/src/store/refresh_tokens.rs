//! Refresh tokens of programs: each is good for one use, and every use stays within its family.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{TenantId, UserId};
use std::collections::BTreeSet;
use uuid::Uuid;

const INSERT: &str = "
insert into refresh_tokens (tenant_id, id, family, token_hash, user_id, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7)";

/// Adds a token to a family (a new family is any new id).
pub(crate) async fn insert(
    tx: &mut Tx,
    (tenant, user): (TenantId, UserId),
    family: Uuid,
    token_hash: &[u8],
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, INSERT, tenant.0, Uuid::now_v7(), family, token_hash, user.0, at, expires_at)?;
    Ok(())
}

/// Whose token it is.
#[derive(Debug, Clone, PartialEq, sqlx_macros::FromRow)]
pub(crate) struct Owner {
    pub(crate) tenant_id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) family: Uuid,
}

const SPEND: &str = "
update refresh_tokens
set used_at = $2
where token_hash = $1 and used_at is null and revoked_at is null and expires_at > $2
returning tenant_id, user_id, family";

/// Uses a token up. Of two at the same time one gets the owner, the other `None`.
pub(crate) async fn spend(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<Owner>> {
    Ok(on_tx!(tx, |conn| sqlx::query_as(SPEND).bind(token_hash).bind(now).fetch_optional(conn).await)?)
}

const USED: &str = "
select tenant_id, user_id, family
from refresh_tokens
where token_hash = $1 and used_at is not null";

/// The owner of a token that was used up before.
pub(crate) async fn used(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<Owner>> {
    Ok(on_tx!(tx, |conn| sqlx::query_as(USED).bind(token_hash).fetch_optional(conn).await)?)
}

const OWNER: &str = "select tenant_id, user_id, family from refresh_tokens where token_hash = $1";

/// The owner of a token in whatever state.
pub(crate) async fn owner(db: &Db, token_hash: &[u8]) -> Result<Option<Owner>> {
    Ok(on_read!(db, |pool| sqlx::query_as(OWNER).bind(token_hash).fetch_optional(pool).await)?)
}

const REVOKE_FAMILY: &str = "
update refresh_tokens
set revoked_at = $2
where family = $1 and revoked_at is null";

/// Revokes every token of a family, also one that another transaction is adding right now: that one holds the
/// row of its predecessor, which the statement waits for; so it runs until it finds nothing more. Gives how
/// many were revoked.
pub(crate) async fn revoke_family(tx: &mut Tx, family: Uuid, now: DateTime<Utc>) -> Result<u64> {
    let mut total = 0;
    loop {
        let done = execute!(tx, REVOKE_FAMILY, family, now)?;
        total += done;
        if done == 0 {
            return Ok(total);
        }
    }
}

const REVOKE_ALL: &str = "
update refresh_tokens
set revoked_at = $2
where user_id = $1 and revoked_at is null
returning family";

/// Revokes every family of the caller, in the way of [`revoke_family`]; gives which.
pub(crate) async fn revoke_all(tx: &mut Tx, cx: &Cx, now: DateTime<Utc>) -> Result<BTreeSet<Uuid>> {
    let mut families = BTreeSet::new();
    loop {
        let done: Vec<(Uuid,)> =
            on_tx!(tx, |conn| sqlx::query_as(REVOKE_ALL).bind(cx.user.0).bind(now).fetch_all(conn).await)?;
        if done.is_empty() {
            return Ok(families);
        }
        families.extend(done.into_iter().map(|(family,)| family));
    }
}

const PURGE: &str = "delete from refresh_tokens where user_id = $1 and expires_at <= $2";

/// Forgets the caller's tokens that have run out.
pub(crate) async fn purge(tx: &mut Tx, cx: &Cx, now: DateTime<Utc>) -> Result<()> {
    execute!(tx, PURGE, cx.user.0, now)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("SPEND", SPEND),
    ("USED", USED),
    ("OWNER", OWNER),
    ("REVOKE_FAMILY", REVOKE_FAMILY),
    ("REVOKE_ALL", REVOKE_ALL),
    ("PURGE", PURGE),
];
