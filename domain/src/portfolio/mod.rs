//! Portfolios: what was bought and sold, what it is worth, how it did, and what to watch.
//!
//! The words a portfolio is entered in: [`Portfolio`], [`Transaction`] (an [`Entry`] with its id), [`Holding`]
//! (the simple form). What the maths needs of the world: [`Market`] (daily closes, splits, exchange rates, a
//! benchmark). What comes out: [`Performance`], [`Position`], [`Risk`], [`Allocation`], [`Correlation`],
//! [`CheckUp`]; a figure that cannot be computed is absent and named in `unavailable`, with the reason.
//!
//! The maths is one call: [`Analysis::of`]. Inside, entries are replayed into books of lots (`ledger`, `book`,
//! `basis` for splits), the days are walked once (`history`), and every figure reads those (`returns`, `money_weighted`,
//! [`crate::statistic`]).
//!
//! Money is [`Decimal`] everywhere, on the wire a string. Returns and risk are `f64` ratios: 0.05 is 5 %.
//! Nothing here reads a clock or a database.

mod allocation;
mod analysis;
mod basis;
mod book;
mod check_up;
mod correlation;
mod currency;
mod formula;
mod history;
mod holding;
pub mod import;
mod ledger;
mod market;
mod money;
mod money_weighted;
mod performance;
mod position;
mod result;
mod returns;
mod risk;
mod transaction;
mod words;

pub use analysis::Analysis;
pub use check_up::{Check, CheckUp, Limits, Rule};
pub use currency::Currency;
pub use formula::Formula;
pub use holding::Holding;
pub use market::{Benchmark, Daily, Listing, Market, Range, Span};
pub use money_weighted::{NoRate, xirr};
pub use result::{
    Allocation, Correlation, Drawdown, Figure, Lot, Pair, Performance, Point, Position, PriceFrom, Risk,
    Sale, Slice, Unavailable,
};
pub use rust_decimal::Decimal;
pub use transaction::{Entry, Fault, Transaction, TransactionKind};
pub use words::{
    CostMethod, MAX_NAME_CHARS, MAX_PORTFOLIOS, MAX_TRANSACTIONS, Portfolio, PortfolioId, TransactionId,
};
