//! What the command line can ask for, one file per command.

mod backup;
mod bring;
mod check_signals;
mod doctor;
mod etl;
mod jobs;
mod retention;

pub use crate::worker::work;
pub use backup::{back_up, list_backups, restore_backup};
pub use bring::{import_bundled, migrate, onboard, password, subscribe};
pub use check_signals::check_signals;
pub use doctor::doctor;
pub use etl::etl_run;
pub use jobs::{discard_job, list_jobs, retry_job};
pub use retention::clean_up;

use crate::{Config, Server, assets::Site, serve::StartError};

/// Serves until a signal.
///
/// # Errors
/// When the program can not start.
pub async fn serve(config: Config, site: Site) -> Result<(), StartError> {
    let server = Server::start(config, site).await?;
    println!("Candlewick is at {}", server.url());
    server.run().await;
    Ok(())
}
