//! One row of a file to one entry: what each cell means and what is wrong with it.

use super::{
    Column, DateOrder, Options, date,
    number::parse,
    words::{Format, kind},
};
use crate::{
    Symbol,
    portfolio::{Currency, Entry, Fault, TransactionKind},
};
use rust_decimal::Decimal;
use std::{borrow::Cow, collections::BTreeMap};

/// Cells of a row by what they are; absent or empty ones are left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) row: u32,
    pub(super) cells: BTreeMap<Column, String>,
    /// Cells that are neither text nor number.
    pub(super) faults: Vec<Fault>,
    /// Where the file says an instrument comes from, as Ghostfolio does.
    pub(super) data_source: Option<String>,
}

/// What a row turned out to be.
pub(super) enum Read {
    Entry(Entry),
    Skipped(&'static str),
    Faults(Vec<Fault>),
}

/// How the numbers and dates of this file are written.
pub(super) struct Manner<'a> {
    pub(super) options: &'a Options,
    pub(super) decimal_comma: bool,
    pub(super) date_order: DateOrder,
}

/// Coins Ghostfolio writes without a hyphen before their currency.
const COINS: [&str; 10] = ["ADA", "BNB", "BTC", "DOGE", "DOT", "ETH", "LTC", "SOL", "USDT", "XRP"];

impl Record {
    fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }

    pub(super) fn read(&self, manner: &Manner) -> Read {
        let (options, format) = (manner.options, manner.options.format);
        let mut faults = self.faults.clone();
        let mut fault = |column: Column, reason: String| {
            faults.push(Fault { field: Cow::Borrowed(column.as_str()), reason: Cow::Owned(reason) })
        };
        let mut number = |column: Column| {
            let cell = self.cell(column)?;
            let told = parse(cell, manner.decimal_comma);
            if told.is_none() {
                fault(column, format!("\"{}\" is not a number that can be kept", shortened(cell)));
            }
            told
        };
        let (mut quantity, price, amount) =
            (number(Column::Quantity), number(Column::Price), number(Column::Amount));
        let (fee, tax, fx_rate) = (number(Column::Fee), number(Column::Tax), number(Column::FxRate));
        let word = self.cell(Column::Type);
        let told = match (format, word) {
            (Format::Candlewick, Some(word)) => TransactionKind::parse(word.trim()),
            (Format::Ghostfolio, Some(word)) if unkept(word) => {
                return Read::Skipped("liabilities and valuables are not kept in a portfolio");
            }
            (_, Some(word)) => kind(word),
            // Without a type the sign of the quantity tells.
            (_, None) => quantity.filter(|_| format == Format::Csv).map(|quantity| {
                if quantity.is_sign_negative() { TransactionKind::Sell } else { TransactionKind::Buy }
            }),
        };
        if told.is_none() {
            fault(
                Column::Type,
                match word {
                    Some(word) => format!("\"{}\" is not known; known are {}", shortened(word), kinds()),
                    None => "is needed".to_string(),
                },
            );
        }
        let cell = self.cell(Column::Date);
        let date = match format {
            Format::Candlewick => cell.and_then(|cell| cell.trim().parse().ok()),
            _ => cell.and_then(|cell| date::parse(cell, manner.date_order)),
        };
        if date.is_none() {
            fault(
                Column::Date,
                match cell {
                    Some(cell) => format!("\"{}\" is not a date, as 2024-05-31", shortened(cell)),
                    None => "is needed".to_string(),
                },
            );
        }
        let currency = match self.cell(Column::Currency) {
            Some(cell) => Currency::parse(cell),
            None => Some(options.currency),
        };
        if currency.is_none() {
            let cell = self.cell(Column::Currency).unwrap_or_default();
            fault(Column::Currency, format!("\"{}\" is not a three-letter code, as USD", shortened(cell)));
        }
        if format == Format::Ghostfolio && date.is_some_and(|date| date > options.today) {
            return Read::Skipped("lies in the future: a draft");
        }
        let money = matches!(
            told,
            Some(
                TransactionKind::Deposit
                    | TransactionKind::Withdrawal
                    | TransactionKind::Interest
                    | TransactionKind::Fee
                    | TransactionKind::Tax
            )
        );
        let name = self.cell(Column::Symbol);
        let symbol = match name {
            None => None,
            // What foreign files write beside money names an account or a charge.
            Some(_) if format != Format::Candlewick && money => None,
            Some(name) => {
                let symbol = self.symbol(name, options);
                if symbol.is_none() {
                    fault(
                        Column::Symbol,
                        format!("\"{}\" is not a symbol: say which one it is", shortened(name)),
                    );
                }
                symbol
            }
        };
        let (Some(kind), Some(date), Some(currency), true) = (told, date, currency, faults.is_empty()) else {
            return Read::Faults(faults);
        };
        let mut note = self.cell(Column::Note).map(str::to_string);
        if note.is_none() && money && format != Format::Candlewick {
            note = name.map(str::to_string);
        }
        let mut entry = Entry {
            symbol,
            quantity,
            price,
            amount,
            fee: fee.unwrap_or_default(),
            tax: tax.unwrap_or_default(),
            fx_rate,
            note,
            ..Entry::new(kind, date, currency)
        };
        if format != Format::Candlewick {
            quantity = entry.quantity.map(|quantity| quantity.abs());
            entry.quantity = quantity;
            as_ours(&mut entry);
        }
        let faults = entry.check(options.today);
        if faults.is_empty() { Read::Entry(entry) } else { Read::Faults(faults) }
    }

    fn symbol(&self, name: &str, options: &Options) -> Option<Symbol> {
        if let Some(symbol) = options.symbols.get(name.trim()) {
            return Some(symbol.clone());
        }
        if options.format == Format::Ghostfolio
            && self.data_source.as_deref().is_none_or(|source| source == "YAHOO")
        {
            let coin = COINS.iter().find_map(|coin| Some((coin, name.trim().strip_prefix(coin)?)));
            if let Some((coin, currency)) = coin.filter(|(_, currency)| currency.len() == 3) {
                return Symbol::parse(&format!("{coin}-{currency}"));
            }
        }
        Symbol::parse(name)
    }
}

