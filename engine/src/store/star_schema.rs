//! The views for BI tools: their names and columns are promised, so they are held against the promise on both
//! databases.

use super::{Db, bars, instruments, macros};
use crate::{
    provider::bundled,
    testing::{POSTGRES_URL, TestDb, for_each_db, now},
};
use domain::{
    Bar, Interval, Symbol,
    macros::{Observation, SearchInterest},
    source::Source,
};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Connection, Row, postgres::PgConnectOptions};

/// The views with their columns, word for word.
const PROMISED: [(&str, &[&str]); 6] = [
    ("dim_symbol", &["symbol", "name", "sector"]),
    ("dim_indicator", &["indicator_id", "name", "frequency"]),
    ("f_price_daily", &["symbol", "date", "open", "high", "low", "close", "adj_close", "volume"]),
    ("f_macro", &["indicator_id", "date", "value"]),
    ("f_trends", &["keyword", "date", "score", "geo"]),
    (
        "f_news_sentiment",
        &["symbol", "fetched_at", "published_at", "source", "title", "url", "vader_compound"],
    ),
];

async fn fill(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    instruments::upsert(&mut tx, &bundled::instruments()).await.unwrap();
    let apple = Symbol::parse("AAPL").unwrap();
    let day = "2022-03-10".parse().unwrap();
    let (time, close) = (Bar::label(day), 158.52);
    let bar = Bar { time, open: None, high: None, low: None, close, adj_close: None, volume: None };
    bars::upsert(&mut tx, &apple, Interval::Day1, Source::Yahoo, &[bar]).await.unwrap();
    let minute = Bar { time: now(), ..bar };
    bars::upsert(&mut tx, &apple, Interval::Minute1, Source::Yahoo, &[minute]).await.unwrap();
    for series in bundled::macros() {
        macros::upsert(&mut tx, Source::Bundled, &series).await.unwrap();
    }
    for interest in bundled::trends() {
        super::trends::upsert(&mut tx, Source::Bundled, &interest).await.unwrap();
    }
    super::articles::upsert(&mut tx, &bundled::headlines()).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the view of news says about a symbol.
pub(crate) async fn compounds(db: &Db, symbol: &str) -> Vec<f64> {
    let sql = "select vader_compound from f_news_sentiment where symbol = $1";
    let symbol = symbol.to_string();
    super::on_read!(db, |pool| sqlx::query_scalar(sql).bind(symbol).fetch_all(pool).await).unwrap()
}

/// The names of the columns of a row.
fn columns<R: Row>(row: &R) -> Vec<String> {
    row.columns().iter().map(|column| column.name().to_string()).collect()
}

#[tokio::test]
async fn the_views_have_exactly_the_promised_names_and_columns() {
    for_each_db(|db| async move {
        fill(&db).await;
        for (view, promised) in PROMISED {
            let sql = AssertSqlSafe(format!("select * from {view} limit 1"));
            let found = match &db {
                Db::Sqlite { read, .. } => columns(&sqlx::query(sql).fetch_one(read).await.unwrap()),
                Db::Postgres(pool) => columns(&sqlx::query(sql).fetch_one(pool).await.unwrap()),
            };
            assert_eq!(found, promised, "{view}");
        }
        let sql = "select count(*) from f_price_daily where date = '2022-03-10' and close = 158.52";
        let days: i64 = super::on_read!(&db, |pool| sqlx::query_scalar(sql).fetch_one(pool).await).unwrap();
        assert_eq!(days, 1, "daily bars only, under the exchange's date");
    })
    .await;
}

#[tokio::test]
async fn search_interest_runs_from_0_to_100_whoever_counted() {
    for_each_db(|db| async move {
        fill(&db).await;
        let observation = |day: &str, value| Observation { date: day.parse().unwrap(), value };
        let told = |keyword: &str, values: [f64; 2]| SearchInterest {
            keyword: keyword.into(),
            observations: vec![observation("2022-03-08", values[0]), observation("2022-03-09", values[1])],
        };
        let mut tx = db.begin().await.unwrap();
        for (source, interest) in [
            (Source::Wikimedia, told("views", [500.0, 2000.0])),
            (Source::Wikimedia, told("nothing", [0.0, 0.0])),
            (Source::Trends, told("scores", [40.0, 55.0])),
        ] {
            super::trends::upsert(&mut tx, source, &interest).await.unwrap();
        }
        tx.commit().await.unwrap();
        let sql = "select score from f_trends where keyword = $1 and date >= '2022-03-08' order by date";
        for (keyword, expected) in
            [("views", [25.0, 100.0]), ("nothing", [0.0, 0.0]), ("scores", [40.0, 55.0])]
        {
            let seen: Vec<f64> =
                super::on_read!(&db, |pool| sqlx::query_scalar(sql).bind(keyword).fetch_all(pool).await)
                    .unwrap();
            assert_eq!(seen, expected, "{keyword}");
            let found = super::trends::find(&db, keyword).await.unwrap().unwrap();
            let found: Vec<f64> = found.observations.iter().map(|each| each.value).collect();
            assert_eq!(found, expected, "the API reads the same");
        }
        // What is shipped are page views, too.
        for shipped in bundled::trends() {
            let found = super::trends::find(&db, &shipped.keyword).await.unwrap().unwrap();
            let highest = found.observations.iter().map(|each| each.value).fold(0.0, f64::max);
            assert_eq!((highest, found.observations.len()), (100.0, shipped.observations.len()));
        }
    })
    .await;
}

#[tokio::test]
async fn a_bi_reader_reads_the_views_and_nothing_else() {
    let Some(test) = TestDb::postgres().await else { return };
    let db = test.db();
    fill(&db).await;
    let Db::Postgres(pool) = &db else { panic!("asked for PostgreSQL") };
    let name: String = sqlx::query_scalar("select current_database()").fetch_one(pool).await.unwrap();
    // The role belongs to whichever database of the server was made first: only an administrator may become it.
    let admin: PgConnectOptions = std::env::var(POSTGRES_URL).unwrap().parse().unwrap();
    let mut reader = admin.database(&name).connect().await.unwrap();
    sqlx::query("set role bi_reader").execute(&mut reader).await.unwrap();
    for (view, _) in PROMISED {
        let sql = AssertSqlSafe(format!("select * from {view} limit 1"));
        assert_eq!(sqlx::query(sql).fetch_all(&mut reader).await.unwrap().len(), 1, "{view}");
    }
    for table in ["bars", "bars_daily", "users", "instruments", "articles", "macro_series", "jobs", "audit"] {
        let sql = AssertSqlSafe(format!("select * from {table} limit 1"));
        let refused = sqlx::query(sql).fetch_all(&mut reader).await.unwrap_err();
        let code = refused.as_database_error().and_then(|error| error.code());
        assert_eq!(code.as_deref(), Some("42501"), "{table}: insufficient privilege, not {refused}");
    }
    reader.close().await.unwrap();
    test.finish().await;
}
