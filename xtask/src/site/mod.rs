//! `xtask site`: everything the browser loads, built into one folder.
//!
//! The browser's half is compiled to WebAssembly, bound, shrunk; the stylesheet is bundled; the files of `public/`
//! join them. What may be cached for ever carries a hash of its content in its name, under `/assets/`, and
//! `manifest.json` tells the server and the service worker those names. Nothing is served or watched here.

mod output;
mod paths;
mod public;
mod split;
mod style;
mod table;
mod wasm;

use std::{fs, time::Instant};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use self::{output::Output, paths::Paths};

pub use paths::files_under;

#[derive(clap::Args)]
pub struct Args {
    /// Compress fast instead of well.
    #[arg(long, conflicts_with = "release")]
    dev: bool,
    /// Compress as well as possible (the default).
    #[arg(long)]
    release: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let started = Instant::now();
    let paths = Paths::new();
    let wasm = wasm::compile(&paths, args.dev)?;
    let stamp = stamp(&paths, &wasm, args.dev)?;
    if fs::read_to_string(&paths.stamp).is_ok_and(|before| before == stamp) {
        println!("site: nothing changed, {} is up to date", paths.site.display());
        return table::print(&paths.site);
    }

    let staging = paths.site.with_extension("new");
    let mut output = Output::create(&staging, if args.dev { 5 } else { 11 })?;
    public::add_leaves(&paths, &mut output)?;
    style::add(&paths, &mut output)?;
    wasm::add(&wasm, &mut output)?;
    public::add_papers(&paths, &mut output)?;
    output.finish(&paths.root.join("public/sw.js"))?;

    if paths.site.exists() {
        fs::remove_dir_all(&paths.site)?;
    }
    fs::rename(&staging, &paths.site).context("putting the new site in place")?;
    fs::write(&paths.stamp, stamp)?;
    println!("site: built {} in {:.1} s", paths.site.display(), started.elapsed().as_secs_f64());
    table::print(&paths.site)
}

/// The root of the repository.
pub fn root() -> std::path::PathBuf {
    Paths::new().root
}

/// Prints the sizes of the site as it was last built.
pub fn print_sizes() -> anyhow::Result<()> {
    table::print(&Paths::new().site).context("build the site first: xtask site")
}

/// What the site is made from, as one hash: the inputs, the quality, and the program that makes it.
fn stamp(paths: &Paths, wasm: &std::path::Path, dev: bool) -> anyhow::Result<String> {
    let mut hasher = Sha256::new();
    hasher.update([u8::from(dev)]);
    hasher.update(fs::read(wasm)?);
    let program = fs::metadata(std::env::current_exe()?)?;
    hasher.update(format!("{}{:?}", program.len(), program.modified()?));
    for folder in ["style", "public"] {
        for file in paths::files_under(&paths.root.join(folder))? {
            hasher.update(file.to_string_lossy().as_bytes());
            hasher.update(fs::read(&file)?);
        }
    }
    Ok(format!("{:x}", hasher.finalize()))
}
