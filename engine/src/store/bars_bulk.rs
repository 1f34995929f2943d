//! PostgreSQL only: many bars at once, several times as fast as statements with a placeholder a value.
//!
//! Thousands go as arrays, in one statement and one round trip. Tens of thousands go by `copy` into a table that this
//! connection alone sees, and from there by the same upsert, so that what was new or different is always told apart
//! from what was there. Fewer do not: the end of a `copy` waits for the acknowledgement of its data, 40 ms, because
//! the driver leaves Nagle's algorithm on.

use crate::error::Result;
use domain::{Bar, Interval, Symbol, source::Source};
use sqlx::{AssertSqlSafe, PgConnection};
use std::fmt::Write;

/// From how many bars on it is worth arrays.
pub(super) const WORTH_ARRAYS: usize = 100;

/// From how many bars on it is worth a second table.
const WORTH_COPY: usize = 20_000;

/// Rows sent in one piece, so that memory stays bounded.
const PIECE: usize = 10_000;

const MAY: &str = "select has_database_privilege(current_database(), 'temporary')";

const INCOMING: &str = "
create temporary table if not exists bars_incoming (
  time bigint not null,
  open double precision,
  high double precision,
  low double precision,
  close double precision not null,
  adj_close double precision,
  volume double precision
) on commit delete rows";

const COPY: &str = "copy bars_incoming (time, open, high, low, close, adj_close, volume) from stdin";

/// The rows of a select `(symbol, interval, time, .. volume, source)`, in the order of the key: the index grows at
/// its end.
const INTO: &str = "
insert into bars (symbol, interval, time, open, high, low, close, adj_close, volume, source)
";

const ARRAYS: &str = "
select $1, $2, time, open, high, low, close, adj_close, volume, $3
from unnest($4::bigint[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[])
  as incoming (time, open, high, low, close, adj_close, volume)
order by time";

const COPIED: &str = "
select $1, $2, time, open, high, low, close, adj_close, volume, $3
from bars_incoming
order by time";

/// Whether this connection may have a table of its own.
async fn may(conn: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar(MAY).fetch_one(conn).await?)
}

/// As [`super::bars::upsert`].
pub(super) async fn upsert(
    conn: &mut PgConnection,
    symbol: &Symbol,
    interval: Interval,
    source: Source,
    bars: &[Bar],
) -> Result<u64> {
    let copied = bars.len() >= WORTH_COPY && may(conn).await?;
    let rows = if copied { COPIED } else { ARRAYS };
    let merge = AssertSqlSafe(format!("{INTO}{rows}{}", super::bars::ON_CONFLICT));
    let merge = sqlx::query(merge).bind(symbol.as_str()).bind(interval.as_str()).bind(source.as_str());
    if copied {
        copy(conn, bars).await?;
        let changed = merge.execute(&mut *conn).await?.rows_affected();
        // The next symbol of the same transaction finds it empty.
        sqlx::query("truncate bars_incoming").execute(&mut *conn).await?;
        return Ok(changed);
    }
    let column = |value: fn(&Bar) -> Option<f64>| bars.iter().map(value).collect::<Vec<_>>();
    let merge = merge
        .bind(bars.iter().map(|bar| bar.time.timestamp()).collect::<Vec<_>>())
        .bind(column(|bar| bar.open))
        .bind(column(|bar| bar.high))
        .bind(column(|bar| bar.low))
        .bind(column(|bar| Some(bar.close)))
        .bind(column(|bar| bar.adj_close))
        .bind(column(|bar| bar.volume));
    Ok(merge.execute(&mut *conn).await?.rows_affected())
}

async fn copy(conn: &mut PgConnection, bars: &[Bar]) -> Result<()> {
    sqlx::query(INCOMING).execute(&mut *conn).await?;
    let mut copy = conn.copy_in_raw(COPY).await?;
    let mut text = String::new();
    for piece in bars.chunks(PIECE) {
        text.clear();
        for bar in piece {
            row(&mut text, bar);
        }
        copy.send(text.as_bytes()).await?;
    }
    copy.finish().await?;
    Ok(())
}

/// A line of the text format: the shortest digits that read back as the same number, `\N` for what is absent.
fn row(text: &mut String, bar: &Bar) {
    // Writing into a String can not fail.
    let _ = write!(text, "{}", bar.time.timestamp());
    for value in [bar.open, bar.high, bar.low, Some(bar.close), bar.adj_close, bar.volume] {
        let _ = match value {
            Some(value) => write!(text, "\t{value}"),
            None => write!(text, "\t\\N"),
        };
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::bars,
        testing::{for_each_db, now},
    };
    use chrono::{DateTime, Duration, Utc};

    /// More than one piece, with holes and numbers that have no short decimal form.
    fn many(count: i64) -> Vec<Bar> {
        let bar = |day: i64| {
            let close = 10.0 + (day as f64).sqrt() / 3.0;
            Bar {
                time: now() - Duration::days(count - day),
                open: (day % 7 != 0).then_some(close * 0.99),
                high: (day % 7 != 0).then_some(close * 1.01),
                low: (day % 7 != 0).then_some(close / 1.03),
                close,
                adj_close: (day % 5 != 0).then_some(close * 0.1),
                volume: (day % 3 != 0).then_some(1e9 + day as f64),
            }
        };
        (0..count).map(bar).collect()
    }

    #[tokio::test]
    async fn many_bars_are_stored_digit_for_digit_and_told_apart_when_they_come_again() {
        for_each_db(|db| async move {
            for (count, symbol) in [(1_234, "ARRAYS"), (21_234, "COPIED")] {
                come_and_come_again(&db, many(count), Symbol::parse(symbol).unwrap()).await;
            }
        })
        .await;
    }

    async fn come_and_come_again(db: &crate::store::Db, mut sent: Vec<Bar>, symbol: Symbol) {
        let store = async |tx: &mut crate::store::Tx, bars: &[Bar]| {
            bars::upsert(tx, &symbol, Interval::Day1, Source::Yahoo, bars).await.unwrap()
        };
        let mut tx = db.begin().await.unwrap();
        assert_eq!(store(&mut tx, &sent).await, sent.len() as u64);
        assert_eq!(store(&mut tx, &sent).await, 0, "nothing is new");
        tx.commit().await.unwrap();
        sent[7].volume = None;
        sent[1_100].close += 0.5;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(store(&mut tx, &sent).await, 2);
        tx.commit().await.unwrap();
        let all = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        let found = bars::series(db, &symbol, Interval::Day1, all.0, all.1, i64::MAX).await.unwrap();
        assert!(found == sent, "not what was sent");
    }
}
