//! What happened on a day: one entry of a portfolio, and what may be wrong with it.

use super::{Currency, TransactionId};
use crate::Symbol;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Largest quantity, price or amount accepted.
const LARGEST: Decimal = Decimal::from_parts(1_316_134_912, 2_328, 0, false, 0);

/// Most decimals a quantity, price, rate or amount may have.
const MOST_DECIMALS: u32 = 12;

/// Longest note, in characters.
const MAX_NOTE_CHARS: usize = 1_000;

/// What sort of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransactionKind {
    /// Units against money.
    Buy,
    /// Money against units; more units than are held open a short position.
    Sell,
    /// Money from a held instrument; negative when a short position owes it.
    Dividend,
    /// Money on cash or a bond; negative when it is owed.
    Interest,
    /// A charge that belongs to no trade; negative for a refund.
    Fee,
    /// A tax that belongs to no trade; negative for a refund.
    Tax,
    /// Money from outside.
    Deposit,
    /// Money to outside.
    Withdrawal,
    /// `quantity` new units for each old one: 4 for a 4:1 split, 0.1 for a 1:10 reverse split.
    Split,
    /// Units from outside, at `price` or else at the close of the day; without a symbol, money.
    TransferIn,
    /// Units to outside, at `price` or else at the close of the day; without a symbol, money.
    TransferOut,
}

impl TransactionKind {
    /// All kinds in the order people expect them.
    pub const ALL: [TransactionKind; 11] = [
        TransactionKind::Buy,
        TransactionKind::Sell,
        TransactionKind::Dividend,
        TransactionKind::Interest,
        TransactionKind::Fee,
        TransactionKind::Tax,
        TransactionKind::Deposit,
        TransactionKind::Withdrawal,
        TransactionKind::Split,
        TransactionKind::TransferIn,
        TransactionKind::TransferOut,
    ];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            TransactionKind::Buy => "buy",
            TransactionKind::Sell => "sell",
            TransactionKind::Dividend => "dividend",
            TransactionKind::Interest => "interest",
            TransactionKind::Fee => "fee",
            TransactionKind::Tax => "tax",
            TransactionKind::Deposit => "deposit",
            TransactionKind::Withdrawal => "withdrawal",
            TransactionKind::Split => "split",
            TransactionKind::TransferIn => "transferIn",
            TransactionKind::TransferOut => "transferOut",
        }
    }

    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            TransactionKind::Buy => "Buy",
            TransactionKind::Sell => "Sell",
            TransactionKind::Dividend => "Dividend",
            TransactionKind::Interest => "Interest",
            TransactionKind::Fee => "Fee",
            TransactionKind::Tax => "Tax",
            TransactionKind::Deposit => "Deposit",
            TransactionKind::Withdrawal => "Withdrawal",
            TransactionKind::Split => "Split",
            TransactionKind::TransferIn => "Transfer in",
            TransactionKind::TransferOut => "Transfer out",
        }
    }

    /// Reads back [`TransactionKind::as_str`].
    pub fn parse(word: &str) -> Option<TransactionKind> {
        TransactionKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// True for kinds that move units of an instrument for money: they need symbol, quantity and price or amount.
    pub fn is_trade(self) -> bool {
        matches!(self, TransactionKind::Buy | TransactionKind::Sell)
    }
}

/// What a person enters. The units are those of the day, as on the broker's paper: a later split is no reason
/// to change an old entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// What sort of thing happened.
    #[serde(rename = "type")]
    pub kind: TransactionKind,
    /// The instrument, where one takes part.
    #[serde(default)]
    pub symbol: Option<Symbol>,
    /// The day it happened.
    pub date: NaiveDate,
    /// Units, never negative; of a split, new units for each old one.
    #[serde(default)]
    pub quantity: Option<Decimal>,
    /// Per unit, in `currency`.
    #[serde(default)]
    pub price: Option<Decimal>,
    /// The whole, before fee and tax, in `currency`; where absent, `quantity * price`.
    #[serde(default)]
    pub amount: Option<Decimal>,
    /// What the broker took, in `currency`.
    #[serde(default)]
    pub fee: Decimal,
    /// What the state took, in `currency`.
    #[serde(default)]
    pub tax: Decimal,
    /// What `price`, `amount`, `fee` and `tax` are in.
    pub currency: Currency,
    /// Units of the portfolio's currency for one of `currency`; where absent, the rate of the day.
    #[serde(default)]
    pub fx_rate: Option<Decimal>,
    /// Free words.
    #[serde(default)]
    pub note: Option<String>,
}

/// An entry that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// Identifies it; on one day the smaller id was entered first.
    pub id: TransactionId,
    /// What was entered.
    #[serde(flatten)]
    pub entry: Entry,
    /// Grows by one with each change; its entity tag.
    #[serde(default)]
    pub version: i64,
}

/// One thing that is wrong, named so that a form can show it beside the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The name on the wire, as `fxRate`.
    pub field: Cow<'static, str>,
    /// What is wrong and what would be right, as a sentence without its full stop.
    pub reason: Cow<'static, str>,
}

impl Fault {
    /// A fault of a field.
    pub fn new(field: &'static str, reason: impl Into<Cow<'static, str>>) -> Fault {
        Fault { field: field.into(), reason: reason.into() }
    }
}

impl Entry {
    /// The whole before fee and tax, in `currency`: `amount`, else `quantity * price`; `None` without either or
    /// when the product is too large to write down.
    pub fn gross(&self) -> Option<Decimal> {
        self.amount.or_else(|| self.quantity?.checked_mul(self.price?))
    }

