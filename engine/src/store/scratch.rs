//! Databases that live as long as a test, and what jobs of tests leave in them.

use crate::{
    error::{Error, Result},
    store::{Db, Tx, execute, on_read},
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use std::str::FromStr;
use uuid::Uuid;

/// Without a key on purpose: what was done twice has to show.
const KEEP_TRACES: &str = "create table traces (number bigint not null)";

/// Makes the table of traces.
pub(crate) async fn keep_traces(db: &Db) -> Result<()> {
    let mut tx = db.begin().await?;
    execute!(&mut tx, KEEP_TRACES)?;
    tx.commit().await
}

const LEAVE_TRACE: &str = "insert into traces (number) values ($1)";

/// Leaves a trace.
pub(crate) async fn leave_trace(tx: &mut Tx, number: i64) -> Result<()> {
    execute!(tx, LEAVE_TRACE, number)?;
    Ok(())
}

const TRACES: &str = "select number from traces order by number";

/// Every trace.
pub(crate) async fn traces(db: &Db) -> Result<Vec<i64>> {
    Ok(on_read!(db, |pool| sqlx::query_scalar(TRACES).fetch_all(pool).await)?)
}

/// A fresh, empty PostgreSQL database, next to the one that `admin_url` names, of a role of its own: row-level
/// security does not hold for the administrator.
pub(crate) struct Scratch {
    admin_url: String,
    name: String,
}

impl Scratch {
    /// Makes the database and opens it; also the URL to open it again.
    pub(crate) async fn create(admin_url: &str) -> Result<(Scratch, Db, String)> {
        let name = format!("candlewick_test_{}", Uuid::now_v7().simple());
        let mut admin = connect(admin_url).await?;
        let password = Uuid::now_v7().simple().to_string();
        let role = format!("create role {name} login createrole password '{password}'");
        sqlx::query(AssertSqlSafe(role)).execute(&mut admin).await?;
        let database = format!("create database {name} owner {name}");
        sqlx::query(AssertSqlSafe(database)).execute(&mut admin).await?;
        admin.close().await?;
        let options = PgConnectOptions::from_str(admin_url)?;
        let options = options.username(&name).password(&password).database(&name);
        let url = options.to_url_lossy().to_string();
        let db = Db::open_postgres(options).await?;
        Ok((Scratch { admin_url: admin_url.to_string(), name }, db, url))
    }

    /// Drops the database, whoever is still connected.
    pub(crate) async fn destroy(self) -> Result<()> {
        let mut admin = connect(&self.admin_url).await?;
        let drop = format!("drop database if exists {} with (force)", self.name);
        sqlx::query(AssertSqlSafe(drop)).execute(&mut admin).await?;
        let role = format!("drop role if exists {}", self.name);
        sqlx::query(AssertSqlSafe(role)).execute(&mut admin).await?;
        Ok(admin.close().await?)
    }
}

async fn connect(url: &str) -> Result<PgConnection> {
    let options = PgConnectOptions::from_str(url)?;
    options.connect().await.map_err(|error| Error::Unavailable(format!("the test server ({error})")))
}
