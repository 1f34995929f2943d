//! A file read as far as it can be: every row with what it is, every fault with its row and column.

use super::{
    Column, DateOrder, Encoding, Mapping, Options, Refusal, date, decode,
    export::plain_text,
    json,
    number::has_decimal_comma,
    record::{Manner, Read, Record},
    table,
    words::{Format, places},
};
use crate::portfolio::{Entry, MAX_TRANSACTIONS};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowState {
    /// It will be added.
    New,
    /// The portfolio has it already; it is left out.
    Duplicate,
    /// It is of a kind that is not kept; it is left out.
    Skipped,
    /// It is wrong: nothing can be imported before it is mended.
    Faulty,
}

/// A row that holds something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The line of a CSV file as a spreadsheet counts it, the header being 1; of JSON the place in the list, from 1.
    pub row: u32,
    /// What becomes of it.
    pub state: RowState,
    /// What was read; `None` when faulty or skipped.
    pub entry: Option<Entry>,
    /// Why it is skipped.
    pub reason: Option<String>,
    /// An earlier row of the file that says the same; both are taken.
    pub repeats: Option<u32>,
}

/// Something wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// As [`Row::row`].
    pub row: u32,
    /// The header of the column; the field's name where the file has no such column.
    pub column: String,
    /// The field of the entry.
    pub field: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// What importing a file would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// What it was read as.
    pub format: Format,
    /// How its letters are written.
    pub encoding: Encoding,
    /// What stands between cells; `None` for JSON.
    pub separator: Option<char>,
    /// The headers; empty for JSON.
    pub headers: Vec<String>,
    /// Which column was taken for what, and how numbers and dates were read.
    pub mapping: Mapping,
    /// What a reader should know: how ambiguous dates were read, what is not taken over.
    pub notes: Vec<String>,
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// In the order of the file; at most 1,000.
    pub faults: Vec<Cause>,
    /// Rows with faults.
    pub faulty: u32,
    /// Rows that will be added.
    pub new: u32,
    /// Rows left out because the portfolio has them.
    pub duplicates: u32,
    /// Rows left out because of their kind.
    pub skipped: u32,
}

/// Most faults told one by one.
const MOST_FAULTS: usize = 1_000;

impl Preview {
    /// What is to be added; `None` while any row is at fault: all or nothing.
    pub fn entries(&self) -> Option<Vec<Entry>> {
        let new = self.rows.iter().filter(|row| row.state == RowState::New);
        (self.faulty == 0).then(|| new.filter_map(|row| row.entry.clone()).collect())
    }
}

/// Reads a file. `existing` is what the portfolio has: a row it has already is a duplicate, as often as it has it.
///
/// # Errors
/// Why nothing of the file can be read.
pub fn read(bytes: &[u8], options: &Options, existing: &[Entry]) -> Result<Preview, Refusal> {
    let (text, encoding) = decode::text(bytes)?;
    let mut preview = Preview {
        format: options.format,
        encoding,
        separator: None,
        headers: Vec::new(),
        mapping: options.mapping.clone(),
        notes: Vec::new(),
        rows: Vec::new(),
        faults: Vec::new(),
        faulty: 0,
        new: 0,
        duplicates: 0,
        skipped: 0,
    };
    let is_json = options.format != Format::Csv && text.trim_start().starts_with(['{', '[']);
    let records = if is_json { json::records(&text)? } else { from_table(&text, options, &mut preview)? };
    let manner = Manner {
        options,
        decimal_comma: preview.mapping.decimal_comma.unwrap_or(false),
        date_order: preview.mapping.date_order.unwrap_or(DateOrder::Dmy),
    };
    let mut known: HashMap<Same, u32> = HashMap::new();
    for entry in existing {
        *known.entry(same(entry)).or_default() += 1;
    }
    let mut seen: HashMap<Same, u32> = HashMap::new();
    for record in records {
        let row = record.row;
        match record.read(&manner) {
            Read::Entry(entry) => {
                let key = same(&entry);
                let left = known.get_mut(&key).filter(|left| **left > 0);
                let state = match left {
                    Some(left) => {
                        *left -= 1;
                        preview.duplicates += 1;
                        RowState::Duplicate
                    }
                    None => {
                        preview.new += 1;
                        RowState::New
                    }
                };
                let repeats = seen.insert(key, row);
                preview.rows.push(Row { row, state, entry: Some(entry), reason: None, repeats });
            }
            Read::Skipped(reason) => {
                preview.skipped += 1;
                let reason = Some(reason.to_string());
                preview.rows.push(Row { row, state: RowState::Skipped, entry: None, reason, repeats: None });
            }
            Read::Faults(faults) => {
                preview.faulty += 1;
                for fault in faults.into_iter().take(MOST_FAULTS - preview.faults.len().min(MOST_FAULTS)) {
                    let header = Column::ALL.into_iter().find(|column| column.as_str() == fault.field);
                    let header = header.and_then(|column| preview.mapping.columns.get(&column));
                    let header = header.filter(|header| !header.is_empty());
                    preview.faults.push(Cause {
                        row,
                        column: header.cloned().unwrap_or_else(|| fault.field.to_string()),
                        field: fault.field.into_owned(),
                        reason: fault.reason.into_owned(),
                    });
                }
                preview.rows.push(Row {
                    row,
                    state: RowState::Faulty,
                    entry: None,
                    reason: None,
                    repeats: None,
                });
            }
        }
    }
    if is_json && options.format == Format::Ghostfolio {
        preview.notes.push("balances of accounts are not taken over: enter them as deposits".to_string());
    }
    Ok(preview)
}

