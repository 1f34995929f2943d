//! A file of the data set, in memory, with what the manifest says about it.

use super::source::{Source, named};
use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder, read::GzDecoder};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{
    io::{Read, Write},
    path::Path,
};

/// A generated file.
pub struct Output {
    /// Inside `data/`.
    pub path: String,
    /// As committed, compressed where the name ends in `.gz`.
    pub bytes: Vec<u8>,
    /// What the manifest says; none for the manifest itself.
    pub facts: Option<Facts>,
}

/// What is inside a file and where it came from.
#[derive(Debug, Serialize)]
pub struct Facts {
    /// `bars`, `minute`, `macro`, `trends`, `universe`, `splits`, `sources` or `headlines`.
    pub content: &'static str,
    /// The symbol, series or keyword, where the file is about one.
    pub name: Option<String>,
    /// Names of [`Source::file`], in the order they follow each other.
    pub sources: Vec<String>,
    /// First date inside.
    pub first: Option<String>,
    /// Last date inside.
    pub last: Option<String>,
    /// Without the header.
    pub rows: usize,
    /// What the prices are adjusted for.
    pub basis: Option<&'static str>,
    /// True where only closes are given.
    pub close_only: bool,
}

impl Output {
    /// A plain CSV table; the first row is its header.
    pub fn table(
        path: &str,
        content: &'static str,
        rows: &[Vec<String>],
        sources: &[&str],
    ) -> Result<Output> {
        let facts = Facts {
            content,
            name: None,
            sources: sources.iter().map(|file| file.to_string()).collect(),
            first: None,
            last: None,
            rows: rows.len() - 1,
            basis: None,
            close_only: false,
        };
        Ok(Output { path: path.into(), bytes: csv_text(rows)?, facts: Some(facts) })
    }

    /// A compressed CSV history; the first row is its header, the first column the date or time.
    pub fn history(folder: &str, mut facts: Facts, rows: &[Vec<String>]) -> Result<Output> {
        let name = facts.name.as_deref().context("a history is about something")?;
        let path = format!("{folder}/{}.csv.gz", file_name(name));
        facts.rows = rows.len() - 1;
        facts.first = rows.get(1).map(|row| row[0].clone());
        facts.last = rows.last().map(|row| row[0].clone());
        Ok(Output { path, bytes: gzip(&csv_text(rows)?)?, facts: Some(facts) })
    }

    /// The hand-written headlines, taken as they are.
    pub fn sample_headlines(path: &str, bytes: Vec<u8>) -> Result<Output> {
        let rows =
            csv::Reader::from_reader(bytes.as_slice()).into_records().collect::<Result<Vec<_>, _>>()?;
        let facts = Facts {
            content: "headlines",
            name: None,
            sources: Vec::new(),
            first: None,
            last: None,
            rows: rows.len(),
            basis: None,
            close_only: false,
        };
        Ok(Output { path: path.into(), bytes, facts: Some(facts) })
    }

    /// Writes the file below `into`.
    pub fn write(&self, into: &Path) -> Result<()> {
        let path = into.join(&self.path);
        std::fs::create_dir_all(path.parent().context("inside the data folder")?)?;
        std::fs::write(&path, &self.bytes).with_context(|| format!("writing {}", path.display()))
    }
}

impl Facts {
    /// Facts of a history; rows and ends are filled in by [`Output::history`].
    pub fn history(content: &'static str, name: &str, sources: &[&str]) -> Result<Facts> {
        let sources = sources.iter().map(|file| named(file)).collect::<Result<Vec<&Source>>>()?;
        Ok(Facts {
            content,
            name: Some(name.to_string()),
            sources: sources.iter().map(|source| source.file.to_string()).collect(),
            first: None,
            last: None,
            rows: 0,
            basis: None,
            close_only: false,
        })
    }
}

/// A name every file system takes: `^GSPC` becomes `_GSPC`.
pub fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect()
}

/// Lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes inside a gzip file.
pub fn gunzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain)?;
    Ok(plain)
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}

fn csv_text(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}
