//! Build, data, load and bench tasks of Candlewick: `cargo run -p xtask -- <task>`.

mod data;
mod site;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Turn a folder of source files into the bundled data set in `data/`.
    Data(data::Args),
    /// Build everything the browser loads into `target/site`.
    Site(site::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Data(args) => data::run(&args),
        Task::Site(args) => site::run(&args),
    }
}
