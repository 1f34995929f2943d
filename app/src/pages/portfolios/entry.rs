//! The form of a transaction: the fields its kind needs, reachable by keyboard alone.

use crate::{
    api::portfolios::EntryFields,
    components::{Field, SelectField},
    pages::form::{Answer, problem},
};
use domain::portfolio::{Currency, Decimal, Transaction, TransactionKind};
use leptos::prelude::*;

/// What a transaction looks like in a form.
pub fn fields(transaction: &Transaction) -> EntryFields {
    let entry = &transaction.entry;
    let number =
        |value: Option<Decimal>| value.map(|value| value.normalize().to_string()).unwrap_or_default();
    let charge = |value: Decimal| if value.is_zero() { String::new() } else { value.normalize().to_string() };
    EntryFields {
        kind: entry.kind.as_str().into(),
        symbol: entry.symbol.as_ref().map(ToString::to_string).unwrap_or_default(),
        date: entry.date.to_string(),
        quantity: number(entry.quantity),
        price: number(entry.price),
        amount: number(entry.amount),
        fee: charge(entry.fee),
        tax: charge(entry.tax),
        currency: entry.currency.to_string(),
        fx_rate: number(entry.fx_rate),
        note: entry.note.clone().unwrap_or_default(),
    }
}

/// An empty form, on the day and in the currency of the entry before.
pub fn blank(before: Option<&Transaction>, currency: Currency) -> EntryFields {
    EntryFields {
        kind: TransactionKind::Buy.as_str().into(),
        date: before.map(|each| each.entry.date.to_string()).unwrap_or_default(),
        currency: before.map_or(currency, |each| each.entry.currency).to_string(),
        ..EntryFields::default()
    }
}

/// Which fields a kind of transaction has besides type, date, currency and note.
fn has(kind: &str, field: &str) -> bool {
    use TransactionKind::*;
    let Some(kind) = TransactionKind::parse(kind) else { return true };
    match field {
        "symbol" => !matches!(kind, Deposit | Withdrawal),
        "quantity" => matches!(kind, Buy | Sell | Split | TransferIn | TransferOut | Dividend),
        "price" => matches!(kind, Buy | Sell | TransferIn | TransferOut | Dividend),
        "amount" => !matches!(kind, Split),
        "fee" => !matches!(kind, Split | Fee),
        "tax" => !matches!(kind, Split | Tax),
        _ => kind != Split,
    }
}

/// - `prefix`: of element ids; two forms may stand on a page.
#[component]
pub fn EntryForm<T: Clone + Send + Sync + 'static>(
    prefix: &'static str,
    fields: EntryFields,
    answer: Answer<T>,
) -> impl IntoView {
    let kind = RwSignal::new(fields.kind.clone());
    let options =
        TransactionKind::ALL.map(|kind| (kind.as_str().to_string(), kind.label().to_string())).to_vec();
    let hidden = move |field: &'static str| move || !has(&kind.read(), field);
    let id = move |field: &str| format!("{prefix}-{field}");
    view! {
        <div class="entry-fields">
            <SelectField
                label="Type"
                name="entry[kind]"
                id=id("type")
                options
                selected=Signal::stored(fields.kind)
                error=problem(answer, "type")
                on_change=Callback::new(move |value| kind.set(value))
            />
            <Field
                label="Date"
                name="entry[date]"
                id=id("date")
                kind="date"
                required=true
                value=fields.date
                error=problem(answer, "date")
            />
            <div class:entry-hidden=hidden("symbol")>
                <Field
                    label="Symbol"
                    name="entry[symbol]"
                    id=id("symbol")
                    max_length=20
                    placeholder="AAPL"
                    autocomplete="off"
                    value=fields.symbol
                    error=problem(answer, "symbol")
                />
            </div>
            <div class:entry-hidden=hidden("quantity")>
                <Field
                    label="Quantity"
                    name="entry[quantity]"
                    id=id("quantity")
                    autocomplete="off"
                    value=fields.quantity
                    error=problem(answer, "quantity")
                />
            </div>
            <div class:entry-hidden=hidden("price")>
                <Field
                    label="Price"
                    name="entry[price]"
                    id=id("price")
                    autocomplete="off"
                    value=fields.price
                    error=problem(answer, "price")
                />
            </div>
            <div class:entry-hidden=hidden("amount")>
                <Field
                    label="Amount"
                    name="entry[amount]"
                    id=id("amount")
                    autocomplete="off"
                    placeholder="quantity × price"
                    value=fields.amount
                    error=problem(answer, "amount")
                />
            </div>
            <div class:entry-hidden=hidden("fee")>
                <Field
                    label="Fee"
                    name="entry[fee]"
                    id=id("fee")
                    autocomplete="off"
                    value=fields.fee
                    error=problem(answer, "fee")
                />
            </div>
            <div class:entry-hidden=hidden("tax")>
                <Field
                    label="Tax"
                    name="entry[tax]"
                    id=id("tax")
                    autocomplete="off"
                    value=fields.tax
                    error=problem(answer, "tax")
                />
            </div>
            <Field
                label="Currency"
                name="entry[currency]"
                id=id("currency")
                required=true
                max_length=3
                autocomplete="off"
                value=fields.currency
                error=problem(answer, "currency")
            />
            <div class:entry-hidden=hidden("fxRate")>
                <Field
                    label="Exchange rate"
                    name="entry[fx_rate]"
                    id=id("fxRate")
                    autocomplete="off"
                    placeholder="of the day"
                    value=fields.fx_rate
                    error=problem(answer, "fxRate")
                />
            </div>
            <div class="entry-note">
                <Field
                    label="Note"
                    name="entry[note]"
                    id=id("note")
                    max_length=1000
                    autocomplete="off"
                    value=fields.note
                    error=problem(answer, "note")
                />
            </div>
        </div>
    }
}
