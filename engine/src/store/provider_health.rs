//! What each process has noted of the providers.

use crate::{
    error::Result,
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use domain::provider::Health;
use sqlx::types::Json;
use uuid::Uuid;

const NOTE: &str = "
insert into provider_health (process, name, health, noted_at)
values ($1, $2, $3, $4)
on conflict (process, name) do update set
  health = excluded.health,
  noted_at = excluded.noted_at";

/// Keeps what a process knows now.
pub(crate) async fn note(tx: &mut Tx, process: Uuid, all: &[Health], now: DateTime<Utc>) -> Result<()> {
    for health in all {
        execute!(tx, NOTE, process, &health.name, Json(health), now)?;
    }
    Ok(())
}

const OTHERS: &str = "
select health
from provider_health
where process <> $1 and noted_at >= $2
order by process, name";

/// What other processes noted since a moment.
pub(crate) async fn others(db: &Db, process: Uuid, since: DateTime<Utc>) -> Result<Vec<Health>> {
    let found: Vec<(Json<Health>,)> =
        on_read!(db, |pool| sqlx::query_as(OTHERS).bind(process).bind(since).fetch_all(pool).await)?;
    Ok(found.into_iter().map(|row| row.0.0).collect())
}

const FORGET: &str = "
delete from provider_health
where noted_at < $1";

/// Forgets processes that have been silent since a moment.
pub(crate) async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<()> {
    execute!(tx, FORGET, before)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("NOTE", NOTE), ("OTHERS", OTHERS), ("FORGET", FORGET)];
