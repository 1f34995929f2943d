//! Instruments of tenants, and their daily bars.

use super::rows;
use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, Utc};
use domain::{Bar, Symbol, custom::CustomInstrument};

#[derive(sqlx_macros::FromRow)]
struct Row {
    symbol: String,
    name: String,
    currency: String,
    bars: i64,
    first: Option<i64>,
    last: Option<i64>,
}

impl Row {
    fn instrument(self) -> Result<CustomInstrument> {
        let day = |time: Option<i64>| Some(DateTime::from_timestamp(time?, 0)?.date_naive());
        Ok(CustomInstrument {
            symbol: Symbol::parse(&self.symbol)
                .ok_or_else(|| Error::Internal(format!("own instrument {}", self.symbol)))?,
            name: self.name,
            currency: self.currency,
            bars: u32::try_from(self.bars).unwrap_or(u32::MAX),
            first: day(self.first),
            last: day(self.last),
        })
    }
}

const ALL: &str = "
select i.symbol, i.name, i.currency, count(b.time) as bars, min(b.time) as first, max(b.time) as last
from custom_instruments i
left join custom_bars b on b.tenant_id = i.tenant_id and b.symbol = i.symbol
where i.tenant_id = $1
group by i.symbol, i.name, i.currency
order by i.symbol";

/// Those of the caller's tenant, by symbol.
pub(crate) async fn all(db: &Db, cx: &Cx) -> Result<Vec<CustomInstrument>> {
    let found: Vec<Row> =
        on_read!(db, cx, |conn| sqlx::query_as(ALL).bind(cx.tenant.0).fetch_all(conn).await)?;
    found.into_iter().map(Row::instrument).collect()
}

const INSERT: &str = "
insert into custom_instruments (tenant_id, symbol, name, currency, created_at)
values ($1, $2, $3, $4, $5)
on conflict (tenant_id, symbol) do update set
  name = excluded.name,
  currency = excluded.currency";

/// Inserts, or gives it another name and currency.
pub(crate) async fn upsert(
    tx: &mut Tx,
    cx: &Cx,
    symbol: &Symbol,
    name: &str,
    currency: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    execute!(tx, INSERT, cx.tenant.0, symbol.as_str(), name, currency, at)?;
    Ok(())
}

const INSERT_BARS: &str = "
insert into custom_bars (tenant_id, symbol, time, open, high, low, close, adj_close, volume)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (tenant_id, symbol, time) do update set
  open = excluded.open,
  high = excluded.high,
  low = excluded.low,
  close = excluded.close,
  adj_close = excluded.adj_close,
  volume = excluded.volume
where custom_bars.close <> excluded.close
  or custom_bars.open is distinct from excluded.open
  or custom_bars.high is distinct from excluded.high
  or custom_bars.low is distinct from excluded.low
  or custom_bars.adj_close is distinct from excluded.adj_close
  or custom_bars.volume is distinct from excluded.volume";

/// Inserts or replaces daily bars; each day at most once in `bars`. How many were new or different.
pub(crate) async fn upsert_bars(tx: &mut Tx, cx: &Cx, symbol: &Symbol, bars: &[Bar]) -> Result<u64> {
    Ok(rows::insert_all!(tx, INSERT_BARS, bars, |bar| (
        cx.tenant.0,
        symbol.as_str(),
        bar.time.timestamp(),
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.adj_close,
        bar.volume
    )))
}

#[derive(sqlx_macros::FromRow)]
struct BarRow {
    time: i64,
    open: Option<f64>,
    high: Option<f64>,
    low: Option<f64>,
    close: f64,
    adj_close: Option<f64>,
    volume: Option<f64>,
}

const BARS: &str = "
select time, open, high, low, close, adj_close, volume
from custom_bars
where tenant_id = $1 and symbol = $2
order by time";

/// All daily bars of an instrument of the caller's tenant, oldest first.
pub(crate) async fn bars(db: &Db, cx: &Cx, symbol: &Symbol) -> Result<Vec<Bar>> {
    let found: Vec<BarRow> = on_read!(db, cx, |conn| {
        sqlx::query_as(BARS).bind(cx.tenant.0).bind(symbol.as_str()).fetch_all(conn).await
    })?;
    let bar = |row: BarRow| {
        let BarRow { open, high, low, close, adj_close, volume, .. } = row;
        let time = DateTime::from_timestamp(row.time, 0)?;
        Some(Bar { time, open, high, low, close, adj_close, volume })
    };
    Ok(found.into_iter().filter_map(bar).collect())
}

const DELETE: &str = "
delete from custom_instruments
where tenant_id = $1 and symbol = $2";

/// Away with it and its bars; false where there is none.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, symbol: &Symbol) -> Result<bool> {
    Ok(execute!(tx, DELETE, cx.tenant.0, symbol.as_str())? == 1)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] =
    &[("ALL", ALL), ("INSERT", INSERT), ("INSERT_BARS", INSERT_BARS), ("BARS", BARS), ("DELETE", DELETE)];
