//! What people and programs send, before it is understood: every field is judged, and every fault named at once.

use crate::{Error, FieldError, Result};
use chrono::NaiveDate;
use domain::{
    Symbol,
    portfolio::{CostMethod, Currency, Decimal, Entry, Limits, MAX_NAME_CHARS, Portfolio, TransactionKind},
    watchlist::clean_name,
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text as forms send it, or a JSON value that can be read as one; the inner error is what it is not.
pub type Sent = Option<std::result::Result<String, ()>>;

/// What of a portfolio is to be; what is `None` stays, or is as usual for a new one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PortfolioDraft {
    /// Its name.
    #[serde(deserialize_with = "sent")]
    pub name: Sent,
    /// What its totals are in.
    #[serde(deserialize_with = "sent")]
    pub currency: Sent,
    /// `fifo` or `average`.
    #[serde(deserialize_with = "sent")]
    pub cost_method: Sent,
    /// A symbol to be compared with.
    #[serde(deserialize_with = "sent")]
    pub benchmark: Sent,
    /// Where the check-up begins to complain.
    pub limits: Option<Value>,
}

/// A transaction to be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs)]
pub struct EntryDraft {
    #[serde(rename = "type", deserialize_with = "sent")]
    pub kind: Sent,
    #[serde(deserialize_with = "sent")]
    pub symbol: Sent,
    #[serde(deserialize_with = "sent")]
    pub date: Sent,
    #[serde(deserialize_with = "sent")]
    pub quantity: Sent,
    #[serde(deserialize_with = "sent")]
    pub price: Sent,
    #[serde(deserialize_with = "sent")]
    pub amount: Sent,
    #[serde(deserialize_with = "sent")]
    pub fee: Sent,
    #[serde(deserialize_with = "sent")]
    pub tax: Sent,
    #[serde(deserialize_with = "sent")]
    pub currency: Sent,
    #[serde(deserialize_with = "sent")]
    pub fx_rate: Sent,
    #[serde(deserialize_with = "sent")]
    pub note: Sent,
}

/// A text as a form sends it: an empty one is none.
pub(super) fn typed(text: &str) -> Sent {
    let text = text.trim();
    (!text.is_empty()).then(|| Ok(text.to_string()))
}

pub(super) fn sent<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Sent, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Null => None,
        Value::String(text) => typed(&text),
        Value::Number(number) => Some(Ok(number.to_string())),
        _ => Some(Err(())),
    })
}

/// A date; a time of day behind it is cut off, since programs often send one.
fn day(text: &str) -> Option<NaiveDate> {
    let date = text.get(..10)?;
    let rest = text.get(10..)?;
    (rest.is_empty() || rest.starts_with('T')).then(|| date.parse().ok())?
}

/// Reads fields and collects what is wrong with them.
pub(super) struct Reader(Vec<FieldError>);

impl Reader {
    pub(super) fn new() -> Reader {
        Reader(Vec::new())
    }

    pub(super) fn fault(&mut self, field: &str, reason: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), reason: reason.into() });
    }

    /// The field as `T`; `None` when it is absent or wrong.
    pub(super) fn read<T>(
        &mut self,
        field: &str,
        sent: &Sent,
        parse: impl FnOnce(&str) -> Option<T>,
        right: &str,
    ) -> Option<T> {
        let value = sent.as_ref()?.as_ref().ok().and_then(|text| parse(text));
        if value.is_none() {
            self.fault(field, right);
        }
        value
    }

    pub(super) fn decimal(&mut self, field: &str, sent: &Sent) -> Option<Decimal> {
        let parse = |text: &str| Decimal::from_str_exact(text).ok().map(|value| value.normalize());
        self.read(field, sent, parse, "is a number with a point, as 12.5")
    }

    pub(super) fn symbol(&mut self, field: &str, sent: &Sent) -> Option<Symbol> {
        self.read(field, sent, Symbol::parse, "is a symbol: 1 to 20 letters, digits or . ^ = -")
    }

    pub(super) fn date(&mut self, field: &str, sent: &Sent) -> Option<NaiveDate> {
        self.read(field, sent, day, "is a date, as 2022-03-10")
    }

    pub(super) fn currency(&mut self, field: &str, sent: &Sent) -> Option<Currency> {
        self.read(field, sent, Currency::parse, "is a three-letter code, as USD")
    }

    /// # Errors
    /// [`Error::Invalid`] with everything that is wrong.
    pub(super) fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }

    fn knows(&self, field: &str) -> bool {
        self.0.iter().any(|each| each.field == field)
    }
}

