//! Files on their way into a portfolio: kept from the upload until they are taken or a day has passed.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use domain::portfolio::PortfolioId;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// A file as it was sent, with what is known of how to read it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Upload {
    pub(crate) format: String,
    pub(crate) mapping: Value,
    pub(crate) text: String,
}

const INSERT: &str = "
insert into imports (tenant_id, id, portfolio_id, format, mapping, text, created_at)
values ($1, $2, $3, $4, $5, $6, $7)";

/// Keeps a file for a portfolio of the caller's tenant.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: PortfolioId,
    id: Uuid,
    upload: &Upload,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        id,
        portfolio.0,
        &upload.format,
        Json(&upload.mapping),
        &upload.text,
        at
    )?;
    Ok(())
}

const FIND: &str = "
select format, mapping, text
from imports
where tenant_id = $1 and portfolio_id = $2 and id = $3";

/// A file that waits.
pub(crate) async fn find(db: &Db, cx: &Cx, portfolio: PortfolioId, id: Uuid) -> Result<Option<Upload>> {
    let found: Option<(String, Json<Value>, String)> = on_read!(db, cx, |conn| {
        sqlx::query_as(FIND).bind(cx.tenant.0).bind(portfolio.0).bind(id).fetch_optional(conn).await
    })?;
    Ok(found.map(|(format, Json(mapping), text)| Upload { format, mapping, text }))
}

const REMAP: &str = "
update imports
set format = $4, mapping = $5
where tenant_id = $1 and portfolio_id = $2 and id = $3";

/// Other words on how to read a file that waits.
pub(crate) async fn remap(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: PortfolioId,
    id: Uuid,
    format: &str,
    mapping: &Value,
) -> Result<()> {
    execute!(tx, REMAP, cx.tenant.0, portfolio.0, id, format, Json(mapping))?;
    Ok(())
}

const CLEAR: &str = "
delete from imports
where tenant_id = $1 and (portfolio_id = $2 or created_at < $3)";

/// Forgets the files that wait for a portfolio, and all of the tenant from before a moment.
pub(crate) async fn clear(tx: &mut Tx, cx: &Cx, portfolio: PortfolioId, before: DateTime<Utc>) -> Result<()> {
    execute!(tx, CLEAR, cx.tenant.0, portfolio.0, before)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("INSERT", INSERT), ("FIND", FIND), ("REMAP", REMAP), ("CLEAR", CLEAR)];
