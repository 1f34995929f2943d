//! Databases that live as long as a test.

use crate::{
    error::{Error, Result},
    store::Db,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use std::str::FromStr;
use uuid::Uuid;

/// A fresh, empty PostgreSQL database, next to the one that `admin_url` names.
pub(crate) struct Scratch {
    admin_url: String,
    name: String,
}

impl Scratch {
    /// Makes the database and opens it.
    pub(crate) async fn create(admin_url: &str) -> Result<(Scratch, Db)> {
        let name = format!("candlewick_test_{}", Uuid::now_v7().simple());
        let mut admin = connect(admin_url).await?;
        sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut admin).await?;
        admin.close().await?;
        let (base, query) =
            admin_url.split_once('?').map_or((admin_url, None), |(base, query)| (base, Some(query)));
        let server = base.rsplit_once('/').map_or(base, |(server, _)| server);
        let url = format!("{server}/{name}{}", query.map(|query| format!("?{query}")).unwrap_or_default());
        let db = Db::open(&url).await?;
        Ok((Scratch { admin_url: admin_url.to_string(), name }, db))
    }

    /// Drops the database, whoever is still connected.
    pub(crate) async fn destroy(self) -> Result<()> {
        let mut admin = connect(&self.admin_url).await?;
        let drop = format!("drop database if exists {} with (force)", self.name);
        sqlx::query(AssertSqlSafe(drop)).execute(&mut admin).await?;
        Ok(admin.close().await?)
    }
}

async fn connect(url: &str) -> Result<PgConnection> {
    let options = PgConnectOptions::from_str(url)?;
    options.connect().await.map_err(|error| Error::Unavailable(format!("the test server ({error})")))
}