impl EntryDraft {
    /// Out of the fields of a form.
    pub fn typed(field: impl Fn(&str) -> String) -> EntryDraft {
        let field = |name: &str| typed(&field(name));
        EntryDraft {
            kind: field("type"),
            symbol: field("symbol"),
            date: field("date"),
            quantity: field("quantity"),
            price: field("price"),
            amount: field("amount"),
            fee: field("fee"),
            tax: field("tax"),
            currency: field("currency"),
            fx_rate: field("fxRate"),
            note: field("note"),
        }
    }

    /// The entry it stands for.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field that can not be accepted.
    pub(super) fn entry(&self, latest: NaiveDate) -> Result<Entry> {
        let mut reader = Reader::new();
        let words: Vec<&str> = TransactionKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let one_of = format!("is one of {}", words.join(", "));
        let kind = reader.read("type", &self.kind, TransactionKind::parse, &one_of);
        let date = reader.date("date", &self.date);
        let currency = reader.currency("currency", &self.currency);
        for (field, missing) in [
            ("type", self.kind.is_none()),
            ("date", self.date.is_none()),
            ("currency", self.currency.is_none()),
        ] {
            if missing {
                reader.fault(field, "is needed");
            }
        }
        let entry = Entry {
            kind: kind.unwrap_or(TransactionKind::Fee),
            symbol: reader.symbol("symbol", &self.symbol),
            date: date.unwrap_or(latest),
            quantity: reader.decimal("quantity", &self.quantity),
            price: reader.decimal("price", &self.price),
            amount: reader.decimal("amount", &self.amount),
            fee: reader.decimal("fee", &self.fee).unwrap_or_default(),
            tax: reader.decimal("tax", &self.tax).unwrap_or_default(),
            currency: currency.unwrap_or(Currency::USD),
            fx_rate: reader.decimal("fxRate", &self.fx_rate),
            note: reader.read("note", &self.note, |text| Some(text.to_string()), "is text"),
        };
        if kind.is_some() {
            for fault in entry.check(latest) {
                // What could not be read is not missing.
                if !reader.knows(&fault.field) {
                    reader.fault(&fault.field, fault.reason);
                }
            }
        }
        reader.done()?;
        Ok(entry)
    }
}

impl PortfolioDraft {
    /// Out of the fields of a form.
    pub fn typed(name: &str, currency: &str, cost_method: &str, benchmark: &str) -> PortfolioDraft {
        PortfolioDraft {
            name: Some(Ok(name.to_string())),
            currency: typed(currency),
            cost_method: typed(cost_method),
            benchmark: typed(benchmark),
            limits: None,
        }
    }

    /// `before` with what is to change.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field that can not be accepted.
    pub(super) fn over(&self, before: &Portfolio) -> Result<Portfolio> {
        let (mut reader, mut after) = (Reader::new(), before.clone());
        let name = format!("must be 1 to {MAX_NAME_CHARS} characters without control characters");
        if let Some(name) = reader.read("name", &self.name, clean_name, &name) {
            after.name = name;
        }
        if let Some(currency) = reader.currency("currency", &self.currency) {
            after.currency = currency;
        }
        let method =
            reader.read("costMethod", &self.cost_method, CostMethod::parse, "is one of fifo, average");
        if let Some(method) = method {
            after.cost_method = method;
        }
        if let Some(benchmark) = reader.symbol("benchmark", &self.benchmark) {
            after.benchmark = benchmark;
        }
        if let Some(limits) = &self.limits {
            match serde_json::from_value::<Limits>(limits.clone()).ok().filter(sensible) {
                Some(limits) => after.limits = limits,
                None => reader.fault("limits", "are shares from 0 to 1, as {\"singlePosition\": 0.25}"),
            }
        }
        reader.done()?;
        Ok(after)
    }
}

fn sensible(limits: &Limits) -> bool {
    let Limits { foreign_currency, single_currency, single_position, single_sector, fees, cash, cash_least } =
        *limits;
    [foreign_currency, single_currency, single_position, single_sector, fees, cash, cash_least]
        .iter()
        .all(|share| (0.0..=1.0).contains(share))
}
