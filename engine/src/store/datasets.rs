//! Which version of which shipped data is in the database.

use crate::{
    error::Result,
    store::{Tx, execute, on_tx},
};
use chrono::{DateTime, Utc};

const VERSION: &str = "select version from datasets where name = $1";

/// The version loaded last, if any.
pub(crate) async fn version(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    Ok(on_tx!(tx, |conn| sqlx::query_scalar(VERSION).bind(name).fetch_optional(conn).await)?)
}

const SET: &str = "
insert into datasets (name, version, loaded_at)
values ($1, $2, $3)
on conflict (name) do update set
  version = excluded.version,
  loaded_at = excluded.loaded_at";

/// Notes that a version is loaded.
pub(crate) async fn set(tx: &mut Tx, name: &str, version: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, SET, name, version, at)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("VERSION", VERSION), ("SET", SET)];
