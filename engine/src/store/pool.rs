//! Two databases behind one seam: SQLite (a pool of readers, a single writer) or PostgreSQL.

use crate::error::{Error, Result};
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, time::Duration};

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file. WAL lets readers go on while the one writer writes.
    Sqlite {
        /// For every read.
        read: SqlitePool,
        /// One connection: writers queue here instead of meeting `SQLITE_BUSY`.
        write: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction; rolls back when dropped without [`Tx::commit`].
pub enum Tx {
    /// On the single writer, begun `IMMEDIATE`.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// On any connection.
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// Runs one expression against whichever reading pool is open: `on_read!(db, |pool| query.fetch_all(pool).await)`.
macro_rules! on_read {
    ($db:expr, |$pool:ident| $run:expr) => {
        match $db {
            $crate::store::Db::Sqlite { read: $pool, .. } => $run,
            $crate::store::Db::Postgres($pool) => $run,
        }
    };
}

/// Runs one expression inside a transaction: `on_tx!(tx, |conn| query.execute(conn).await)`.
macro_rules! on_tx {
    ($tx:expr, |$conn:ident| $run:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(open) => {
                let $conn = &mut **open;
                $run
            }
            $crate::store::Tx::Postgres(open) => {
                let $conn = &mut **open;
                $run
            }
        }
    };
}

pub(crate) use {on_read, on_tx};

impl Db {
    /// Opens `postgres://...`, or a SQLite file by `sqlite://path` or plain path; makes the file if it is missing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the reason when it can not be opened; the address is not part of it.
    pub async fn open(url: &str) -> Result<Db> {
        let cannot = |error: sqlx::Error| Error::Unavailable(format!("the database ({error})"));
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgPoolOptions::new().max_connections(10).acquire_timeout(Duration::from_secs(5));
            return Ok(Db::Postgres(options.connect(url).await.map_err(cannot)?));
        }
        let path = url.strip_prefix("sqlite://").unwrap_or(url);
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| Error::Unavailable(format!("the data folder ({error})")))?;
        }
        let options = SqliteConnectOptions::from_str(&format!("sqlite://{path}"))
            .map_err(cannot)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true);
        let pool =
            |most| SqlitePoolOptions::new().max_connections(most).acquire_timeout(Duration::from_secs(10));
        // The writer first: it makes the file and switches it to WAL.
        let write = pool(1).connect_with(options.clone()).await.map_err(cannot)?;
        let read = pool(4).connect_with(options).await.map_err(cannot)?;
        Ok(Db::Sqlite { read, write })
    }

    /// Brings the schema up to date; a second call does nothing.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Db::Sqlite { write, .. } => sqlx::migrate!("../migrations/sqlite").run(write).await,
            Db::Postgres(pool) => sqlx::migrate!("../migrations/postgres").run(pool).await,
        }
        .map_err(|error| Error::Internal(format!("migration: {error}")))
    }

    /// Begins a transaction.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Answers when the database does; for `/readyz`.
    pub async fn ping(&self) -> Result<()> {
        on_read!(self, |pool| sqlx::query("select 1").execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Waits for queries in hand, then closes.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything done in the transaction last.
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(open) => open.commit().await?,
            Tx::Postgres(open) => open.commit().await?,
        }
        Ok(())
    }
}
