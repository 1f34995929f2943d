//! Decimal arithmetic that stops instead of overflowing, and the one way money is rounded.

use super::Currency;
use crate::Symbol;
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy, prelude::FromPrimitive};

/// Decimals kept while lots are divided; far below the smallest coin.
const KEPT_DECIMALS: u32 = 12;

/// Why a sum of money cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Stop {
    #[error("no exchange rate from {0} to {1} is known on or before {2}")]
    NoRate(Currency, Currency, NaiveDate),
    #[error("no price of {0} is known on or before {1}")]
    NoPrice(Symbol, NaiveDate),
    #[error("the entry of {0} has neither an amount nor quantity and price")]
    NoAmount(NaiveDate),
    #[error("the numbers are too large to be added up")]
    TooLarge,
}

pub(super) fn add(left: Decimal, right: Decimal) -> Result<Decimal, Stop> {
    left.checked_add(right).ok_or(Stop::TooLarge)
}

pub(super) fn sub(left: Decimal, right: Decimal) -> Result<Decimal, Stop> {
    left.checked_sub(right).ok_or(Stop::TooLarge)
}

pub(super) fn mul(left: Decimal, right: Decimal) -> Result<Decimal, Stop> {
    left.checked_mul(right).ok_or(Stop::TooLarge)
}

/// `whole * part / of`, kept to 12 decimals; the whole itself when part and of are equal.
pub(super) fn share(whole: Decimal, part: Decimal, of: Decimal) -> Result<Decimal, Stop> {
    if part == of {
        return Ok(whole);
    }
    let product = whole.checked_mul(part).and_then(|product| product.checked_div(of));
    // A product too large to write down may still have a quotient that is not.
    let quotient = product.or_else(|| whole.checked_div(of)?.checked_mul(part));
    quotient.map(|quotient| quotient.round_dp(KEPT_DECIMALS)).ok_or(Stop::TooLarge)
}

/// To the smallest unit of a currency, half away from zero.
pub(super) fn rounded(amount: Decimal, currency: Currency) -> Decimal {
    amount.round_dp_with_strategy(currency.decimals(), RoundingStrategy::MidpointAwayFromZero)
}

/// A market number as a decimal, 12 decimals at most; `None` where it is none or too large.
pub(super) fn decimal(number: f64) -> Option<Decimal> {
    Decimal::from_f64(number).map(|number| number.round_dp(KEPT_DECIMALS))
}
