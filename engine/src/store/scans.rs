//! What each scan said of a session: market-wide, kept by day.

use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::scanner::{Match, Scan, ScanResult, Timeframe};
use sqlx::types::Json;

#[derive(sqlx_macros::FromRow)]
struct Row {
    made_at: DateTime<Utc>,
    symbols: i64,
    total: i64,
    columns: Json<Vec<String>>,
    items: Json<Vec<Match>>,
}

const GET: &str = "
select made_at, symbols, total, columns, items
from scan_results
where timeframe = $1 and day = $2 and scan = $3";

/// What a scan said of a session; `None` where it was not kept.
pub(crate) async fn get(
    db: &Db,
    scan: Scan,
    timeframe: Timeframe,
    day: NaiveDate,
) -> Result<Option<ScanResult>> {
    let found: Option<Row> = on_read!(db, |pool| {
        sqlx::query_as(GET).bind(timeframe.as_str()).bind(day).bind(scan.as_str()).fetch_optional(pool).await
    })?;
    let count = |count: i64| {
        u32::try_from(count).map_err(|_| Error::Internal(format!("scan {} of {day}", scan.as_str())))
    };
    found
        .map(|row| {
            Ok(ScanResult {
                scan,
                timeframe,
                day,
                made_at: row.made_at,
                symbols: count(row.symbols)?,
                total: count(row.total)?,
                columns: row.columns.0,
                items: row.items.0,
            })
        })
        .transpose()
}

const PUT: &str = "
insert into scan_results (timeframe, day, scan, made_at, symbols, total, columns, items)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (timeframe, day, scan) do nothing";

/// Keeps what a scan said; what was kept of that session before stays.
pub(crate) async fn put(tx: &mut Tx, result: &ScanResult) -> Result<()> {
    execute!(
        tx,
        PUT,
        result.timeframe.as_str(),
        result.day,
        result.scan.as_str(),
        result.made_at,
        i64::from(result.symbols),
        i64::from(result.total),
        Json(&result.columns),
        Json(&result.items)
    )?;
    Ok(())
}

const LAST_DAY: &str = "
select max(day)
from scan_results
where timeframe = $1";

/// The latest session whose scans are kept.
pub(crate) async fn last_day(db: &Db, timeframe: Timeframe) -> Result<Option<NaiveDate>> {
    Ok(on_read!(db, |pool| { sqlx::query_scalar(LAST_DAY).bind(timeframe.as_str()).fetch_one(pool).await })?)
}

#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[("GET", GET), ("PUT", PUT), ("LAST_DAY", LAST_DAY)];
