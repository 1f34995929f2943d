//! Price history at the stored intervals.

use super::{bars_bulk, rows};
use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read, on_tx, retire},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Bar, Interval, Symbol, source::Source};

#[derive(sqlx_macros::FromRow)]
struct Row {
    symbol: String,
    time: i64,
    open: Option<f64>,
    high: Option<f64>,
    low: Option<f64>,
    close: f64,
    adj_close: Option<f64>,
    volume: Option<f64>,
    source: String,
}

impl Row {
    fn bar(&self) -> Result<Bar> {
        let time = DateTime::from_timestamp(self.time, 0)
            .ok_or_else(|| Error::Internal(format!("bar at {}", self.time)))?;
        let &Row { open, high, low, close, adj_close, volume, .. } = self;
        Ok(Bar { time, open, high, low, close, adj_close, volume })
    }
}

/// The bars of one symbol and who delivered the last of them.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) symbol: Symbol,
    /// Oldest first, never empty.
    pub(crate) bars: Vec<Bar>,
    pub(crate) source: Source,
}

/// Rows sorted by symbol and time.
fn histories(found: &[Row]) -> Result<Vec<History>> {
    found
        .chunk_by(|a, b| a.symbol == b.symbol)
        .map(|of_one| {
            let last = &of_one[of_one.len() - 1];
            let broken = || Error::Internal(format!("bar of {} by {}", last.symbol, last.source));
            Ok(History {
                symbol: Symbol::parse(&last.symbol).ok_or_else(broken)?,
                bars: of_one.iter().map(Row::bar).collect::<Result<_>>()?,
                source: Source::parse(&last.source).ok_or_else(broken)?,
            })
        })
        .collect()
}

const SERIES: &str = "
select symbol, time, open, high, low, close, adj_close, volume, source
from bars
where symbol = $1 and interval = $2 and time >= $3 and time < $4
order by time desc
limit $5";

/// The latest `limit` bars of one symbol in `from..to`, oldest first.
pub(crate) async fn series(
    db: &Db,
    symbol: &Symbol,
    interval: Interval,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Bar>> {
    let found: Vec<Row> = on_read!(db, |pool| {
        sqlx::query_as(SERIES)
            .bind(symbol.as_str())
            .bind(interval.as_str())
            .bind(from.timestamp())
            .bind(to.timestamp())
            .bind(limit)
            .fetch_all(pool)
            .await
    })?;
    found.iter().rev().map(Row::bar).collect()
}

/// `cross`, because SQLite keeps that order: it would compare every bar of the market with the wanted symbols otherwise.
const HISTORIES: &str = "
select b.symbol, b.time, b.open, b.high, b.low, b.close, b.adj_close, b.volume, b.source
from instruments i
cross join bars b
where $1 like '%,' || i.symbol || ',%' and b.symbol = i.symbol and b.interval = '1d'
order by i.symbol, b.time";

/// All daily bars of many symbols in one query; symbols without any are left out.
pub(crate) async fn daily(db: &Db, symbols: &[Symbol]) -> Result<Vec<History>> {
    let text = rows::one_text(symbols);
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(HISTORIES).bind(text).fetch_all(pool).await)?;
    histories(&found)
}

/// `cross` as in [`HISTORIES`].
const CLOSES: &str = "
select b.symbol, b.time, b.close
from instruments i
cross join bars b
where $1 like '%,' || i.symbol || ',%' and b.symbol = i.symbol and b.interval = '1d'
order by i.symbol, b.time";

/// All daily closes of many symbols, oldest first, in one query; symbols without any are left out.
pub(crate) async fn closes(db: &Db, symbols: &[Symbol]) -> Result<Vec<(Symbol, Vec<(NaiveDate, f64)>)>> {
    let text = rows::one_text(symbols);
    let found: Vec<(String, i64, f64)> =
        on_read!(db, |pool| sqlx::query_as(CLOSES).bind(text).fetch_all(pool).await)?;
    let date = |time| DateTime::from_timestamp(time, 0).map(|at| at.date_naive());
    let of_one = |rows: &[(String, i64, f64)]| {
        let closes = rows.iter().filter_map(|(_, time, close)| Some((date(*time)?, *close))).collect();
        Some((Symbol::parse(&rows.first()?.0)?, closes))
    };
    Ok(found.chunk_by(|a, b| a.0 == b.0).filter_map(of_one).collect())
}

