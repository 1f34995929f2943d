//! What happened in the portfolios of a tenant: purchases, sales, dividends, cash.

use super::{money::Money, rows};
use crate::{
    Cx,
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Symbol, UserId,
    portfolio::{Currency, Entry, PortfolioId, Transaction, TransactionId, TransactionKind},
};
use rust_decimal::Decimal;
use uuid::Uuid;

/// A transaction as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    pub(crate) transaction: Transaction,
    /// The user who keeps it as a holding.
    pub(crate) holding_of: Option<UserId>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: Uuid,
    portfolio_id: Uuid,
    kind: String,
    date: NaiveDate,
    symbol: Option<String>,
    quantity: Option<Money>,
    price: Option<Money>,
    amount: Option<Money>,
    fee: Money,
    tax: Money,
    currency: String,
    fx_rate: Option<Money>,
    note: Option<String>,
    holding_of: Option<Uuid>,
    version: i64,
}

impl Row {
    fn kept(self) -> Result<Kept> {
        let broken = |what: &str| Error::Internal(format!("transaction {} with {what}", self.id));
        let plain = |money: Option<Money>| money.map(|Money(value)| value);
        let symbol = match &self.symbol {
            Some(text) => Some(Symbol::parse(text).ok_or_else(|| broken(text))?),
            None => None,
        };
        let entry = Entry {
            kind: TransactionKind::parse(&self.kind).ok_or_else(|| broken(&self.kind))?,
            date: self.date,
            symbol,
            quantity: plain(self.quantity),
            price: plain(self.price),
            amount: plain(self.amount),
            fee: self.fee.0,
            tax: self.tax.0,
            currency: self.currency.parse().map_err(|_| broken(&self.currency))?,
            fx_rate: plain(self.fx_rate),
            note: self.note,
        };
        Ok(Kept {
            transaction: Transaction { id: TransactionId(self.id), entry, version: self.version },
            holding_of: self.holding_of.map(UserId),
        })
    }
}

fn money(value: Option<Decimal>) -> Option<Money> {
    value.map(Money)
}

macro_rules! columns {
    () => {
        "select id, portfolio_id, kind, date, symbol, quantity, price, amount, fee, tax, currency, fx_rate, note, holding_of, version
from transactions
"
    };
}

const OF_PORTFOLIO: &str = concat!(
    columns!(),
    "where tenant_id = $1 and portfolio_id = $2
order by date, id"
);

/// Every transaction of a portfolio, oldest first; those of one day in the order they were entered.
pub(crate) async fn of(db: &Db, cx: &Cx, portfolio: PortfolioId) -> Result<Vec<Kept>> {
    let found: Vec<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(OF_PORTFOLIO).bind(cx.tenant.0).bind(portfolio.0).fetch_all(conn).await
    })?;
    found.into_iter().map(Row::kept).collect()
}

const ONE: &str = concat!(columns!(), "where tenant_id = $1 and portfolio_id = $2 and id = $3");

/// One transaction of a portfolio.
pub(crate) async fn one(db: &Db, cx: &Cx, portfolio: PortfolioId, id: TransactionId) -> Result<Option<Kept>> {
    let found: Option<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(ONE).bind(cx.tenant.0).bind(portfolio.0).bind(id.0).fetch_optional(conn).await
    })?;
    found.map(Row::kept).transpose()
}

/// As [`one`], within a change.
pub(crate) async fn one_in(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: PortfolioId,
    id: TransactionId,
) -> Result<Option<Kept>> {
    let found: Option<Row> = on_tx!(tx, |conn| {
        sqlx::query_as(ONE).bind(cx.tenant.0).bind(portfolio.0).bind(id.0).fetch_optional(conn).await
    })?;
    found.map(Row::kept).transpose()
}

const NEWEST: &str = concat!(
    columns!(),
    "where tenant_id = $1 and portfolio_id = $2 and (date < $3 or (date = $3 and id < $4))
order by date desc, id desc
limit $5"
);

const OLDEST: &str = concat!(
    columns!(),
    "where tenant_id = $1 and portfolio_id = $2 and (date > $3 or (date = $3 and id > $4))
order by date, id
limit $5"
);

/// Up to `limit` transactions behind `after` (date and id) in the order of their dates, newest first or oldest first.
pub(crate) async fn page(
    db: &Db,
    cx: &Cx,
    portfolio: PortfolioId,
    newest_first: bool,
    after: Option<(NaiveDate, TransactionId)>,
    limit: i64,
) -> Result<Vec<Kept>> {
    // Dates of people, within what both databases can hold.
    let end = |year, id| (NaiveDate::from_yo_opt(year, 1).unwrap_or_default(), id);
    let (sql, start) = match newest_first {
        true => (NEWEST, end(9999, Uuid::max())),
        false => (OLDEST, end(1, Uuid::nil())),
    };
    let (date, id) = after.map_or(start, |(date, id)| (date, id.0));
    let found: Vec<Row> = on_read!(db, cx, |conn| {
        sqlx::query_as(sql)
            .bind(cx.tenant.0)
            .bind(portfolio.0)
            .bind(date)
            .bind(id)
            .bind(limit)
            .fetch_all(conn)
            .await
    })?;
    found.into_iter().map(Row::kept).collect()
}

const COUNT: &str = "
select count(*)
from transactions
where tenant_id = $1 and portfolio_id = $2";

