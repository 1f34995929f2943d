//! `manifest.json`: what is in every file, where it came from, and the hash that proves it.

use super::{
    MARKET_DATE,
    output::{Facts, Output, sha256},
};
use anyhow::Result;
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    market_date: &'static str,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    sha256: String,
    #[serde(flatten)]
    facts: &'a Facts,
}

/// The manifest of the files built so far.
pub fn of(outputs: &[Output]) -> Result<Output> {
    let files = outputs
        .iter()
        .filter_map(|output| {
            let facts = output.facts.as_ref()?;
            Some(File { path: &output.path, sha256: sha256(&output.bytes), facts })
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&Manifest { market_date: MARKET_DATE, files })?;
    bytes.push(b'\n');
    Ok(Output { path: "manifest.json".into(), bytes, facts: None })
}

#[cfg(test)]
mod tests {
    use super::sha256;
    use std::path::Path;

    #[test]
    fn every_committed_file_has_the_hash_of_the_manifest() {
        let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../data"));
        let text = std::fs::read(data.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let files = manifest["files"].as_array().unwrap();
        assert!(files.len() > 50);
        for file in files {
            let path = file["path"].as_str().unwrap();
            let bytes = std::fs::read(data.join(path)).unwrap();
            assert_eq!(sha256(&bytes), file["sha256"].as_str().unwrap(), "{path}");
        }
    }
}