/// The index is entered twice per symbol, so the cost does not grow with the length of the history.
/// `materialized`, because PostgreSQL would look for the start again for every bar otherwise.
const LATEST: &str = "
with starts as materialized (
  select i.symbol, coalesce((
    select p.time
    from bars p
    where p.symbol = i.symbol and p.interval = '1d'
    order by p.time desc
    limit 1 offset $1
  ), -99999999999) as start
  from instruments i
)
select b.symbol, b.time, b.open, b.high, b.low, b.close, b.adj_close, b.volume, b.source
from starts s
join bars b on b.symbol = s.symbol and b.interval = '1d' and b.time >= s.start
order by b.symbol, b.time";

/// The latest `count` daily bars of every instrument that has any.
pub(crate) async fn latest(db: &Db, count: i64) -> Result<Vec<History>> {
    let found: Vec<Row> = on_read!(db, |pool| sqlx::query_as(LATEST).bind(count - 1).fetch_all(pool).await)?;
    histories(&found)
}

/// A bar that comes as it is stored is no change.
macro_rules! on_conflict {
    () => {
        "
on conflict (symbol, interval, time) do update set
  open = excluded.open,
  high = excluded.high,
  low = excluded.low,
  close = excluded.close,
  adj_close = excluded.adj_close,
  volume = excluded.volume,
  source = excluded.source
where bars.close <> excluded.close
  or bars.open is distinct from excluded.open
  or bars.high is distinct from excluded.high
  or bars.low is distinct from excluded.low
  or bars.adj_close is distinct from excluded.adj_close
  or bars.volume is distinct from excluded.volume
  or bars.source <> excluded.source"
    };
}

pub(super) const ON_CONFLICT: &str = on_conflict!();

const INSERT: &str = concat!(
    "
insert into bars (symbol, interval, time, open, high, low, close, adj_close, volume, source)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    on_conflict!()
);

/// Inserts or replaces bars of a stored interval; each time at most once in `bars`. How many were new or
/// different.
pub(crate) async fn upsert(
    tx: &mut Tx,
    symbol: &Symbol,
    interval: Interval,
    source: Source,
    bars: &[Bar],
) -> Result<u64> {
    if bars.len() >= bars_bulk::WORTH_ARRAYS
        && let Tx::Postgres(open) = tx
    {
        return bars_bulk::upsert(open, symbol, interval, source, bars).await;
    }
    Ok(rows::insert_all!(tx, INSERT, bars, |bar| (
        symbol.as_str(),
        interval.as_str(),
        bar.time.timestamp(),
        bar.open,
        bar.high,
        bar.low,
        bar.close,
        bar.adj_close,
        bar.volume,
        source.as_str()
    )))
}

const OLDEST: &str = "
select min(time)
from bars
where symbol = $1 and interval = '1d' and source = $2";

/// The oldest daily bar that came from a source, by its label.
pub(crate) async fn oldest(db: &Db, symbol: &Symbol, source: Source) -> Result<Option<DateTime<Utc>>> {
    let time: Option<i64> = on_read!(db, |pool| {
        sqlx::query_scalar(OLDEST).bind(symbol.as_str()).bind(source.as_str()).fetch_one(pool).await
    })?;
    Ok(time.and_then(|time| DateTime::from_timestamp(time, 0)))
}

const LEFT_BEHIND: &str = "
delete from bars
where symbol = $1 and interval = $2 and (time < $3 or source <> $4)";

/// Before a whole history is stored anew: removes what is older than it and what another source left between its
/// bars, since those are on another basis. What the same source left between them, oldest first.
pub(crate) async fn forget_left_behind(
    tx: &mut Tx,
    symbol: &Symbol,
    interval: Interval,
    first: DateTime<Utc>,
    source: Source,
) -> Result<Vec<Bar>> {
    execute!(tx, LEFT_BEHIND, symbol.as_str(), interval.as_str(), first.timestamp(), source.as_str())?;
    let left: Vec<Row> = on_tx!(tx, |conn| {
        sqlx::query_as(SERIES)
            .bind(symbol.as_str())
            .bind(interval.as_str())
            .bind(i64::MIN)
            .bind(i64::MAX)
            .bind(i64::MAX)
            .fetch_all(conn)
            .await
    })?;
    left.iter().rev().map(Row::bar).collect()
}

