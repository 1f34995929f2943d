//! Where the bundled data came from, for the page "About the data".

use super::files;
use domain::source::{Provenance, SourceFile};
use std::collections::HashMap;

/// What is in each file, in the order of the manifest.
pub fn provenance() -> Vec<Provenance> {
    let known: HashMap<String, SourceFile> = files::table::<SourceFile>("sources.csv")
        .into_iter()
        .map(|source| (source.file.trim_end_matches(".csv.gz").to_string(), source))
        .collect();
    files::entries()
        .iter()
        .map(|entry| Provenance {
            path: entry.path.clone(),
            content: entry.content.clone(),
            name: entry.name.clone(),
            sources: entry.sources.iter().filter_map(|name| known.get(name)).cloned().collect(),
            sha256: entry.sha256.clone(),
            first: entry.first.clone(),
            last: entry.last.clone(),
            rows: entry.rows,
            basis: entry.basis.clone(),
            close_only: entry.close_only,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_price_file_names_its_sources_and_its_basis() {
        let all = provenance();
        assert!(all.len() > 50);
        for file in all.iter().filter(|file| file.content == "bars") {
            assert!(!file.sources.is_empty() && file.basis.is_some(), "{}", file.path);
            assert!(file.sources.iter().all(|source| source.sha256.len() == 64), "{}", file.path);
        }
        let tesla = all.iter().find(|file| file.path == "bars/TSLA.csv.gz").unwrap();
        assert_eq!(tesla.sources.len(), 2);
    }
}
