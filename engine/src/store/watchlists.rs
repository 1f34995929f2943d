//! The lists of a tenant.

use super::rows;
use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, tenants},
};
use chrono::{DateTime, Utc};
use domain::{Symbol, watchlist::Watchlist};
use uuid::Uuid;

type Row = (Uuid, String, Option<String>);

const LISTS: &str = "
select l.id, l.name, s.symbol
from watchlists l
left join watchlist_symbols s on s.tenant_id = l.tenant_id and s.watchlist_id = l.id
where l.tenant_id = $1
order by l.position, l.id, s.position, s.symbol";

fn lists(found: Vec<Row>) -> Result<Vec<Watchlist>> {
    let mut lists: Vec<Watchlist> = Vec::new();
    for (id, name, symbol) in found {
        if lists.last().is_none_or(|list| list.id != id) {
            lists.push(Watchlist { id, name, symbols: Vec::new() });
        }
        if let (Some(list), Some(symbol)) = (lists.last_mut(), symbol) {
            let broken = || Error::Internal(format!("watchlist with {symbol}"));
            list.symbols.push(Symbol::parse(&symbol).ok_or_else(broken)?);
        }
    }
    Ok(lists)
}

/// Every list of the caller's tenant, in its order.
pub(crate) async fn all(db: &Db, cx: &Cx) -> Result<Vec<Watchlist>> {
    lists(on_read!(db, cx, |conn| sqlx::query_as(LISTS).bind(cx.tenant.0).fetch_all(conn).await)?)
}

/// As [`all`], holding the tenant's row until the transaction ends: changes to the lists of one tenant happen
/// one after another, so that limits hold also when two are made at once.
pub(crate) async fn all_locked(tx: &mut Tx, cx: &Cx) -> Result<Vec<Watchlist>> {
    tenants::lock(tx, cx).await?;
    lists(on_tx!(tx, |conn| sqlx::query_as(LISTS).bind(cx.tenant.0).fetch_all(conn).await)?)
}

const INSERT: &str = "
insert into watchlists (tenant_id, id, name, position, created_at)
values ($1, $2, $3, (select coalesce(max(position), 0) + 1 from watchlists where tenant_id = $1), $4)";

/// A new list behind the others.
pub(crate) async fn insert(tx: &mut Tx, cx: &Cx, id: Uuid, name: &str, at: DateTime<Utc>) -> Result<()> {
    execute!(tx, INSERT, cx.tenant.0, id, name, at)?;
    Ok(())
}

const RENAME: &str = "
update watchlists
set name = $3
where tenant_id = $1 and id = $2";

/// Another name.
pub(crate) async fn rename(tx: &mut Tx, cx: &Cx, id: Uuid, name: &str) -> Result<()> {
    execute!(tx, RENAME, cx.tenant.0, id, name)?;
    Ok(())
}

const DELETE: &str = "
delete from watchlists
where tenant_id = $1 and id = $2";

/// Gone, with its symbols.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, id: Uuid) -> Result<()> {
    execute!(tx, DELETE, cx.tenant.0, id)?;
    Ok(())
}

const EMPTY: &str = "
delete from watchlist_symbols
where tenant_id = $1 and watchlist_id = $2";

const IS_OURS: &str = "
select count(*)
from watchlists
where tenant_id = $1 and id = $2";

const FILL: &str = "
insert into watchlist_symbols (tenant_id, watchlist_id, symbol, position)
values ($1, $2, $3, $4)";

/// These symbols in this order and no others; each at most once in `symbols`.
///
/// # Errors
/// [`Error::NotFound`] for a list of another tenant.
pub(crate) async fn set_symbols(tx: &mut Tx, cx: &Cx, id: Uuid, symbols: &[Symbol]) -> Result<()> {
    let ours: i64 =
        on_tx!(tx, |conn| sqlx::query_scalar(IS_OURS).bind(cx.tenant.0).bind(id).fetch_one(conn).await)?;
    if ours == 0 {
        return Err(Error::NotFound("the watchlist"));
    }
    execute!(tx, EMPTY, cx.tenant.0, id)?;
    let placed: Vec<(usize, &Symbol)> = symbols.iter().enumerate().collect();
    rows::insert_all!(tx, FILL, placed, |(place, symbol)| (cx.tenant.0, id, symbol.as_str(), *place as i64));
    Ok(())
}

const WATCHED: &str = "
select symbol
from watchlist_symbols
group by symbol
order by count(*) desc, symbol
limit $1";

/// The symbols most lists hold, over all tenants; says nothing of who holds them.
pub(crate) async fn watched(db: &Db, limit: i64) -> Result<Vec<Symbol>> {
    let found: Vec<(String,)> =
        on_read!(db, |pool| sqlx::query_as(WATCHED).bind(limit).fetch_all(pool).await)?;
    Ok(found.iter().filter_map(|row| Symbol::parse(&row.0)).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("FILL", FILL),
    ("IS_OURS", IS_OURS),
    ("LISTS", LISTS),
    ("INSERT", INSERT),
    ("RENAME", RENAME),
    ("DELETE", DELETE),
    ("EMPTY", EMPTY),
    ("WATCHED", WATCHED),
];
