//! What a report is written from.

use crate::{
    Series, Symbol,
    overview::Overview,
    portfolio::{Allocation, CheckUp, Performance, Portfolio, Position, Risk},
    signal::Signal,
};
use chrono::{NaiveDate, NaiveDateTime};

/// What is known when a report is made.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The reader's wall clock.
    pub made_local: NaiveDateTime,
    /// The reader's zone, as `Europe/Berlin`.
    pub zone: String,
    /// The market and the reader's watchlist.
    pub overview: Overview,
    /// Daily bars of the index or fund the market is shown by, where there are any.
    pub index: Option<Series>,
    /// What fired lately for symbols that are watched or held, newest first.
    pub signals: Vec<(Symbol, Signal)>,
    /// The market's day in New York.
    pub market_day: NaiveDate,
    /// The reader's portfolio, where there is one.
    pub held: Option<Held>,
    /// Shows shares and ratios only; amounts of money and quantities are left out.
    pub hide_amounts: bool,
}

/// A portfolio with its figures.
#[derive(Debug, Clone)]
pub struct Held {
    /// Which.
    pub portfolio: Portfolio,
    /// Over the last year, or since its beginning.
    pub performance: Performance,
    /// What is held.
    pub positions: Vec<Position>,
    /// Over the same time.
    pub risk: Risk,
    /// By sector, kind and currency.
    pub allocation: Allocation,
    /// Where it leans to one side.
    pub check_up: CheckUp,
}