const FORGET_ONE: &str = "
delete from bars
where symbol = $1 and interval = $2 and time = $3";

/// Removes single bars; there are few of them.
pub(crate) async fn forget_at(
    tx: &mut Tx,
    symbol: &Symbol,
    interval: Interval,
    times: &[DateTime<Utc>],
) -> Result<()> {
    for time in times {
        execute!(tx, FORGET_ONE, symbol.as_str(), interval.as_str(), time.timestamp())?;
    }
    Ok(())
}

const COLLECTED: &str = "
select distinct symbol
from bars
where source not in ('bundled', 'import')";

/// Symbols with bars that were collected from outside.
pub(crate) async fn collected(tx: &mut Tx) -> Result<Vec<Symbol>> {
    let found: Vec<(String,)> = on_tx!(tx, |conn| sqlx::query_as(COLLECTED).fetch_all(conn).await)?;
    Ok(found.iter().filter_map(|row| Symbol::parse(&row.0)).collect())
}

const BREAKS: &str = "
select symbol, before, time
from (
  select b.symbol, b.time, lag(b.time) over (partition by b.symbol order by b.time) as before
  from instruments i
  join bars b on b.symbol = i.symbol and b.interval = '1d' and b.time >= $1
) steps
where time - before > 86400
order by symbol, time";

/// Where a daily bar is not followed by one of the next day, since a day: the days before and after, by symbol.
pub(crate) async fn breaks(db: &Db, since: NaiveDate) -> Result<Vec<(Symbol, NaiveDate, NaiveDate)>> {
    let since = Bar::label(since).timestamp();
    let found: Vec<(String, i64, i64)> =
        on_read!(db, |pool| sqlx::query_as(BREAKS).bind(since).fetch_all(pool).await)?;
    let date = |time| DateTime::from_timestamp(time, 0).map(|at| at.date_naive());
    let row = |(symbol, before, after): (String, i64, i64)| {
        Some((Symbol::parse(&symbol)?, date(before)?, date(after)?))
    };
    Ok(found.into_iter().filter_map(row).collect())
}

const RETIRE: &str = "
delete from bars
where interval = $1 and time < $2 and source not in ('bundled', 'import')";

const RETIRED: &str = "
select count(*)
from bars
where interval = $1 and time < $2 and source not in ('bundled', 'import')";

/// Removes collected bars of an interval that start before a moment, or only counts them.
pub(crate) async fn retire(
    tx: &mut Tx,
    interval: Interval,
    before: DateTime<Utc>,
    dry_run: bool,
) -> Result<u64> {
    retire!(tx, dry_run, RETIRE, RETIRED, interval.as_str(), before.timestamp())
}

const FORGET: &str = "delete from bars where source = $1";

/// Removes every bar that came from `source`.
pub(crate) async fn forget(tx: &mut Tx, source: Source) -> Result<()> {
    execute!(tx, FORGET, source.as_str())?;
    Ok(())
}

const ANY_COLLECTED: &str = "
select symbol
from bars
where interval = '1d' and source in ('yahoo', 'tiingo')
limit 1";

/// Whether any history was collected from a provider.
pub(crate) async fn any_collected(db: &Db) -> Result<bool> {
    let found: Option<(String,)> =
        on_read!(db, |pool| sqlx::query_as(ANY_COLLECTED).fetch_optional(pool).await)?;
    Ok(found.is_some())
}

const ANALYZE: &str = "analyze bars";

/// Lets the database look at what is in the table now, to be called after much was written: PostgreSQL plans
/// badly for a table that it believes to be empty.
pub(crate) async fn analyze(tx: &mut Tx) -> Result<()> {
    execute!(tx, ANALYZE)?;
    Ok(())
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("INSERT", INSERT),
    ("SERIES", SERIES),
    ("HISTORIES", HISTORIES),
    ("CLOSES", CLOSES),
    ("LATEST", LATEST),
    ("FORGET", FORGET),
    ("OLDEST", OLDEST),
    ("LEFT_BEHIND", LEFT_BEHIND),
    ("FORGET_ONE", FORGET_ONE),
    ("COLLECTED", COLLECTED),
    ("ANY_COLLECTED", ANY_COLLECTED),
    ("BREAKS", BREAKS),
    ("RETIRE", RETIRE),
    ("RETIRED", RETIRED),
];
