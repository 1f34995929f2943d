//! Who did what and when: one line for every change to a tenant's data, in the same transaction.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// One change to a tenant's data.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub user_id: Uuid,
    /// In which request.
    pub request_id: String,
    /// What, as `noun.verb`: `watchlist.add`.
    pub action: String,
    /// To what: an id or a name.
    pub subject: String,
    /// The rest of it.
    pub detail: Json<Value>,
}

const INSERT: &str = "
insert into audit (tenant_id, id, user_id, at, request_id, action, subject, detail)
values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Leaves one line. `action` is `noun.verb`; `detail` never holds a secret.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    at: DateTime<Utc>,
    action: &str,
    subject: &str,
    detail: Value,
) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        Uuid::now_v7(),
        cx.user.0,
        at,
        &cx.request,
        action,
        subject,
        Json(&detail)
    )?;
    Ok(())
}

const LATEST: &str = "
select at, user_id, request_id, action, subject, detail
from audit
where tenant_id = $1
order by at desc, id desc
limit $2";

/// The latest lines of the caller's tenant, newest first.
pub(crate) async fn latest(db: &Db, cx: &Cx, limit: i64) -> Result<Vec<AuditLine>> {
    Ok(on_read!(db, cx, |conn| {
        sqlx::query_as(LATEST).bind(cx.tenant.0).bind(limit).fetch_all(conn).await
    })?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("INSERT", INSERT), ("LATEST", LATEST)];
