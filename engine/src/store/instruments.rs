//! Everything that can be priced, market-wide.

use super::rows;
use crate::{
    error::{Error, Result},
    store::{Db, Tx, on_read},
};
use domain::{Instrument, Kind, Sector, Symbol};

#[derive(sqlx_macros::FromRow)]
struct Row {
    symbol: String,
    name: String,
    kind: String,
    sector: Option<String>,
    industry: Option<String>,
    exchange: Option<String>,
    currency: String,
    market_cap: Option<f64>,
    active: bool,
}

impl Row {
    fn instrument(self) -> Result<Instrument> {
        let broken = |what: &str| Error::Internal(format!("instrument with {what}"));
        Ok(Instrument {
            symbol: Symbol::parse(&self.symbol).ok_or_else(|| broken(&self.symbol))?,
            kind: Kind::parse(&self.kind).ok_or_else(|| broken(&self.kind))?,
            sector: self.sector.as_deref().and_then(Sector::parse),
            name: self.name,
            industry: self.industry,
            exchange: self.exchange,
            currency: self.currency,
            market_cap: self.market_cap,
            active: self.active,
        })
    }
}

const ALL: &str = "
select symbol, name, kind, sector, industry, exchange, currency, market_cap, active
from instruments";

/// Every instrument, in no particular order: collations differ, the caller sorts.
pub(crate) async fn all(db: &Db) -> Result<Vec<Instrument>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(ALL).fetch_all(pool).await)?;
    found.into_iter().map(Row::instrument).collect()
}

const INSERT: &str = "
insert into instruments (symbol, name, kind, sector, industry, exchange, currency, market_cap, active)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (symbol) do update set
  name = excluded.name,
  kind = excluded.kind,
  sector = excluded.sector,
  industry = excluded.industry,
  exchange = excluded.exchange,
  currency = excluded.currency,
  market_cap = excluded.market_cap,
  active = excluded.active";

/// Inserts or replaces; each symbol at most once in `instruments`.
pub(crate) async fn upsert(tx: &mut Tx, instruments: &[Instrument]) -> Result<()> {
    rows::insert_all!(tx, INSERT, instruments, |each| (
        each.symbol.as_str(),
        &each.name,
        each.kind.as_str(),
        each.sector.map(Sector::as_str),
        each.industry.as_deref(),
        each.exchange.as_deref(),
        &each.currency,
        each.market_cap,
        each.active
    ));
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("INSERT", INSERT), ("ALL", ALL)];