    /// Everything wrong with the entry, each fault once; empty when it may be kept. `today` is the latest date
    /// accepted: the day it is where the sun rises first.
    ///
    /// ```
    /// # use domain::portfolio::{Currency, Entry, TransactionKind};
    /// let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 2).unwrap();
    /// let entry = Entry::new(TransactionKind::Buy, day, Currency::USD);
    /// let fields = entry.check(day).into_iter().map(|fault| fault.field).collect::<Vec<_>>();
    /// assert_eq!(fields, ["symbol", "quantity", "price"]);
    /// ```
    pub fn check(&self, today: NaiveDate) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |field, reason: &'static str| faults.push(Fault::new(field, reason));
        self.check_symbol(&mut fault);
        if self.date > today {
            fault("date", "must not be in the future");
        } else if self.date < NaiveDate::from_ymd_opt(1900, 1, 1).expect("a date") {
            fault("date", "must not be before 1900");
        }
        self.check_units(&mut fault);
        self.check_money(&mut fault);
        if self.note.as_ref().is_some_and(|note| note.chars().count() > MAX_NOTE_CHARS) {
            fault("note", "must be 1,000 characters or fewer");
        }
        if self.note.as_ref().is_some_and(|note| note.contains('\0')) {
            fault("note", "must not contain a null character");
        }
        faults
    }

    /// An entry with nothing but a kind, a date and a currency.
    pub fn new(kind: TransactionKind, date: NaiveDate, currency: Currency) -> Entry {
        Entry {
            kind,
            symbol: None,
            date,
            quantity: None,
            price: None,
            amount: None,
            fee: Decimal::ZERO,
            tax: Decimal::ZERO,
            currency,
            fx_rate: None,
            note: None,
        }
    }

    fn check_symbol(&self, fault: &mut impl FnMut(&'static str, &'static str)) {
        use TransactionKind::*;
        match (self.kind, &self.symbol) {
            (Buy | Sell | Dividend | Split, None) => fault("symbol", "is needed"),
            (Deposit | Withdrawal, Some(_)) => fault("symbol", "must be empty: money has none"),
            _ => {}
        }
    }

    fn check_units(&self, fault: &mut impl FnMut(&'static str, &'static str)) {
        use TransactionKind::*;
        let units = matches!(self.kind, TransferIn | TransferOut) && self.symbol.is_some();
        match self.quantity {
            None if self.kind.is_trade() || self.kind == Split || units => fault("quantity", "is needed"),
            Some(quantity) if quantity < Decimal::ZERO => fault("quantity", "must not be negative"),
            Some(quantity) if quantity.is_zero() && (self.kind.is_trade() || self.kind == Split || units) => {
                fault("quantity", "must be more than 0")
            }
            Some(quantity) if self.kind == Split && quantity > Decimal::ONE_THOUSAND * Decimal::TEN => {
                fault("quantity", "of a split is the new units for each old one, at most 10,000")
            }
            Some(quantity) => self.check_size("quantity", quantity, fault),
            None => {}
        }
        match self.price {
            Some(price) if price < Decimal::ZERO => fault("price", "must not be negative"),
            Some(price) => self.check_size("price", price, fault),
            None if self.kind.is_trade() && self.amount.is_none() => {
                fault("price", "is needed, or the amount")
            }
            None => {}
        }
        if let Some(rate) = self.fx_rate {
            match rate > Decimal::ZERO {
                true => self.check_size("fxRate", rate, fault),
                false => fault("fxRate", "must be more than 0"),
            }
        }
    }

    fn check_money(&self, fault: &mut impl FnMut(&'static str, &'static str)) {
        use TransactionKind::*;
        let signed = matches!(self.kind, Dividend | Interest | Fee | Tax);
        let money = match self.kind {
            Deposit | Withdrawal => true,
            TransferIn | TransferOut => self.symbol.is_none(),
            _ => false,
        };
        match (self.kind, self.amount) {
            (_, Some(amount)) if amount < Decimal::ZERO && !signed => fault("amount", "must not be negative"),
            (_, Some(amount)) if amount.is_zero() && money => fault("amount", "must be more than 0"),
            (_, Some(amount)) => self.check_size("amount", amount, fault),
            (Fee, None) if self.fee.is_zero() && self.gross().is_none() => fault("amount", "is needed"),
            (Tax, None) if self.tax.is_zero() && self.gross().is_none() => fault("amount", "is needed"),
            (_, None) if money => fault("amount", "is needed"),
            (Dividend | Interest, None) if self.gross().is_none() => {
                fault("amount", "is needed, or quantity and price")
            }
            _ => {}
        }
        if let (Some(amount), Some(product)) = (self.amount, self.quantity.zip(self.price)) {
            let product = product.0.checked_mul(product.1);
            let apart = product.and_then(|product| product.checked_sub(amount)).map(|apart| apart.abs());
            // Papers round the price: a half percent, or a cent, is no contradiction.
            let allowed =
                amount.abs().checked_mul(Decimal::new(5, 3)).map(|part| part.max(Decimal::new(1, 2)));
            if self.kind.is_trade() && (apart.is_none() || apart > allowed) {
                fault("amount", "is not quantity times price (fee and tax belong into their own fields)");
            }
        } else if self.amount.is_none() && self.gross().is_some_and(|gross| gross.abs() > LARGEST) {
            fault("price", "times quantity is too large");
        }
        for (field, value) in [("fee", self.fee), ("tax", self.tax)] {
            match value < Decimal::ZERO {
                true => fault(field, "must not be negative"),
                false => self.check_size(field, value, fault),
            }
        }
    }

    fn check_size(
        &self,
        field: &'static str,
        value: Decimal,
        fault: &mut impl FnMut(&'static str, &'static str),
    ) {
        if value.abs() > LARGEST {
            fault(field, "must not be larger than 10,000,000,000,000");
        } else if value.normalize().scale() > MOST_DECIMALS {
            fault(field, "must not have more than 12 decimals");
        }
    }
}
