//! The embedded folder. What is in it was checked when it was converted and is checked again by the tests
//! below, so that reading it needs no error type: a broken file is a broken build.

use chrono::NaiveDate;
use flate2::read::GzDecoder;
use rust_embed::RustEmbed;
use serde::{Deserialize, de::DeserializeOwned};
use std::{borrow::Cow, io::Read, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "../data"]
struct Data;

/// One entry of `manifest.json`.
#[derive(Debug, Deserialize)]
pub struct Entry {
    pub path: String,
    pub content: String,
    pub name: Option<String>,
    /// Names in `sources.csv`, without their ending.
    pub sources: Vec<String>,
    pub sha256: String,
    pub first: Option<String>,
    pub last: Option<String>,
    pub rows: u32,
    pub basis: Option<String>,
    pub close_only: bool,
}

#[derive(Deserialize)]
struct Manifest {
    files: Vec<Entry>,
}

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
    serde_json::from_slice(&bytes("manifest.json")).expect("the bundled manifest is what the converter wrote")
});

/// All files but the manifest, in the order of the converter.
pub fn entries() -> &'static [Entry] {
    &MANIFEST.files
}

/// The files of one content, with what each is about.
pub fn about(content: &'static str) -> impl Iterator<Item = (&'static str, &'static Entry)> {
    let wanted = entries().iter().filter(move |entry| entry.content == content);
    wanted.filter_map(|entry| Some((entry.name.as_deref()?, entry)))
}

/// A file as it is.
pub fn bytes(path: &str) -> Cow<'static, [u8]> {
    Data::get(path).unwrap_or_else(|| panic!("the bundled file {path} is embedded")).data
}

/// A compressed history: its lines without the header, cut into fields. Fields of a history are never quoted.
pub fn history(path: &str) -> String {
    let mut text = String::new();
    let packed = bytes(path);
    GzDecoder::new(packed.as_ref())
        .read_to_string(&mut text)
        .unwrap_or_else(|error| panic!("the bundled file {path} unpacks: {error}"));
    text
}

/// The data lines of a history.
pub fn lines(text: &str) -> impl Iterator<Item = std::str::Split<'_, char>> {
    text.lines().skip(1).map(|line| line.split(','))
}

/// A plain table, its rows read by column name.
pub fn table<Row: DeserializeOwned>(path: &str) -> Vec<Row> {
    csv::Reader::from_reader(bytes(path).as_ref())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("the bundled table {path} has its columns: {error}"))
}

/// `2022-03-10`, by position: the general parser takes five times as long over 160,000 rows.
pub fn date(text: &str) -> NaiveDate {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    part(0..4)
        .zip(part(5..7))
        .zip(part(8..10))
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year as i32, month, day))
        .unwrap_or_else(|| panic!("{text:?} is a date of the bundled data"))
}

/// A field that may be empty.
pub fn number(text: Option<&str>) -> Option<f64> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{text:?} is a number of the bundled data")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn every_embedded_file_has_the_hash_of_the_manifest() {
        assert!(entries().len() > 50);
        for entry in entries() {
            let hash = crate::hex::hex(&Sha256::digest(bytes(&entry.path)));
            assert_eq!(hash, entry.sha256, "{}", entry.path);
        }
    }

    #[test]
    fn a_history_has_as_many_rows_as_the_manifest_says() {
        for entry in entries().iter().filter(|entry| entry.path.ends_with(".gz")) {
            let text = history(&entry.path);
            assert_eq!(lines(&text).count(), entry.rows as usize, "{}", entry.path);
        }
    }
}
