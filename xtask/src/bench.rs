//! `xtask bench`: the criterion benchmarks, the sizes of what the browser loads, and one table of the results.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::ensure;
use serde_json::Value;

use crate::site;

#[derive(clap::Args)]
pub struct Args {
    /// Measure briefly: to see that everything runs, not to quote.
    #[arg(long)]
    quick: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let root = site::root();
    for package in ["domain", "engine"] {
        if !root.join(package).join("benches").is_dir() {
            continue;
        }
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&root).args(["bench", "--locked", "-p", package, "--benches", "--"]);
        if args.quick {
            cargo.arg("--quick");
        }
        ensure!(cargo.status()?.success(), "the benchmarks of {package} failed");
    }

    println!("\n{:<60}{:>16}", "benchmark", "mean");
    for (name, mean_ns) in results(&root.join("target/criterion"))? {
        println!("{name:<60}{:>16}", shown(mean_ns));
    }
    println!();
    site::print_sizes()
}

/// Name and mean of everything criterion has measured, by name.
fn results(folder: &Path) -> anyhow::Result<Vec<(String, f64)>> {
    let mut results = Vec::new();
    for file in site::files_under(folder)? {
        if file.ends_with(PathBuf::from("new/estimates.json")) {
            let estimates: Value = serde_json::from_slice(&fs::read(&file)?)?;
            let about: Value = serde_json::from_slice(&fs::read(file.with_file_name("benchmark.json"))?)?;
            let name = about["full_id"].as_str().unwrap_or("?").to_owned();
            results.push((name, estimates["mean"]["point_estimate"].as_f64().unwrap_or_default()));
        }
    }
    results.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(results)
}

fn shown(ns: f64) -> String {
    match ns {
        _ if ns < 1e3 => format!("{ns:.1} ns"),
        _ if ns < 1e6 => format!("{:.2} us", ns / 1e3),
        _ if ns < 1e9 => format!("{:.2} ms", ns / 1e6),
        _ => format!("{:.2} s", ns / 1e9),
    }
}
