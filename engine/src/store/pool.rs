//! Two databases behind one seam: SQLite (a pool of readers, a single writer) or PostgreSQL.

use crate::{
    Cx,
    error::{Error, Result},
};
use sqlx::{
    AssertSqlSafe, Executor, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
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
/// With a caller, `on_read!(db, cx, |conn| ..)`, PostgreSQL shows the rows of that tenant alone; without one, those
/// of all: for market data, and for what happens before or without a caller, as logins and jobs.
macro_rules! on_read {
    ($db:expr, |$pool:ident| $run:expr) => {
        match $db {
            $crate::store::Db::Sqlite { read: $pool, .. } => $run,
            $crate::store::Db::Postgres($pool) => $run,
        }
    };
    ($db:expr, $cx:expr, |$conn:ident| $run:expr) => {
        match $db {
            $crate::store::Db::Sqlite { read: $conn, .. } => $run,
            $crate::store::Db::Postgres(pool) => {
                let mut open = $crate::store::scoped(pool, $cx).await?;
                let $conn = &mut *open;
                let found = $run;
                open.rollback().await?;
                found
            }
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

/// Runs one statement inside a transaction with these values bound in their order; how many rows it changed:
/// `execute!(tx, DELETE, cx.tenant.0, id)`.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)*) => {
        $crate::store::on_tx!($tx, |conn| {
            sqlx::query($sql)$(.bind($value))*.execute(conn).await.map(|done| done.rows_affected())
        })
    };
}

/// Removes what is too old by the first statement or, in a dry run, only counts it by the second; both get these
/// values. How many rows it was, or would have been: `retire!(tx, dry_run, RETIRE, RETIRED, before)`.
macro_rules! retire {
    ($tx:expr, $dry_run:expr, $remove:expr, $count:expr $(, $value:expr)+) => {
        if $dry_run {
            let count: i64 = $crate::store::on_tx!($tx, |conn| {
                sqlx::query_scalar($count)$(.bind($value))+.fetch_one(conn).await
            })?;
            Ok(count.unsigned_abs())
        } else {
            Ok($crate::store::execute!($tx, $remove $(, $value)+)?)
        }
    };
}

pub(crate) use {execute, on_read, on_tx, retire};

impl Db {
    /// Opens `postgres://...`, or a SQLite file by `sqlite://path` or plain path; makes the file if it is missing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the reason when it can not be opened; the address is not part of it.
    pub async fn open(url: &str) -> Result<Db> {
        let cannot = |error: sqlx::Error| Error::Unavailable(format!("the database ({error})"));
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Db::open_postgres(url.parse().map_err(cannot)?).await;
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

    pub(crate) async fn open_postgres(options: PgConnectOptions) -> Result<Db> {
        let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(Duration::from_secs(5));
        // What is done without a caller sees every tenant; a connection nobody prepared sees none.
        let pool = pool.after_connect(|conn, _| {
            Box::pin(async move { conn.execute("set app.tenant = 'system'").await.map(|_| ()) })
        });
        let opened = pool.connect_with(options).await;
        Ok(Db::Postgres(opened.map_err(|error| Error::Unavailable(format!("the database ({error})")))?))
    }

    /// Brings the schema up to date; a second call does nothing. On PostgreSQL every table with a `tenant_id` is
    /// behind the second lock afterwards, also one that a later migration made.
    pub async fn migrate(&self) -> Result<()> {
        let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("migration: {error}"));
        match self {
            Db::Sqlite { write, .. } => {
                sqlx_macros::migrate!("../migrations/sqlite")
                    .run(write)
                    .await
                    .map_err(|error| failed(&error))?;
            }
            Db::Postgres(pool) => {
                sqlx_macros::migrate!("../migrations/postgres")
                    .run(pool)
                    .await
                    .map_err(|error| failed(&error))?;
                pool.execute("select guard_tenants()").await.map_err(|error| failed(&error))?;
            }
        }
        Ok(())
    }

    /// Whether PostgreSQL's row-level security holds for this connection: not for superusers. `None` on SQLite,
    /// which has none.
    pub async fn second_lock(&self) -> Result<Option<bool>> {
        const HOLDS: &str = "
select not (rolsuper or rolbypassrls)
from pg_roles
where rolname = current_user";
        match self {
            Db::Sqlite { .. } => Ok(None),
            Db::Postgres(pool) => Ok(Some(sqlx::query_scalar(HOLDS).fetch_one(pool).await?)),
        }
    }

    /// Begins a transaction that sees what belongs to the caller's tenant and, on PostgreSQL, nothing of others.
    pub async fn begin_for(&self, cx: &Cx) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { .. } => self.begin().await?,
            Db::Postgres(pool) => Tx::Postgres(scoped(pool, cx).await?),
        })
    }

    /// Begins a transaction that sees every tenant: for what happens before or without a caller, as logins and
    /// jobs.
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

/// A transaction in which row-level security shows the rows of the caller's tenant.
pub(crate) async fn scoped(pool: &PgPool, cx: &Cx) -> Result<sqlx::Transaction<'static, sqlx::Postgres>> {
    // One round trip; a uuid needs no quoting.
    let begin = format!("begin; set local app.tenant = '{}'", cx.tenant.0);
    Ok(pool.begin_with(AssertSqlSafe(begin)).await?)
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
