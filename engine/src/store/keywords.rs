//! The search keywords of tenants, and which ones were collected for tenants alone.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx, tenants},
};
use chrono::{DateTime, Utc};

const OF: &str = "
select keyword
from keywords
where tenant_id = $1
order by created_at, keyword";

/// Every keyword of the caller's tenant, the oldest first.
pub(crate) async fn all(db: &Db, cx: &Cx) -> Result<Vec<String>> {
    Ok(on_read!(db, cx, |conn| sqlx::query_scalar(OF).bind(cx.tenant.0).fetch_all(conn).await)?)
}

/// As [`all`], holding the tenant's row until the transaction ends, so that the limit holds also when two are added at once.
pub(crate) async fn all_locked(tx: &mut Tx, cx: &Cx) -> Result<Vec<String>> {
    tenants::lock(tx, cx).await?;
    Ok(on_tx!(tx, |conn| sqlx::query_scalar(OF).bind(cx.tenant.0).fetch_all(conn).await)?)
}

const INSERT: &str = "
insert into keywords (tenant_id, keyword, created_at)
values ($1, $2, $3)";

/// One more, which is not there yet.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, keyword: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, INSERT, cx.tenant.0, keyword, at)?;
    Ok(())
}

const DELETE: &str = "
delete from keywords
where tenant_id = $1 and keyword = $2";

/// Whether there was one to remove.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, keyword: &str) -> Result<bool> {
    Ok(execute!(tx, DELETE, cx.tenant.0, keyword)? > 0)
}

const WANTED: &str = "
select keyword
from keywords
group by keyword
order by count(*) desc, keyword
limit $1";

/// The keywords most tenants want, over all tenants; says nothing of who wants them.
pub(crate) async fn wanted(db: &Db, limit: i64) -> Result<Vec<String>> {
    Ok(on_read!(db, |pool| sqlx::query_scalar(WANTED).bind(limit).fetch_all(pool).await)?)
}

const MARK: &str = "
insert into asked_keywords (keyword)
values ($1)
on conflict (keyword) do nothing";

/// Notes that a keyword is collected for tenants alone: its points are nothing of the market's.
pub(crate) async fn mark(tx: &mut Tx, keyword: &str) -> Result<()> {
    execute!(tx, MARK, keyword)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("OF", OF), ("INSERT", INSERT), ("DELETE", DELETE), ("WANTED", WANTED), ("MARK", MARK)];