/// Rows of separated values as records, with the mapping that was used.
fn from_table(text: &str, options: &Options, preview: &mut Preview) -> Result<Vec<Record>, Refusal> {
    let (separator, mut lines) = table::rows(text)?;
    if lines.is_empty() {
        return Err(Refusal::Empty);
    }
    let headers = lines.remove(0).cells;
    if lines.len() > MAX_TRANSACTIONS {
        return Err(Refusal::TooManyRows);
    }
    let places = places(&headers, &options.mapping, options.format);
    let needed: &[(Column, &str)] = match options.format {
        Format::Csv => &[(Column::Date, "the date")],
        _ => &[(Column::Type, "the type"), (Column::Date, "the date"), (Column::Currency, "the currency")],
    };
    for (column, name) in needed {
        if !places.contains_key(column) {
            let shown: Vec<String> =
                headers.iter().take(20).map(|header| header.chars().take(30).collect()).collect();
            return Err(Refusal::NoColumn(name, shown.join(", ")));
        }
    }
    let of = |column: Column| {
        let place = places.get(&column).copied();
        lines.iter().filter_map(move |line| line.cells.get(place?)).map(String::as_str)
    };
    let own = options.format == Format::Candlewick;
    let mapping = &mut preview.mapping;
    if own {
        mapping.decimal_comma = Some(false);
        mapping.date_order = Some(DateOrder::Ymd);
    }
    if mapping.decimal_comma.is_none() {
        let numbers = Column::ALL.into_iter().filter(|column| column.is_number()).flat_map(of);
        mapping.decimal_comma = Some(has_decimal_comma(numbers, separator));
    }
    if mapping.date_order.is_none() {
        let told = date::order(of(Column::Date));
        let unclear =
            of(Column::Date).any(|cell| cell.contains(['/', '.']) || !cell.trim().starts_with(['1', '2']));
        if told.is_none() && unclear && options.format == Format::Csv {
            preview.notes.push("dates are read as day, month, year: nothing in the file tells".to_string());
        }
        mapping.date_order = Some(told.unwrap_or(DateOrder::Dmy));
    }
    mapping.columns = places.iter().map(|(column, place)| (*column, headers[*place].clone())).collect();
    let source = headers.iter().position(|header| header.trim().eq_ignore_ascii_case("datasource"));
    let records = lines.into_iter().map(|line| {
        let mut cells = BTreeMap::new();
        for (column, place) in &places {
            let cell = line.cells.get(*place).map(String::as_str).unwrap_or_default();
            let cell = match (own, *column) {
                (true, Column::Note | Column::Symbol) => plain_text(cell),
                (true, _) => cell,
                (false, _) => cell.trim(),
            };
            if !cell.is_empty() {
                cells.insert(*column, cell.to_string());
            }
        }
        let data_source = source.and_then(|at| line.cells.get(at)).cloned();
        Record { row: line.number, cells, faults: Vec::new(), data_source }
    });
    let records = records.collect();
    preview.separator = Some(separator);
    preview.headers = headers;
    Ok(records)
}

/// What makes two entries the same: everything but words and the rate.
type Same = String;

fn same(entry: &Entry) -> Same {
    let plain = |value: Option<rust_decimal::Decimal>| value.map(|value| value.normalize());
    let symbol = entry.symbol.as_ref().map(crate::Symbol::as_str);
    let whole = entry.gross().map(|gross| gross.round_dp(6).normalize());
    let (fee, tax) = (entry.fee.normalize(), entry.tax.normalize());
    let (date, currency) = (entry.date, entry.currency);
    format!("{:?} {symbol:?} {date} {:?} {whole:?} {fee} {tax} {currency}", entry.kind, plain(entry.quantity))
}
