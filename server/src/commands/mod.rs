//! What the command line can ask for, one file per command.

mod bring;
mod doctor;

pub use bring::{import_bundled, migrate, onboard};
pub use doctor::doctor;

use crate::{Config, Server, serve::StartError};

/// Serves until a signal.
///
/// # Errors
/// When the program can not start.
pub async fn serve(config: Config) -> Result<(), StartError> {
    let server = Server::start(config).await?;
    println!("Candlewick is at {}", server.url());
    server.run().await;
    Ok(())
}
