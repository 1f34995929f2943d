//! `xtask soak`: workers killed again and again while they do jobs; what CI does ten times, done a hundred times.

use anyhow::ensure;
use std::process::Command;

use crate::site;

#[derive(clap::Args)]
pub struct Args {
    /// How often a worker is killed, on each database.
    #[arg(long, default_value_t = 100)]
    kills: u32,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let status = Command::new("bash")
        .current_dir(site::root())
        .args(["scripts/with-postgres.sh", "cargo", "test", "--locked", "-p", "engine", "--test", "killed"])
        .args(["--", "--nocapture", "--test-threads=1"])
        .env("CANDLEWICK_KILLS", args.kills.to_string())
        .env("CI", "true") // both databases, or it does not count
        .status()?;
    ensure!(status.success(), "something was lost or done twice");
    Ok(())
}
