//! A consistent copy of the database as one file, made while everybody goes on.

use super::Kind;
use crate::{
    Error, Result,
    store::{self, Db},
};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A copy on the disk; it goes when this does.
pub(super) struct Copied(PathBuf);

impl Copied {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %self.0.display(), "a copy of the database stays behind");
        }
    }
}

pub(super) fn kind(db: &Db) -> Kind {
    match db {
        Db::Sqlite { .. } => Kind::Sqlite,
        Db::Postgres(_) => Kind::PgDump,
    }
}

pub(super) async fn copy(db: &Db) -> Result<Copied> {
    match db {
        Db::Sqlite { .. } => {
            // Beside the database there is a disk that is made for its size.
            let file = store::upkeep::sqlite_file(db).await?;
            let copied = Copied(beside(&file)?);
            store::upkeep::copy_sqlite(db, copied.path()).await?;
            Ok(copied)
        }
        Db::Postgres(_) => {
            let copied = Copied(std::env::temp_dir().join(format!("candlewick-{}.dump", Uuid::now_v7())));
            dump(store::upkeep::pg_variables(db)?, copied.path()).await?;
            Ok(copied)
        }
    }
}

/// A new name beside a file; copies that a killed process left there go.
fn beside(file: &Path) -> Result<PathBuf> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else {
        return Err(Error::Internal("the database is no file".into()));
    };
    let start = format!("{name}.copy-");
    let left = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in left.filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(&start)))
    {
        drop(Copied(entry.path()));
    }
    Ok(folder.join(format!("{start}{}", Uuid::now_v7())))
}

/// By `pg_dump`, told where by its variables: nothing secret stands in a list of processes.
async fn dump(variables: Vec<(&'static str, String)>, to: &Path) -> Result<()> {
    let done = tokio::process::Command::new("pg_dump")
        .args(["--format=custom", "--no-owner", "--enable-row-security", "--file"])
        .arg(to)
        .envs(variables)
        .stdin(std::process::Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Error::Conflict("pg_dump is not installed beside this program".into())
            }
            _ => Error::Unavailable(format!("pg_dump ({error})")),
        })?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(Error::Unavailable(format!(
            "pg_dump ({})",
            said.lines().next().unwrap_or("without a word")
        )));
    }
    Ok(())
}
