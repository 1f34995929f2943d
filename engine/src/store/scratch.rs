//! Databases that live as long as a test.

use crate::{
    error::{Error, Result},
    store::Db,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use std::str::FromStr;
use uuid::Uuid;

/// A fresh, empty PostgreSQL database, next to the one that `admin_url` names, of a role of its own: row-level
/// security does not hold for the administrator.
pub(crate) struct Scratch {
    admin_url: String,
    name: String,
}

impl Scratch {
    /// Makes the database and opens it.
    pub(crate) async fn create(admin_url: &str) -> Result<(Scratch, Db)> {
        let name = format!("candlewick_test_{}", Uuid::now_v7().simple());
        let mut admin = connect(admin_url).await?;
        let password = Uuid::now_v7().simple().to_string();
        let role = format!("create role {name} login createrole password '{password}'");
        sqlx::query(AssertSqlSafe(role)).execute(&mut admin).await?;
        let database = format!("create database {name} owner {name}");
        sqlx::query(AssertSqlSafe(database)).execute(&mut admin).await?;
        admin.close().await?;
        let options = PgConnectOptions::from_str(admin_url)?;
        let db = Db::open_postgres(options.username(&name).password(&password).database(&name)).await?;
        Ok((Scratch { admin_url: admin_url.to_string(), name }, db))
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
