//! Portfolios: what was bought and sold, what it is worth, how it did, and what to watch.
//!
//! The words a portfolio is entered in: [`Portfolio`], [`Transaction`] (an [`Entry`] with its id), [`Holding`]
//! (the simple form). What the maths needs of the world: [`Market`] (daily closes, splits, exchange rates, a
//! benchmark). What comes out: [`Performance`], [`Position`], [`Risk`], [`Allocation`], [`Correlation`],
//! [`CheckUp`]; a figure that cannot be computed is absent and named in `unavailable`, with the reason.
//!
//! Money is [`Decimal`] everywhere, on the wire a string. Returns and risk are `f64` ratios: 0.05 is 5 %.
//! Nothing here reads a clock or a database.

mod check_up;
mod currency;
mod holding;
mod market;
mod result;
mod transaction;
mod words;

pub use check_up::{Check, CheckUp, Limits, Rule};
pub use currency::Currency;
pub use holding::Holding;
pub use market::{Benchmark, Daily, Listing, Market, Range, Span};
pub use result::{
    Allocation, Correlation, Cost, Drawdown, Figure, Lot, Pair, Performance, Point, Position, PriceFrom,
    Risk, Slice, Unavailable,
};
pub use rust_decimal::Decimal;
pub use transaction::{Entry, Fault, Transaction, TransactionKind};
pub use words::{
    CostMethod, MAX_NAME_CHARS, MAX_PORTFOLIOS, MAX_TRANSACTIONS, Portfolio, PortfolioId, TransactionId,
};
