//! Links to shared pages.

use crate::{
    Cx,
    error::Result,
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, Utc};
use domain::{
    TenantId, UserId,
    portfolio::PortfolioId,
    share::{Share, ShareId},
};
use uuid::Uuid;

/// A share as it is kept.
#[derive(Debug, sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    tenant_id: Uuid,
    user_id: Uuid,
    portfolio_id: Uuid,
    password_hash: Option<String>,
    hide_amounts: bool,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    views: i64,
    viewed_at: Option<DateTime<Utc>>,
}

/// A share with what only the server may know of it.
pub(crate) struct Kept {
    pub(crate) share: Share,
    pub(crate) tenant: TenantId,
    pub(crate) user: UserId,
    pub(crate) password_hash: Option<String>,
}

fn kept(row: Row) -> Kept {
    Kept {
        tenant: TenantId(row.tenant_id),
        user: UserId(row.user_id),
        share: Share {
            id: ShareId(row.id),
            portfolio_id: PortfolioId(row.portfolio_id),
            created_at: row.created_at,
            expires_at: row.expires_at,
            protected: row.password_hash.is_some(),
            hide_amounts: row.hide_amounts,
            revoked_at: row.revoked_at,
            views: row.views,
            viewed_at: row.viewed_at,
        },
        password_hash: row.password_hash,
    }
}

const OF_PORTFOLIO: &str = "
select tenant_id, id, user_id, portfolio_id, password_hash, hide_amounts, created_at, expires_at, revoked_at, views,
  viewed_at
from shares
where tenant_id = $1 and portfolio_id = $2
order by created_at desc, id desc
limit 200";

/// The links to a portfolio of the caller's tenant, newest first.
pub(crate) async fn of_portfolio(db: &Db, cx: &Cx, portfolio: PortfolioId) -> Result<Vec<Share>> {
    let rows: Vec<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(OF_PORTFOLIO).bind(cx.tenant.0).bind(portfolio.0).fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(|row| kept(row).share).collect())
}

const BY_TOKEN: &str = "
select tenant_id, id, user_id, portfolio_id, password_hash, hide_amounts, created_at, expires_at, revoked_at, views,
  viewed_at
from shares
where token_hash = $1";

/// The share of a token; whose it is is known only then.
pub(crate) async fn by_token(db: &Db, hash: &[u8]) -> Result<Option<Kept>> {
    let row: Option<Row> =
        on_read!(db, |pool| sqlx::query_as(BY_TOKEN).bind(hash).fetch_optional(pool).await)?;
    Ok(row.map(kept))
}

const OPEN: &str = "
select count(*)
from shares
where tenant_id = $1 and revoked_at is null";

/// How many links of the tenant are not taken back.
pub(crate) async fn open(tx: &mut Tx, cx: &Cx) -> Result<i64> {
    Ok(on_tx!(tx, |conn| sqlx::query_scalar(OPEN).bind(cx.tenant.0).fetch_one(conn).await)?)
}

const INSERT: &str = "
insert into shares (tenant_id, id, user_id, portfolio_id, token_hash, password_hash, hide_amounts, created_at,
  expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// A new link.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    share: &Share,
    token_hash: &[u8],
    password_hash: Option<&str>,
) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        share.id.0,
        cx.user.0,
        share.portfolio_id.0,
        token_hash,
        password_hash,
        share.hide_amounts,
        share.created_at,
        share.expires_at
    )?;
    Ok(())
}

const REVOKE: &str = "
update shares
set revoked_at = coalesce(revoked_at, $4)
where tenant_id = $1 and portfolio_id = $2 and id = $3";

/// Takes a link back; false when there is none of the caller's tenant.
pub(crate) async fn revoke(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: PortfolioId,
    id: ShareId,
    at: DateTime<Utc>,
) -> Result<bool> {
    Ok(execute!(tx, REVOKE, cx.tenant.0, portfolio.0, id.0, at)? > 0)
}

const VIEWED: &str = "
update shares
set views = views + 1, viewed_at = $3
where tenant_id = $1 and id = $2";

/// The page was shown once more.
pub(crate) async fn viewed(tx: &mut Tx, cx: &Cx, id: ShareId, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, VIEWED, cx.tenant.0, id.0, at)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("OF_PORTFOLIO", OF_PORTFOLIO),
    ("BY_TOKEN", BY_TOKEN),
    ("OPEN", OPEN),
    ("INSERT", INSERT),
    ("REVOKE", REVOKE),
    ("VIEWED", VIEWED),
];
