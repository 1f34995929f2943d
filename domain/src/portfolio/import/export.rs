//! Entries to files that [`super::read`] reads back exactly.
//!
//! Text that a spreadsheet would take for a formula gets an apostrophe before it, which is taken away again on
//! reading; an apostrophe of its own is doubled.

use super::Column;
use crate::portfolio::{Entry, Limits, Portfolio};
use rust_decimal::Decimal;
use serde_json::json;

/// What formulas begin with, the wide forms of Asian keyboards included, and what hides them.
const FORMULA: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'];

/// All entries as separated values, oldest first as given, a header before them.
///
/// ```
/// # use domain::portfolio::{Currency, Entry, TransactionKind, import::to_csv};
/// let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 2).unwrap();
/// let deposit = Entry { amount: Some(50.into()), note: Some("=1+1".into()),
///     ..Entry::new(TransactionKind::Deposit, day, Currency::USD) };
/// assert_eq!(to_csv(&[deposit]).lines().nth(1), Some("deposit,,2024-05-02,,,50,0,0,USD,,'=1+1"));
/// ```
pub fn to_csv(entries: &[Entry]) -> String {
    let mut out = Column::ALL.map(Column::as_str).join(",");
    out.push_str("\r\n");
    for entry in entries {
        let number = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
        let cells = [
            entry.kind.as_str().to_string(),
            entry.symbol.as_ref().map(|symbol| harmless(symbol.as_str())).unwrap_or_default(),
            entry.date.to_string(),
            number(entry.quantity),
            number(entry.price),
            number(entry.amount),
            entry.fee.to_string(),
            entry.tax.to_string(),
            entry.currency.to_string(),
            number(entry.fx_rate),
            entry.note.as_deref().map(harmless).unwrap_or_default(),
        ];
        out.push_str(&cells.map(quoted).join(","));
        out.push_str("\r\n");
    }
    out
}

/// A portfolio with all its entries, laid out for people.
pub fn to_json(portfolio: &Portfolio, entries: &[Entry]) -> String {
    let limits: Limits = portfolio.limits;
    let document = json!({
        "format": "candlewick-portfolio",
        "version": 1,
        "portfolio": {
            "name": portfolio.name,
            "currency": portfolio.currency,
            "costMethod": portfolio.cost_method,
            "benchmark": portfolio.benchmark,
            "limits": limits,
        },
        "transactions": entries,
    });
    format!("{document:#}")
}

/// Text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_string() }
}

/// The text [`harmless`] was made from.
pub(super) fn plain_text(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

fn quoted(cell: String) -> String {
    let edge = |letter: char| letter == ' ' || letter == '\t';
    match cell.contains(['"', ',', ';', '\n', '\r', '\t']) || cell.starts_with(edge) || cell.ends_with(edge) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}
