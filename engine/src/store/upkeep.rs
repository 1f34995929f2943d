//! What a database does for itself once a week.

use crate::{error::Result, store::Db};

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