/// How many a portfolio has.
pub(crate) async fn count(tx: &mut Tx, cx: &Cx, portfolio: PortfolioId) -> Result<i64> {
    Ok(on_tx!(tx, |conn| sqlx::query_scalar(COUNT)
        .bind(cx.tenant.0)
        .bind(portfolio.0)
        .fetch_one(conn)
        .await)?)
}

const INSERT: &str = "
insert into transactions (tenant_id, id, portfolio_id, kind, date, symbol, quantity, price, amount, fee, tax, currency,
  fx_rate, note, holding_of, version, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

/// New transactions of a portfolio of the caller's tenant.
pub(crate) async fn insert(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: PortfolioId,
    transactions: &[Transaction],
    holding_of: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<()> {
    rows::insert_all!(tx, INSERT, transactions, |each| (
        cx.tenant.0,
        each.id.0,
        portfolio.0,
        each.entry.kind.as_str(),
        each.entry.date,
        each.entry.symbol.as_ref().map(Symbol::as_str),
        money(each.entry.quantity),
        money(each.entry.price),
        money(each.entry.amount),
        Money(each.entry.fee),
        Money(each.entry.tax),
        each.entry.currency.as_str(),
        money(each.entry.fx_rate),
        each.entry.note.as_deref(),
        holding_of.map(|user| user.0),
        1_i64,
        at
    ));
    Ok(())
}

const UPDATE: &str = "
update transactions
set kind = $4, date = $5, symbol = $6, quantity = $7, price = $8, amount = $9, fee = $10, tax = $11, currency = $12,
  fx_rate = $13, note = $14, holding_of = $15, version = version + 1
where tenant_id = $1 and portfolio_id = $2 and id = $3";

/// Everything of one transaction; its version grows.
pub(crate) async fn update(
    tx: &mut Tx,
    cx: &Cx,
    portfolio: PortfolioId,
    each: &Transaction,
    holding_of: Option<UserId>,
) -> Result<()> {
    let entry = &each.entry;
    execute!(
        tx,
        UPDATE,
        cx.tenant.0,
        portfolio.0,
        each.id.0,
        entry.kind.as_str(),
        entry.date,
        entry.symbol.as_ref().map(Symbol::as_str),
        money(entry.quantity),
        money(entry.price),
        money(entry.amount),
        Money(entry.fee),
        Money(entry.tax),
        entry.currency.as_str(),
        money(entry.fx_rate),
        entry.note.as_deref(),
        holding_of.map(|user| user.0)
    )?;
    Ok(())
}

const DELETE: &str = "
delete from transactions
where tenant_id = $1 and portfolio_id = $2 and id = $3";

/// Away with one.
pub(crate) async fn delete(tx: &mut Tx, cx: &Cx, portfolio: PortfolioId, id: TransactionId) -> Result<()> {
    execute!(tx, DELETE, cx.tenant.0, portfolio.0, id.0)?;
    Ok(())
}

const HOLDINGS: &str = concat!(
    columns!(),
    "where tenant_id = $1 and holding_of = $2
order by symbol"
);

fn placed(found: Vec<Row>) -> Result<Vec<(PortfolioId, Kept)>> {
    found.into_iter().map(|row| Ok((PortfolioId(row.portfolio_id), row.kept()?))).collect()
}

/// What the caller keeps as holdings, each with the portfolio it is in.
pub(crate) async fn holdings(db: &Db, cx: &Cx) -> Result<Vec<(PortfolioId, Kept)>> {
    placed(on_read!(db, cx, |conn| {
        sqlx::query_as(HOLDINGS).bind(cx.tenant.0).bind(cx.user.0).fetch_all(conn).await
    })?)
}

/// As [`holdings`], within a change.
pub(crate) async fn holdings_in(tx: &mut Tx, cx: &Cx) -> Result<Vec<(PortfolioId, Kept)>> {
    placed(on_tx!(tx, |conn| {
        sqlx::query_as(HOLDINGS).bind(cx.tenant.0).bind(cx.user.0).fetch_all(conn).await
    })?)
}

const HELD: &str = "
select symbol, currency, count(*) as trades
from transactions
group by symbol, currency
union all
select null, currency, 0
from portfolios
group by currency
order by trades desc
limit $1";

/// Over all tenants, the symbols of portfolios and the currencies of their trades and totals, those with the most
/// trades first; a currency may come without a symbol. Says nothing of who holds them.
pub(crate) async fn held(db: &Db, limit: i64) -> Result<Vec<(Option<Symbol>, Currency)>> {
    let found: Vec<(Option<String>, String, i64)> =
        on_read!(db, |pool| sqlx::query_as(HELD).bind(limit).fetch_all(pool).await)?;
    let row = |(symbol, currency, _): &(Option<String>, String, i64)| {
        Some((symbol.as_deref().and_then(Symbol::parse), Currency::parse(currency)?))
    };
    Ok(found.iter().filter_map(row).collect())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("OF_PORTFOLIO", OF_PORTFOLIO),
    ("ONE", ONE),
    ("NEWEST", NEWEST),
    ("OLDEST", OLDEST),
    ("COUNT", COUNT),
    ("INSERT", INSERT),
    ("UPDATE", UPDATE),
    ("DELETE", DELETE),
    ("HOLDINGS", HOLDINGS),
    ("HELD", HELD),
];