/// Foreign files sign what is paid, give wholes beside prices, and leave zeros where there is nothing.
fn as_ours(entry: &mut Entry) {
    use TransactionKind::*;
    entry.price = entry.price.map(|price| price.abs());
    entry.amount = entry.amount.map(|amount| amount.abs());
    (entry.fee, entry.tax) = (entry.fee.abs(), entry.tax.abs());
    let nothing = |value: Option<Decimal>| value.filter(|value| !value.is_zero());
    match entry.kind {
        // The whole of foreign files often has the fee in it.
        Buy | Sell if entry.quantity.is_some() && entry.price.is_some() => entry.amount = None,
        Buy | Sell | Split | TransferIn | TransferOut => entry.amount = nothing(entry.amount),
        Fee | Tax => {
            let whole = nothing(entry.gross());
            (entry.amount, entry.quantity, entry.price) = (whole, None, None);
            let charge = if entry.kind == Fee { &mut entry.fee } else { &mut entry.tax };
            // A file may tell the same charge twice.
            if entry.amount == Some(*charge) {
                *charge = Decimal::ZERO;
            }
        }
        Deposit | Withdrawal | Interest => {
            let whole = entry.amount.or_else(|| entry.gross()).or(entry.price).or(entry.quantity);
            (entry.amount, entry.quantity, entry.price) = (whole, None, None);
        }
        Dividend => {
            // A price of 0 beside a whole is an empty cell.
            if entry.amount.is_some() && nothing(entry.quantity).zip(nothing(entry.price)).is_none() {
                (entry.quantity, entry.price) = (None, None);
            } else if entry.quantity.is_some() && entry.price.is_some() {
                entry.amount = None;
            }
        }
    }
    entry.fx_rate = nothing(entry.fx_rate);
    // Binary fractions have tails that nobody meant.
    for value in
        [&mut entry.quantity, &mut entry.price, &mut entry.amount, &mut entry.fx_rate].into_iter().flatten()
    {
        *value = value.round_dp(12);
    }
    (entry.fee, entry.tax) = (entry.fee.round_dp(12), entry.tax.round_dp(12));
}

fn unkept(word: &str) -> bool {
    matches!(word.trim().to_ascii_uppercase().as_str(), "LIABILITY" | "ITEM" | "VALUABLE")
}

fn kinds() -> String {
    TransactionKind::ALL.map(TransactionKind::as_str).join(", ")
}

/// A cell short enough to be shown in a sentence.
fn shortened(cell: &str) -> String {
    let short: String = cell.chars().filter(|letter| !letter.is_control()).take(40).collect();
    if cell.chars().count() > 40 { format!("{short}…") } else { short }
}
