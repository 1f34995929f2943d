//! Reading a file of daily prices. It judges no prices: whether a row can be read is all that is asked here.

use crate::{Error, Result};
use chrono::NaiveDate;
use domain::{
    Bar,
    custom::{LineReason, MAX_ROWS},
};

/// A row that could be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Of the file; the heading is line 1.
    pub(super) number: u32,
    pub(super) bar: Bar,
}

/// Where the columns are.
struct Columns {
    date: usize,
    close: usize,
    open: Option<usize>,
    high: Option<usize>,
    low: Option<usize>,
    adjusted: Option<usize>,
    volume: Option<usize>,
}

/// The rows in the order of the file, and the lines that are none.
pub(super) fn read(text: &str) -> Result<(Vec<Line>, Vec<LineReason>)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|_| Error::invalid("body", "is no table of text"))?.clone();
    let at = |names: &[&str]| {
        heading
            .iter()
            .position(|cell| names.contains(&cell.to_ascii_lowercase().replace([' ', '-'], "_").as_str()))
    };
    let needed = |name: &str| {
        let why = format!(
            "has no column `{name}` in its first line; it begins with date,open,high,low,close,volume"
        );
        at(&[name]).ok_or_else(|| Error::invalid("body", why))
    };
    let columns = Columns {
        date: needed("date")?,
        close: needed("close")?,
        open: at(&["open"]),
        high: at(&["high"]),
        low: at(&["low"]),
        adjusted: at(&["adj_close", "adjclose", "adjusted_close"]),
        volume: at(&["volume"]),
    };
    let (mut lines, mut rejects) = (Vec::new(), Vec::new());
    for (row, record) in reader.records().enumerate() {
        if row >= MAX_ROWS {
            return Err(Error::invalid("body", format!("has more than {MAX_ROWS} rows")));
        }
        let number = |record: &csv::StringRecord| {
            record.position().map_or(row as u64 + 2, csv::Position::line).try_into().unwrap_or(u32::MAX)
        };
        match record {
            Ok(record) => match bar(&record, &columns) {
                Ok(bar) => lines.push(Line { number: number(&record), bar }),
                Err(reason) => rejects.push(LineReason { line: number(&record), reason }),
            },
            Err(_) => {
                let line = u32::try_from(row + 2).unwrap_or(u32::MAX);
                rejects.push(LineReason { line, reason: "is no text".into() });
            }
        }
    }
    Ok((lines, rejects))
}

fn bar(record: &csv::StringRecord, columns: &Columns) -> std::result::Result<Bar, String> {
    let date = record.get(columns.date).unwrap_or_default();
    let date: NaiveDate =
        date.parse().map_err(|_| format!("`{}` is no date like 2024-12-31", short(date)))?;
    let number = |at: Option<usize>, name: &str| match at.and_then(|at| record.get(at)).unwrap_or_default() {
        "" => Ok(None),
        text => match text.parse::<f64>().ok().filter(|value| value.is_finite()) {
            Some(value) => Ok(Some(value)),
            None => Err(format!("`{}` is no {name}", short(text))),
        },
    };
    Ok(Bar {
        time: Bar::label(date),
        open: number(columns.open, "open")?,
        high: number(columns.high, "high")?,
        low: number(columns.low, "low")?,
        close: number(Some(columns.close), "close")?.ok_or("no close")?,
        adj_close: number(columns.adjusted, "adjusted close")?,
        volume: number(columns.volume, "volume")?,
    })
}

/// What somebody typed, short enough to be shown.
fn short(text: &str) -> String {
    text.chars().take(30).collect()
}
