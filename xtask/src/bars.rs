//! `xtask bars`: how long millions of daily bars take into both databases, and pages over them.

use anyhow::ensure;
use std::process::Command;

use crate::site;

#[derive(clap::Args)]
pub struct Args {
    /// Symbols to make up.
    #[arg(long, default_value_t = 2_000)]
    symbols: u32,
    /// Sessions of each.
    #[arg(long, default_value_t = 1_250)]
    days: u32,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let status = Command::new("bash")
        .current_dir(site::root())
        .args(["scripts/with-postgres.sh", "cargo", "run", "--locked", "--release", "-p", "engine"])
        .args(["--example", "load_bars", "--", &args.symbols.to_string(), &args.days.to_string()])
        .status()?;
    ensure!(status.success(), "the bars could not be loaded or read");
    Ok(())
}
