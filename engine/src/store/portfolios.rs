//! The portfolios of a tenant; what is in them is `transactions.rs`.

use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, tenants},
};
use chrono::{DateTime, Utc};
use domain::{
    Symbol, UserId,
    portfolio::{CostMethod, Limits, Portfolio, PortfolioId},
};
use sqlx::types::Json;
use uuid::Uuid;

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    currency: String,
    cost_method: String,
    benchmark: String,
    sample: bool,
    limits: Json<Limits>,
    version: i64,
}

impl Row {
    fn portfolio(self) -> Result<Portfolio> {
        let broken = |what: &str| Error::Internal(format!("portfolio {} with {what}", self.id));
        Ok(Portfolio {
            id: PortfolioId(self.id),
            cost_method: CostMethod::parse(&self.cost_method).ok_or_else(|| broken(&self.cost_method))?,
            currency: self.currency.parse().map_err(|_| broken(&self.currency))?,
            benchmark: Symbol::parse(&self.benchmark).ok_or_else(|| broken(&self.benchmark))?,
            name: self.name,
            sample: self.sample,
            limits: self.limits.0,
            version: self.version,
        })
    }
}

const ALL: &str = "
select id, name, currency, cost_method, benchmark, sample, limits, version
from portfolios
where tenant_id = $1
order by created_at, id";

fn portfolios(found: Vec<Row>) -> Result<Vec<Portfolio>> {
    found.into_iter().map(Row::portfolio).collect()
}

/// Every portfolio of the caller's tenant, oldest first.
pub(crate) async fn all(db: &Db, cx: &Cx) -> Result<Vec<Portfolio>> {
    portfolios(on_read!(db, cx, |conn| sqlx::query_as(ALL).bind(cx.tenant.0).fetch_all(conn).await)?)
}

const ONE: &str = "
select id, name, currency, cost_method, benchmark, sample, limits, version
from portfolios
where tenant_id = $1 and id = $2";

/// One portfolio of the caller's tenant.
pub(crate) async fn one(db: &Db, cx: &Cx, id: PortfolioId) -> Result<Option<Portfolio>> {
    let found: Option<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(ONE).bind(cx.tenant.0).bind(id.0).fetch_optional(conn).await
    })?;
    found.map(Row::portfolio).transpose()
}

/// As [`all`], holding the tenant's row until the transaction ends: changes to the portfolios of one tenant happen
/// one after another, so that limits and versions hold also when two are made at once.
pub(crate) async fn all_locked(tx: &mut Tx, cx: &Cx) -> Result<Vec<Portfolio>> {
    tenants::lock(tx, cx).await?;
    portfolios(on_tx!(tx, |conn| sqlx::query_as(ALL).bind(cx.tenant.0).fetch_all(conn).await)?)
}

const INSERT: &str = "
insert into portfolios (tenant_id, id, name, currency, cost_method, benchmark, sample, limits, version, holdings_of,
  created_at, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)";

/// A new portfolio; `holdings_of` where it keeps the holdings of that user.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: &Portfolio,
    holdings_of: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        INSERT,
        cx.tenant.0,
        portfolio.id.0,
        &portfolio.name,
        portfolio.currency.as_str(),
        portfolio.cost_method.as_str(),
        portfolio.benchmark.as_str(),
        portfolio.sample,
        Json(&portfolio.limits),
        portfolio.version,
        holdings_of.map(|user| user.0),
        at
    )?;
    Ok(())
}

const HOLDINGS_OF: &str = "
select id
from portfolios
where tenant_id = $1 and holdings_of = $2";

/// The portfolio that keeps the caller's holdings, if there is one yet.
pub(crate) async fn of_holdings(tx: &mut Tx, cx: &Cx) -> Result<Option<PortfolioId>> {
    let found: Option<Uuid> = on_tx!(tx, |conn| {
        sqlx::query_scalar(HOLDINGS_OF).bind(cx.tenant.0).bind(cx.user.0).fetch_optional(conn).await
    })?;
    Ok(found.map(PortfolioId))
}

const UPDATE: &str = "
update portfolios
set name = $3, currency = $4, cost_method = $5, benchmark = $6, limits = $7, version = $8, changed_at = $9
where tenant_id = $1 and id = $2";

/// Everything of a portfolio that can change, with its new version.
pub(crate) async fn update(tx: &mut Tx, cx: &Cx, portfolio: &Portfolio, at: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        cx.tenant.0,
        portfolio.id.0,
        &portfolio.name,
        portfolio.currency.as_str(),
        portfolio.cost_method.as_str(),
        portfolio.benchmark.as_str(),
        Json(&portfolio.limits),
        portfolio.version,
        at
    )?;
    Ok(())
}

const DELETE: &str = "
delete from portfolios
where tenant_id = $1 and id = $2";

/// Gone, with its transactions.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, id: PortfolioId) -> Result<()> {
    execute!(tx, DELETE, cx.tenant.0, id.0)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("ALL", ALL),
    ("ONE", ONE),
    ("INSERT", INSERT),
    ("HOLDINGS_OF", HOLDINGS_OF),
    ("UPDATE", UPDATE),
    ("DELETE", DELETE),
];
