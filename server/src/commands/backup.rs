//! `candlewick backup`: copies of the database, for whoever holds the machine.

use crate::{
    Config,
    serve::{StartError, open_engine},
};
use engine::backup::{Backup, Kind};
use std::path::Path;
use uuid::Uuid;

/// Prints the copies there are, oldest first.
///
/// # Errors
/// When the store or the database does not answer.
pub async fn list_backups(config: Config) -> Result<(), StartError> {
    let all = open_engine(&config).await?.backups().list().await?;
    all.iter().for_each(|backup| println!("{}", line(backup)));
    if all.is_empty() {
        println!("No backups yet.");
    }
    Ok(())
}

/// Copies the database now.
///
/// # Errors
/// When disk, store or database refuse.
pub async fn back_up(config: Config, whole: bool) -> Result<(), StartError> {
    match open_engine(&config).await?.backups().make(whole).await? {
        Some(backup) => println!("{}", line(&backup)),
        None => println!("Nothing changed since the last backup, or the database keeps changes by itself."),
    }
    Ok(())
}

/// Writes a copy, the newest without an id, to a new file.
///
/// # Errors
/// When there is no such copy, the file is there already, or what was kept is damaged.
pub async fn restore_backup(config: Config, id: Option<Uuid>, to: &Path) -> Result<(), StartError> {
    let backup = open_engine(&config).await?.backups().restore(id, to).await?;
    let next = match backup.kind {
        Kind::Sqlite => format!("start with CANDLEWICK_DATABASE_URL={}", to.display()),
        Kind::PgDump => format!("restore it with pg_restore --dbname=<empty database> {}", to.display()),
    };
    println!("{}\n{} is whole; {next}", line(&backup), to.display());
    Ok(())
}

fn line(backup: &Backup) -> String {
    let kind = if backup.whole { "whole" } else { "changes" };
    let (at, size, stored) = (backup.at.format("%Y-%m-%d %H:%M:%S"), backup.size_bytes, backup.stored_bytes);
    format!("{}  {at}  {kind:<7}  {:>8} kB, {:>8} kB kept", backup.id, size / 1000, stored / 1000)
}
