//! Positions: each symbol's quantity, cost, value and gains, rounded once.

use super::{
    Currency, Market, Position, PriceFrom,
    book::Book,
    ledger::Ledger,
    money::{decimal, rounded},
};
use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// A price of a day.
#[derive(Clone, Copy)]
struct Priced {
    date: NaiveDate,
    price: Decimal,
    currency: Currency,
    from: PriceFrom,
}

/// Every book as a position, largest value first, closed ones last, then by symbol.
pub(super) fn positions(ledger: &Ledger, market: &Market) -> Vec<Position> {
    let today = ledger.books.values().filter(|book| !book.quantity.is_zero());
    let latest =
        today.filter_map(|book| priced(book, market, ledger.base, ledger.until)).map(|at| at.date).max();
    let mut positions: Vec<Position> =
        ledger.books.values().map(|book| position(book, ledger, market, latest)).collect();
    // Of short positions the size counts.
    let size = |position: &Position| position.value.unwrap_or_default().abs();
    positions.sort_by(|left, right| {
        let closed = |position: &Position| position.quantity.is_zero();
        closed(left)
            .cmp(&closed(right))
            .then_with(|| size(right).cmp(&size(left)))
            .then_with(|| left.symbol.cmp(&right.symbol))
    });
    let whole =
        whole(&positions, ledger, market).and_then(|whole| whole.to_f64()).filter(|whole| *whole > 0.0);
    for position in &mut positions {
        let value = position.value.and_then(|value| value.to_f64());
        position.weight = value.zip(whole).map(|(value, whole)| value / whole);
    }
    positions
}

/// Positions and cash; `None` where one of them cannot be told.
pub(super) fn whole(positions: &[Position], ledger: &Ledger, market: &Market) -> Option<Decimal> {
    let cash = if ledger.holds_cash { cash(ledger, market)? } else { Decimal::ZERO };
    positions.iter().try_fold(cash, |sum, position| sum.checked_add(position.value?))
}

/// Cash of all currencies at today's rates, each rounded.
pub(super) fn cash(ledger: &Ledger, market: &Market) -> Option<Decimal> {
    ledger.cash.iter().try_fold(Decimal::ZERO, |sum, (currency, balances)| {
        let (_, balance) = balances.last()?;
        sum.checked_add(converted(*balance, *currency, ledger, market)?)
    })
}

/// An amount in the portfolio's currency at today's rate, rounded; nothing needs no rate.
pub(super) fn converted(
    amount: Decimal,
    currency: Currency,
    ledger: &Ledger,
    market: &Market,
) -> Option<Decimal> {
    if amount.is_zero() {
        return Some(Decimal::ZERO);
    }
    let rate = market.rate(currency, ledger.base, ledger.until).and_then(decimal)?;
    Some(rounded(amount.checked_mul(rate)?, ledger.base))
}

fn position(book: &Book, ledger: &Ledger, market: &Market, latest: Option<NaiveDate>) -> Position {
    let listing = market.listings.get(&book.symbol);
    let money = |amount: Decimal| book.trouble.is_none().then(|| rounded(amount, ledger.base));
    let cost = book.cost().ok().and_then(money);
    let priced = priced(book, market, ledger.base, ledger.until);
    let value = value(book.quantity, priced, market, ledger.base, ledger.until);
    let unrealised = value.zip(cost).and_then(|(value, cost)| value.checked_sub(cost));
    let day = day_change(book, ledger, market, latest, value);
    let average = (!book.quantity.is_zero()).then(|| book.cost().ok()?.checked_div(book.quantity)).flatten();
    Position {
        symbol: book.symbol.clone(),
        name: listing.map_or_else(|| book.symbol.to_string(), |listing| listing.name.clone()),
        kind: listing.map(|listing| listing.kind),
        sector: listing.and_then(|listing| listing.sector),
        quantity: book.quantity.normalize(),
        average_price: average.filter(|_| book.trouble.is_none()).map(|price| price.round_dp(6).normalize()),
        cost,
        price: priced.map(|priced| priced.price.normalize()),
        price_currency: priced.map(|priced| priced.currency),
        price_date: priced.map(|priced| priced.date),
        price_from: priced.map(|priced| priced.from),
        value,
        day_change: day.map(|(change, _)| change),
        day_change_ratio: day.and_then(|(_, ratio)| ratio),
        unrealised,
        unrealised_ratio: ratio(unrealised, cost),
        realised: money(book.realised),
        dividends: money(book.dividends),
        fees: money(book.fees),
        taxes: money(book.taxes),
        weight: None,
        first_date: book.first_date,
        lots: book
            .lots()
            .into_iter()
            .map(|mut lot| {
                lot.cost = lot.cost.map(|cost| rounded(cost, ledger.base));
                lot
            })
            .collect(),
    }
}

/// A part of a size, as a fraction; `None` of nothing.
pub(super) fn ratio(part: Option<Decimal>, of: Option<Decimal>) -> Option<f64> {
    let (part, of) = (part?.to_f64()?, of?.to_f64()?.abs());
    (of > 0.0).then(|| part / of)
}

/// The latest close on or before a day, else the latest trade of the portfolio itself.
fn priced(book: &Book, market: &Market, base: Currency, day: NaiveDate) -> Option<Priced> {
    let listing = market.listings.get(&book.symbol);
    let close = listing.and_then(|listing| Some((listing.closes.at(day)?, listing.currency)));
    let own = || book.own_prices[..book.own_prices.partition_point(|(date, _)| *date <= day)].last();
    match close {
        Some(((date, close), currency)) => {
            Some(Priced { date, price: decimal(close)?, currency, from: PriceFrom::Market })
        }
        None => own().and_then(|(date, price)| {
            Some(Priced { date: *date, price: decimal(*price)?, currency: base, from: PriceFrom::Trade })
        }),
    }
}

fn value(
    quantity: Decimal,
    priced: Option<Priced>,
    market: &Market,
    base: Currency,
    day: NaiveDate,
) -> Option<Decimal> {
    if quantity.is_zero() {
        return Some(Decimal::ZERO);
    }
    let priced = priced?;
    let rate = market.rate(priced.currency, base, day).and_then(decimal)?;
    Some(rounded(quantity.checked_mul(priced.price)?.checked_mul(rate)?, base))
}

/// What the latest day with any price brought: value less value the day before less what was bought and sold
/// since, and the same as a fraction of what was at stake.
fn day_change(
    book: &Book,
    ledger: &Ledger,
    market: &Market,
    latest: Option<NaiveDate>,
    value_now: Option<Decimal>,
) -> Option<(Decimal, Option<f64>)> {
    let before = latest?.pred_opt()?;
    let held = book.steps[..book.steps.partition_point(|(date, _)| *date <= before)].last();
    let held = held.map_or(Some(Decimal::ZERO), |(_, quantity)| decimal(*quantity))?;
    if held.is_zero() && book.quantity.is_zero() && book.paid.last().is_none_or(|(date, _)| *date <= before) {
        return None;
    }
    let value_before = value(held, priced(book, market, ledger.base, before), market, ledger.base, before)?;
    let since = book.paid.partition_point(|(date, _)| *date <= before);
    let paid = book.paid[since..].iter().try_fold(Decimal::ZERO, |sum, (_, paid)| sum.checked_add(*paid))?;
    if since < book.paid.len() && book.trouble.is_some() {
        return None;
    }
    let change = value_now?.checked_sub(value_before)?.checked_sub(rounded(paid, ledger.base))?;
    let stake = value_before.abs().checked_add(paid.max(Decimal::ZERO))?;
    Some((change, ratio(Some(change), Some(stake))))
}
