//! `xtask data <folder>`: turns a folder of published data files into the bundled set in `data/`.
//!
//! Everything is built in memory first and then written, or with `--check` compared with what is committed.
//! The result depends on the source files alone: no clock, no network, no time stamps inside the gzip files.
//! What each file is made of stands in [`bars`], [`economy`], [`universe`] and [`splits`]; which package it
//! came from in [`source`]. The headlines, the notice and the read-me are written by hand and left alone.

mod bars;
mod economy;
mod manifest;
mod number;
mod output;
mod recipes;
mod sectors;
mod source;
mod splits;
mod universe;

use anyhow::{Context, Result, bail};
use output::Output;
use source::Folder;
use std::path::{Path, PathBuf};

/// The day the bundled market stands at: the last one on which all starter symbols have a bar. Prices are on
/// the split basis of this day; later rows are in the files, but not loaded.
pub const MARKET_DATE: &str = "2022-03-10";

/// Written by hand and listed in the manifest beside the converted files.
const HEADLINES: &str = "headlines.csv";

/// What `xtask data` is asked.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with the source files, named `<package>-<version>_<set>.csv.gz`.
    folder: PathBuf,
    /// Where the data set lives.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../data"))]
    into: PathBuf,
    /// Write nothing; fail when the committed files differ from a fresh conversion.
    #[arg(long)]
    check: bool,
}

/// Converts, then writes or compares.
pub fn run(args: &Args) -> Result<()> {
    let outputs = convert(&args.folder, &args.into)?;
    if args.check {
        let stale: Vec<&str> = outputs
            .iter()
            .filter(|output| std::fs::read(args.into.join(&output.path)).ok().as_ref() != Some(&output.bytes))
            .map(|output| output.path.as_str())
            .collect();
        if !stale.is_empty() {
            bail!("differ from a fresh conversion: {}", stale.join(", "));
        }
    } else {
        for output in &outputs {
            output.write(&args.into)?;
        }
    }
    let size_bytes: usize = outputs.iter().map(|output| output.bytes.len()).sum();
    let verb = if args.check { "checked" } else { "written" };
    println!("{verb}: {} files, {} kB", outputs.len(), size_bytes / 1000);
    Ok(())
}

/// Every generated file, the manifest last.
fn convert(folder: &Path, into: &Path) -> Result<Vec<Output>> {
    let folder = Folder::open(folder)?;
    let mut outputs = bars::daily(&folder)?;
    outputs.push(bars::minutes(&folder)?);
    outputs.extend(economy::macros(&folder)?);
    outputs.extend(economy::trends(&folder)?);
    outputs.push(universe::companies_and_more(&folder)?);
    outputs.push(splits::table()?);
    outputs.push(source::table()?);
    let headlines = std::fs::read(into.join(HEADLINES)).context("headlines.csv is written by hand")?;
    outputs.push(Output::sample_headlines(HEADLINES, headlines)?);
    outputs.push(manifest::of(&outputs)?);
    Ok(outputs)
}
