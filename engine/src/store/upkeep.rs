//! What a database does for itself once a week, and copies of it.

use crate::{
    error::{Error, Result},
    store::Db,
};
use sqlx::ConnectOptions as _;
use std::path::{Path, PathBuf};

/// PostgreSQL gives back room and looks at its tables anew; SQLite looks at those that changed much, and empties its
/// journal. Takes no lock that others wait for.
pub(crate) async fn tidy(db: &Db) -> Result<()> {
    match db {
        Db::Sqlite { write, .. } => {
            sqlx::query("pragma optimize").execute(write).await?;
            sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
        }
        Db::Postgres(pool) => {
            sqlx::query("vacuum (analyze, skip_locked)").execute(pool).await?;
        }
    }
    Ok(())
}

/// The file of a SQLite database.
pub(crate) async fn sqlite_file(db: &Db) -> Result<PathBuf> {
    let Db::Sqlite { read, .. } = db else { return Err(Error::Internal("PostgreSQL is no file".into())) };
    let file: String = sqlx::query_scalar("select file from pragma_database_list where name = 'main'")
        .fetch_one(read)
        .await?;
    Ok(PathBuf::from(file))
}

/// Writes a consistent copy of a SQLite database to a new file, while readers and the writer go on.
pub(crate) async fn copy_sqlite(db: &Db, to: &Path) -> Result<()> {
    let Db::Sqlite { read, .. } = db else { return Err(Error::Internal("PostgreSQL is no file".into())) };
    let to =
        to.to_str().ok_or_else(|| Error::Internal("the data folder has a name that is no text".into()))?;
    sqlx::query("vacuum into $1").bind(to).execute(read).await?;
    Ok(())
}

/// What PostgreSQL's own programs are told by, to see the rows of every tenant.
pub(crate) fn pg_variables(db: &Db) -> Result<Vec<(&'static str, String)>> {
    let Db::Postgres(pool) = db else { return Err(Error::Internal("SQLite has no server".into())) };
    let options = pool.connect_options();
    let host =
        options.get_socket().map_or_else(|| options.get_host().to_string(), |at| at.display().to_string());
    let name = options.get_database().unwrap_or(options.get_username());
    let mut variables = vec![
        ("PGHOST", host),
        ("PGPORT", options.get_port().to_string()),
        ("PGUSER", options.get_username().to_string()),
        ("PGDATABASE", name.to_string()),
        ("PGOPTIONS", "-c app.tenant=system".to_string()),
    ];
    if let Some(password) = options.to_url_lossy().password() {
        variables.push(("PGPASSWORD", password.to_string()));
    }
    Ok(variables)
}
