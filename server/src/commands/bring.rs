//! Commands that bring something in order and end.

use crate::{
    Config,
    serve::{StartError, open_engine},
};

/// Makes the database or brings it up to date.
///
/// # Errors
/// When it can not be opened or changed.
pub async fn migrate(config: Config) -> Result<(), StartError> {
    let engine = open_engine(&config).await?;
    engine.close().await;
    println!("The database is up to date.");
    Ok(())
}
