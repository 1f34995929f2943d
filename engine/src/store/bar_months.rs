//! PostgreSQL only: the tables of minute bars, one a month. Elsewhere, and where the program may not make tables,
//! minute bars stand in one table, and nothing here does anything.

use crate::{error::Result, store::Tx};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use sqlx::AssertSqlSafe;

/// Makes the tables of this and the next two months, and drops those that ended before `before`.
pub(crate) async fn tend(tx: &mut Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let Tx::Postgres(open) = tx else { return Ok(()) };
    let may: bool = sqlx::query_scalar(MAY).fetch_one(&mut **open).await?;
    if !may {
        return Ok(());
    }
    for ahead in 0..3 {
        let Some(from) = first_of(now.date_naive()).checked_add_months(Months::new(ahead)) else { continue };
        let Some(to) = from.checked_add_months(Months::new(1)) else { continue };
        let (start, end) = (seconds(from), seconds(to));
        let taken: bool = sqlx::query_scalar(TAKEN).bind(start).bind(end).fetch_one(&mut **open).await?;
        if !taken {
            let name = name(from);
            let sql = format!(
                "create table if not exists {name} partition of bars_minute for values from ({start}) to ({end})"
            );
            sqlx::query(AssertSqlSafe(sql)).execute(&mut **open).await?;
        }
    }
    let names: Vec<(String,)> = sqlx::query_as(MONTHS).fetch_all(&mut **open).await?;
    let oldest = name(first_of(before.date_naive()));
    for (name,) in names.into_iter().filter(|(name,)| *name < oldest) {
        sqlx::query(AssertSqlSafe(format!("drop table {name}"))).execute(&mut **open).await?;
    }
    Ok(())
}

/// A month whose bars already stand in the table for all others stays there.
const TAKEN: &str = "
select exists (select from bars_minute_other where time >= $1 and time < $2)";

const MAY: &str = "
select pg_has_role(relowner, 'usage')
from pg_class
where oid = 'bars_minute'::regclass";

const MONTHS: &str = "
select c.relname::text
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'bars_minute'::regclass and c.relname ~ '^bars_minute_[0-9]{4}_[0-9]{2}$'
order by 1";

fn name(month: NaiveDate) -> String {
    format!("bars_minute_{:04}_{:02}", month.year(), month.month())
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn seconds(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::bars,
        testing::{TestDb, now},
    };
    use domain::{Bar, Interval, Symbol, source::Source};

    #[tokio::test]
    async fn a_month_of_minute_bars_is_a_table_that_goes_as_a_whole() {
        let Some(test) = TestDb::postgres().await else { return };
        let db = test.db();
        let bar =
            |time| Bar { time, open: None, high: None, low: None, close: 1.0, adj_close: None, volume: None };
        let symbol = Symbol::parse("AAPL").unwrap();
        let mut tx = db.begin().await.unwrap();
        tend(&mut tx, now() - chrono::Duration::days(92), now()).await.unwrap();
        let stored = [bar(now()), bar(now() - chrono::Duration::days(40))];
        bars::upsert(&mut tx, &symbol, Interval::Minute1, Source::Yahoo, &stored).await.unwrap();
        tx.commit().await.unwrap();
        let all = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        let found = bars::series(&db, &symbol, Interval::Minute1, all.0, all.1, 9).await.unwrap();
        assert_eq!(found.len(), 2);
        // Half a year later this month is too old.
        let later = now() + chrono::Duration::days(180);
        let mut tx = db.begin().await.unwrap();
        tend(&mut tx, later - chrono::Duration::days(92), later).await.unwrap();
        tx.commit().await.unwrap();
        let found = bars::series(&db, &symbol, Interval::Minute1, all.0, all.1, 9).await.unwrap();
        assert_eq!(found.len(), 1, "only what had no month of its own is left");
        test.finish().await;
    }
}
