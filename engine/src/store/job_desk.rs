//! Durable jobs, as an operator sees them.

use crate::{
    error::Result,
    store::{Db, on_read},
};
use domain::{TenantId, job::Failure};
use sqlx::types::Json;
use uuid::Uuid;

const TENANT_OF: &str = "
select tenant_id
from jobs
where id = $1";

/// Whose job it is; `None` for nobody's, and for one that does not exist.
pub(crate) async fn tenant_of(db: &Db, id: Uuid) -> Result<Option<TenantId>> {
    let found: Option<Option<Uuid>> =
        on_read!(db, |pool| sqlx::query_scalar(TENANT_OF).bind(id).fetch_optional(pool).await)?;
    Ok(found.flatten().map(TenantId))
}

const DEAD: &str = "
select kind, errors
from jobs
where state = 'dead'
order by finished_at desc, id
limit $1";

/// The dead letters, newest first, with every error.
pub(crate) async fn dead(db: &Db, limit: i64) -> Result<Vec<(String, Vec<Failure>)>> {
    let found: Vec<(String, Json<Vec<Failure>>)> =
        on_read!(db, |pool| sqlx::query_as(DEAD).bind(limit).fetch_all(pool).await)?;
    Ok(found.into_iter().map(|(kind, errors)| (kind, errors.0)).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("TENANT_OF", TENANT_OF), ("DEAD", DEAD)];
