//! Import and export: files of bytes to entries and back, without any I/O.
//!
//! [`read`] answers a [`Preview`] that names row and column of everything wrong with a file, or a [`Refusal`] when it
//! is no such file at all. Nothing is half taken: [`Preview::entries`] gives entries only when no row is at fault.
//! [`to_csv`] and [`to_json`] write what [`read`] reads back exactly.

mod date;
mod decode;
mod export;
mod json;
mod number;
mod preview;
mod record;
mod table;
mod words;

pub use decode::Encoding;
pub use export::{to_csv, to_json};
pub use preview::{Cause, Preview, Row, RowState, read};
pub use words::{Column, DateOrder, Format, Mapping};

use super::{Currency, Fault};
use crate::Symbol;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Largest file read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Longest cell read, in bytes.
pub const MAX_CELL_BYTES: usize = 8 * 1024;

/// Most columns of a row.
pub const MAX_COLUMNS: usize = 256;

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Options {
    /// What it is.
    pub format: Format,
    /// The latest date a transaction may have.
    pub today: NaiveDate,
    /// Where a row names no currency.
    pub currency: Currency,
    /// Which column is what, for broker files; what it leaves out is guessed from the headers.
    pub mapping: Mapping,
    /// What the file calls instruments, where that is no symbol or another one's.
    pub symbols: BTreeMap<String, Symbol>,
}

impl Options {
    /// With nothing but the necessary.
    pub fn new(format: Format, today: NaiveDate, currency: Currency) -> Options {
        Options { format, today, currency, mapping: Mapping::default(), symbols: BTreeMap::new() }
    }
}

/// The file is not what it is said to be: nothing of it can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than 16 MB")]
    TooLarge,
    /// An archive, an image, a workbook.
    #[error("the file is {0}, not text: export it as CSV or JSON")]
    NotText(&'static str),
    /// More than [`super::MAX_TRANSACTIONS`] rows.
    #[error("the file has more than 50,000 rows")]
    TooManyRows,
    /// A row with more than [`MAX_COLUMNS`] columns.
    #[error("row {0} has more than 256 columns")]
    TooManyColumns(u32),
    /// A cell of more than [`MAX_CELL_BYTES`].
    #[error("row {0} has a cell of more than 8,000 characters")]
    TooLong(u32),
    /// A quotation mark without its other one.
    #[error("the quotation mark that begins in row {0} is never closed")]
    OpenQuote(u32),
    /// A column that every row needs is nowhere.
    #[error("there is no column for {0}; the file has {1}")]
    NoColumn(&'static str, String),
    /// Not JSON, or another JSON.
    #[error("the file cannot be read as JSON: {0}")]
    BadJson(String),
}

impl Refusal {
    /// As a fault of the field `file`.
    pub fn fault(&self) -> Fault {
        Fault { field: "file".into(), reason: self.to_string().into() }
    }
}
