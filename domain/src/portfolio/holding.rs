//! The simple form of a portfolio: so many shares at such a price.

use super::{Currency, Entry, TransactionKind};
use crate::Symbol;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One line of the simple form; underneath it is one purchase ([`Holding::entry`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Holding {
    /// One holding per user and symbol.
    pub symbol: Symbol,
    /// More than 0.
    pub shares: Decimal,
    /// Per share, in the currency of the instrument.
    pub average_price: Decimal,
    /// The day they count from.
    pub purchase_date: NaiveDate,
    /// Free words.
    #[serde(default)]
    pub notes: Option<String>,
}

impl Holding {
    /// The purchase it stands for; [`Entry::check`] judges it.
    pub fn entry(&self, currency: Currency) -> Entry {
        Entry {
            symbol: Some(self.symbol.clone()),
            quantity: Some(self.shares),
            price: Some(self.average_price),
            note: self.notes.clone(),
            ..Entry::new(TransactionKind::Buy, self.purchase_date, currency)
        }
    }

    /// Reads a purchase back; `None` for anything else.
    pub fn of(entry: &Entry) -> Option<Holding> {
        (entry.kind == TransactionKind::Buy).then_some(())?;
        Some(Holding {
            symbol: entry.symbol.clone()?,
            shares: entry.quantity?,
            average_price: entry.price?,
            purchase_date: entry.date,
            notes: entry.note.clone(),
        })
    }
}
