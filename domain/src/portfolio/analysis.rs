//! One portfolio in one market, worked out once: every figure is asked of this.

use super::{
    Currency, Limits, Market, Portfolio, Position, Sale, Transaction, history::History, ledger::Ledger,
    position,
};
use chrono::NaiveDate;
use std::sync::Arc;

/// A portfolio worked out up to the market's day. It never fails: what cannot be told is absent and named.
///
/// Working it out reads all entries once; the figures are then cheap. Ten thousand entries, 250 symbols and twelve
/// years take well under half a second on one core (`benches/portfolio.rs`).
#[derive(Debug, Clone)]
pub struct Analysis {
    pub(super) portfolio: Portfolio,
    transactions: Arc<[Transaction]>,
    pub(super) market: Arc<Market>,
    pub(super) ledger: Ledger,
    pub(super) history: History,
    pub(super) positions: Vec<Position>,
}

impl Analysis {
    /// Works everything out. The order of the transactions does not matter.
    pub fn of(
        portfolio: &Portfolio,
        transactions: &[Transaction],
        market: impl Into<Arc<Market>>,
    ) -> Analysis {
        let market = market.into();
        let today = market.today;
        Analysis::with(portfolio.clone(), transactions.into(), market, today, None)
    }

    /// The same portfolio in the same market with other transactions; days before the first difference are taken
    /// over as they are.
    pub fn edited(&self, transactions: &[Transaction]) -> Analysis {
        let today = self.market.today;
        Analysis::with(self.portfolio.clone(), transactions.into(), self.market.clone(), today, Some(self))
    }

    /// The same as it was on an earlier day, with the prices of that day.
    pub(super) fn on(&self, day: NaiveDate) -> Analysis {
        let (transactions, market) = (self.transactions.clone(), self.market.clone());
        Analysis::with(self.portfolio.clone(), transactions, market, day, Some(self))
    }

    fn with(
        portfolio: Portfolio,
        transactions: Arc<[Transaction]>,
        market: Arc<Market>,
        until: NaiveDate,
        before: Option<&Analysis>,
    ) -> Analysis {
        let ledger = Ledger::replay(portfolio.currency, portfolio.cost_method, &transactions, &market, until);
        let history = History::walk(&ledger, &market, before.map(|before| (&before.history, &before.ledger)));
        let positions = position::positions(&ledger, &market);
        Analysis { portfolio, transactions, market, ledger, history, positions }
    }

    /// Every symbol ever held, largest value first, closed ones last.
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// What was sold and what it had cost, by day.
    pub fn sales(&self) -> Vec<Sale> {
        let mut sales: Vec<Sale> =
            self.ledger.books.values().flat_map(|book| book.sales.iter().cloned()).collect();
        sales.sort_by_key(|sale| sale.closed);
        sales
    }

    /// What money is counted in.
    pub fn currency(&self) -> Currency {
        self.portfolio.currency
    }

    /// The limits of the check-ups.
    pub fn limits(&self) -> Limits {
        self.portfolio.limits
    }

    /// The market it was worked out in.
    pub fn market(&self) -> &Market {
        &self.market
    }
}
