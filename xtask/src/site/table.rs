//! What was built, in bytes: raw, gzip, brotli, and the sum a first visit loads.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

#[derive(Deserialize)]
struct Manifest {
    files: BTreeMap<String, String>,
    version: String,
}

/// What every page loads before it is interactive.
const FIRST_ROUTE: [&str; 4] = ["candlewick.js", "split.js", "candlewick_bg.wasm", "style/main.css"];

pub fn print(site: &Path) -> anyhow::Result<()> {
    let manifest: Manifest = serde_json::from_slice(&fs::read(site.join("manifest.json"))?)?;
    println!("{:<34}{:>12}{:>12}{:>12}", "file (bytes)", "raw", "gzip", "brotli");
    let mut first = [0; 3];
    for (name, address) in &manifest.files {
        let path = site.join(&address[1..]);
        let raw = fs::metadata(&path)?.len();
        let size =
            |end: &str| fs::metadata(format!("{}.{end}", path.display())).map_or(raw, |file| file.len());
        let row = [raw, size("gz"), size("br")];
        println!("{name:<34}{:>12}{:>12}{:>12}", row[0], row[1], row[2]);
        if FIRST_ROUTE.contains(&name.as_str()) {
            first.iter_mut().zip(row).for_each(|(sum, size)| *sum += size);
        }
    }
    println!("{:<34}{:>12}{:>12}{:>12}", "first route: js + wasm + css", first[0], first[1], first[2]);
    println!("version {}", manifest.version);
    Ok(())
}
