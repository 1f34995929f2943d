//! PostgreSQL only: many bars at once, several times as fast as statements with a placeholder a value.
//!
//! Thousands go as arrays, in one statement and one round trip. Tens of thousands go by `copy` into a table that this
//! connection alone sees, and from there on the same way. Fewer do not: the end of a `copy` waits for the
//! acknowledgement of its data, 40 ms, because the driver leaves Nagle's algorithm on.
//!
//! Where nothing is stored between the first and the last of them, all are new and go in plainly: looking for a
//! conflict takes as long again as the row itself. Otherwise they are merged, so that what was new or different is
//! always told apart from what was there.

use crate::error::Result;
use domain::{Bar, Interval, Symbol, source::Source};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres};
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

const STORED: &str = "
select exists (
  select
  from bars
  where symbol = $1 and interval = $2 and time >= $3 and time <= $4
)";

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
    let batch = Batch { symbol, interval, source, bars, copied };
    if copied {
        copy(conn, bars).await?;
    }
    let inserted = if batch.is_stored(conn).await? { None } else { batch.insert(conn).await? };
    let changed = match inserted {
        Some(count) => count,
        None => batch.write(conn, super::bars::ON_CONFLICT).await?,
    };
    if copied {
        // The next symbol of the same transaction finds it empty.
        sqlx::query("truncate bars_incoming").execute(&mut *conn).await?;
    }
    Ok(changed)
}

/// What one call stores.
struct Batch<'a> {
    symbol: &'a Symbol,
    interval: Interval,
    source: Source,
    bars: &'a [Bar],
    /// They are in the second table already.
    copied: bool,
}

impl Batch<'_> {
    /// Whether there may be a bar at the time of one of these.
    async fn is_stored(&self, conn: &mut PgConnection) -> Result<bool> {
        let times = || self.bars.iter().map(|bar| bar.time.timestamp());
        let found = sqlx::query_scalar(STORED)
            .bind(self.symbol.as_str())
            .bind(self.interval.as_str())
            .bind(times().min())
            .bind(times().max());
        Ok(found.fetch_one(conn).await?)
    }

    /// Writes them as new ones. `None`, with nothing written, when another transaction wrote one of them meanwhile.
    async fn insert(&self, conn: &mut PgConnection) -> Result<Option<u64>> {
        let mut point = conn.begin().await?;
        match self.write(&mut point, "").await {
            Ok(count) => {
                point.commit().await?;
                Ok(Some(count))
            }
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                point.rollback().await?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// How many rows the statement wrote that ends with `tail`.
    async fn write(&self, conn: &mut PgConnection, tail: &str) -> sqlx::Result<u64> {
        let rows = if self.copied { COPIED } else { ARRAYS };
        let mut query = sqlx::query::<Postgres>(AssertSqlSafe(format!("{INTO}{rows}{tail}")))
            .bind(self.symbol.as_str())
            .bind(self.interval.as_str())
            .bind(self.source.as_str());
        if !self.copied {
            let column = |value: fn(&Bar) -> Option<f64>| self.bars.iter().map(value).collect::<Vec<_>>();
            query = query
                .bind(self.bars.iter().map(|bar| bar.time.timestamp()).collect::<Vec<_>>())
                .bind(column(|bar| bar.open))
                .bind(column(|bar| bar.high))
                .bind(column(|bar| bar.low))
                .bind(column(|bar| Some(bar.close)))
                .bind(column(|bar| bar.adj_close))
                .bind(column(|bar| bar.volume));
        }
        Ok(query.execute(conn).await?.rows_affected())
    }
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
        testing::{TestDb, for_each_db, now},
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

    #[tokio::test]
    async fn of_two_who_bring_the_same_history_at_once_the_second_finds_it_unchanged() {
        const WAITS: &str = "
select exists (
  select
  from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'
)";
        let Some(test) = TestDb::postgres().await else { return };
        let db = test.db();
        let crate::store::Db::Postgres(pool) = &db else { panic!("asked for PostgreSQL") };
        let (sent, symbol) = (many(1_234), Symbol::parse("TWICE").unwrap());
        let bring = async |tx: &mut crate::store::Tx| {
            bars::upsert(tx, &symbol, Interval::Day1, Source::Yahoo, &sent).await.unwrap()
        };
        let mut first = db.begin().await.unwrap();
        assert_eq!(bring(&mut first).await, sent.len() as u64);
        let second = async {
            let mut tx = db.begin().await.unwrap();
            let changed = bring(&mut tx).await;
            tx.commit().await.unwrap();
            changed
        };
        let let_go = async {
            while !sqlx::query_scalar::<_, bool>(WAITS).fetch_one(pool).await.unwrap() {}
            first.commit().await.unwrap();
        };
        let (changed, ()) = tokio::join!(second, let_go);
        assert_eq!(changed, 0, "it saw none of it, waited, and found all of it");
        test.finish().await;
    }
}
