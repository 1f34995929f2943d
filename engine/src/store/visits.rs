//! When a user was here before.

use crate::{
    Cx,
    error::Result,
    store::{Tx, on_tx},
};
use chrono::{DateTime, Utc};

const COME: &str = "
insert into visits (tenant_id, user_id, seen_at, before_at)
values ($1, $2, $3, null)
on conflict (tenant_id, user_id) do update set
  before_at = case when visits.seen_at < $4 then visits.seen_at else visits.before_at end,
  seen_at = excluded.seen_at
returning before_at";

/// Notes that the caller is here, and answers when the visit before this one ended; `None` on the first. Who was seen since
/// `pause` is still on the same visit.
pub(crate) async fn come(
    tx: &mut Tx,
    cx: &Cx,
    now: DateTime<Utc>,
    pause: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    Ok(on_tx!(tx, |conn| {
        sqlx::query_scalar(COME).bind(cx.tenant.0).bind(cx.user.0).bind(now).bind(pause).fetch_one(conn).await
    })?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("COME", COME)];
