//! Build, data, load and bench tasks of Candlewick: `cargo run -p xtask -- <task>`.

mod bars;
mod bench;
mod data;
mod load;
mod site;
mod soak;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Load 2.5 million daily bars into both databases and read them.
    Bars(bars::Args),
    /// Run every benchmark and print results and sizes.
    Bench(bench::Args),
    /// Load a server on this machine with many clients.
    Load(load::Args),
    /// Turn a folder of source files into the bundled data set in `data/`.
    Data(data::Args),
    /// Kill workers again and again while they do jobs, on both databases.
    Soak(soak::Args),
    /// Build everything the browser loads into `target/site`.
    Site(site::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Bars(args) => bars::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Load(args) => load::run(&args),
        Task::Data(args) => data::run(&args),
        Task::Soak(args) => soak::run(&args),
        Task::Site(args) => site::run(&args),
    }
}
