//! What a scan or a filter found: a table.

use super::{Filter, Snapshot, Sort, sort::value};
use crate::{Kind, Sector, Symbol};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, collections::BTreeMap, fmt::Write};

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// In the unit of its field.
    Number(f64),
    /// A word.
    Text(String),
}

/// A symbol that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Whom it is about.
    pub symbol: Symbol,
    /// The name people know it by.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// `None` where there is none or it is not known.
    pub sector: Option<Sector>,
    /// Last day of its history.
    pub date: NaiveDate,
    /// Close of the last bar.
    pub price: f64,
    /// Against the bar before: 1.5 means +1.5 %.
    pub change_percent: Option<f64>,
    /// Units traded in the last bar.
    pub volume: Option<f64>,
    /// Values of the fields looked at, by name; undefined ones are left out.
    pub values: BTreeMap<String, Figure>,
    /// The latest closes, oldest first.
    pub spark: Vec<f64>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// How many symbols were looked at.
    pub symbols: u32,
    /// How many matched; `items` are the first of these.
    pub total: u32,
    /// Names of the fields in `values`, in the order to be shown.
    pub columns: Vec<String>,
    /// In order.
    pub items: Vec<Match>,
}

/// The first `limit` of those that have a rank, the highest first; of equals, by symbol.
pub(super) fn ranked<S: Borrow<Snapshot>>(
    of: &[S],
    columns: Vec<String>,
    limit: usize,
    rank: impl Fn(&Snapshot) -> Option<f64>,
) -> Found {
    let mut found: Vec<(f64, &Snapshot)> =
        of.iter().map(Borrow::borrow).filter_map(|each| Some((rank(each)?, each))).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.instrument.symbol.cmp(&b.1.instrument.symbol)));
    cut(of.len(), columns, limit, &found)
}

/// What a filter lets through, the first `limit` in the order asked for; otherwise what most money is traded in comes first.
/// Of equals, by symbol.
pub fn screened<S: Borrow<Snapshot>>(filter: &Filter, of: &[S], sort: Option<Sort>, limit: usize) -> Found {
    let columns: Vec<String> =
        filter.fields().into_iter().filter(|name| !SHOWN_ANYWAY.contains(name)).map(str::to_string).collect();
    let Some(sort) = sort else {
        let money = |each: &Snapshot| filter.matches(each).then(|| each.dollar_volume().unwrap_or(-1.0));
        return ranked(of, columns, limit, money);
    };
    let mut found: Vec<(Option<Figure>, &Snapshot)> = of
        .iter()
        .map(Borrow::borrow)
        .filter(|each: &&Snapshot| filter.matches(each))
        .map(|each| (sort.figure(each), each))
        .collect();
    found.sort_by(|(a, one), (b, other)| {
        let equals = || one.instrument.symbol.cmp(&other.instrument.symbol);
        sort.compared(a.as_ref(), b.as_ref()).then_with(equals)
    });
    cut(of.len(), columns, limit, &found)
}

/// The first `limit` of what was found, in its order, out of so many.
fn cut<K>(symbols: usize, columns: Vec<String>, limit: usize, found: &[(K, &Snapshot)]) -> Found {
    let items = found.iter().take(limit).map(|(_, each)| row(each, &columns)).collect();
    Found { symbols: symbols as u32, total: found.len() as u32, columns, items }
}

/// Fields every table has.
pub const SHOWN_ANYWAY: [&str; 6] = ["symbol", "kind", "sector", "close", "changePercent", "volume"];

fn row(of: &Snapshot, columns: &[String]) -> Match {
    let value = |name: &String| Some((name.clone(), value(of, name)?));
    Match {
        symbol: of.instrument.symbol.clone(),
        name: of.instrument.name.clone(),
        kind: of.instrument.kind,
        sector: of.instrument.sector,
        date: of.date,
        price: of.bar.close,
        change_percent: of.change_percent(),
        volume: of.bar.volume,
        values: columns.iter().filter_map(value).collect(),
        spark: of.spark.clone(),
    }
}

/// The table as CSV with a head (RFC 4180); what is undefined is empty. A text that a spreadsheet would take for a formula
/// is led by an apostrophe.
///
/// ```
/// # use domain::scanner::as_csv;
/// assert_eq!(as_csv(&["rsi14".into()], &[]), "symbol,name,kind,sector,date,price,change_percent,volume,rsi14\r\n");
/// ```
pub fn as_csv(columns: &[String], items: &[Match]) -> String {
    let mut text = String::from("symbol,name,kind,sector,date,price,change_percent,volume");
    for column in columns {
        text.push(',');
        text.push_str(column);
    }
    text.push_str("\r\n");
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for item in items {
        // Writing into a string can not fail.
        let _ = write!(
            text,
            "{},{},{},{},{},{},{},{}",
            cell(item.symbol.as_str()),
            cell(&item.name),
            item.kind.as_str(),
            cell(item.sector.map_or("", Sector::as_str)),
            item.date,
            item.price,
            number(item.change_percent),
            number(item.volume)
        );
        for column in columns {
            text.push(',');
            match item.values.get(column) {
                Some(Figure::Number(value)) => text.push_str(&value.to_string()),
                Some(Figure::Text(value)) => text.push_str(&cell(value)),
                None => {}
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// A text between commas.
fn cell(text: &str) -> String {
    // A symbol as ^GSPC or EURUSD=X is no formula.
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_string() };
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}
