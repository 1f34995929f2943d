//! What was created under which idempotency key.

use crate::{
    Cx,
    error::Result,
    store::{Tx, execute, on_tx},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

const FIND: &str = "
select hash, subject_id
from creations
where tenant_id = $1 and user_id = $2 and key = $3";

/// What the caller created under a key: the hash of what was sent then, and the id of what came of it.
pub(crate) async fn find(tx: &mut Tx, cx: &Cx, key: &str) -> Result<Option<(Vec<u8>, Uuid)>> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_as(FIND).bind(cx.tenant.0).bind(cx.user.0).bind(key).fetch_optional(conn).await
    })?)
}

const INSERT: &str = "
insert into creations (tenant_id, user_id, key, hash, subject_id, created_at)
values ($1, $2, $3, $4, $5, $6)";

/// Notes what was created under a key.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    key: &str,
    hash: &[u8],
    subject: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, INSERT, cx.tenant.0, cx.user.0, key, hash, subject, at)?;
    Ok(())
}

const PURGE: &str = "
delete from creations
where tenant_id = $1 and created_at < $2";

/// Forgets the keys of the caller's tenant from before a moment.
pub(crate) async fn purge(tx: &mut Tx, cx: &Cx, before: DateTime<Utc>) -> Result<()> {
    execute!(tx, PURGE, cx.tenant.0, before)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("FIND", FIND), ("INSERT", INSERT), ("PURGE", PURGE)];
