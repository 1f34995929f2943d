//! Figures of a portfolio: worked out once, off the threads that answer requests, and kept until the portfolio or
//! the market changes.
//!
//! Every call reads the portfolio's version and the state of the market data first, and what is kept is kept under
//! both: no answer is older than the last change. After an edit the days before it are taken over.

use super::{Portfolios, market::Stamp};
use crate::{Cx, Error, Result, analysis::blocking, store};
use chrono::NaiveDate;
use domain::{
    Symbol,
    portfolio::{
        Allocation, Analysis, CheckUp, Correlation, CostMethod, Currency, Performance, Portfolio,
        PortfolioId, Position, Range, Risk, Span, Transaction,
    },
};
use moka::future::Cache;
use std::{collections::BTreeSet, sync::Arc, time::Duration};

/// Analyses kept at most.
const MOST: u64 = 48;

/// An analysis nobody asks for is let go after so long.
const IDLE: Duration = Duration::from_secs(15 * 60);

/// Which days are looked at, and what is compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// How far back.
    pub range: Range,
    /// Goes before `range`.
    pub from: Option<NaiveDate>,
    /// Goes before the latest day.
    pub to: Option<NaiveDate>,
    /// Goes before the portfolio's own.
    pub benchmark: Option<Symbol>,
}

impl Asked {
    /// A range alone.
    pub fn of(range: Range) -> Asked {
        Asked { range, ..Asked::default() }
    }

    fn span(&self, today: NaiveDate) -> Span {
        let to = self.to.unwrap_or(today).min(today);
        match self.from {
            Some(from) => Span { from: Some(from), to },
            None => self.range.span(to),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    portfolio: PortfolioId,
    version: i64,
    stamp: Stamp,
    benchmark: Symbol,
}

/// What of a portfolio decides which market data is needed: while it stays, the market is taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Needs {
    currency: Currency,
    cost_method: CostMethod,
    symbols: BTreeSet<Symbol>,
    currencies: BTreeSet<Currency>,
    last: Option<NaiveDate>,
}

impl Needs {
    fn of(portfolio: &Portfolio, transactions: &[Transaction]) -> Needs {
        let entries = || transactions.iter().map(|each| &each.entry);
        Needs {
            currency: portfolio.currency,
            cost_method: portfolio.cost_method,
            symbols: entries().filter_map(|entry| entry.symbol.clone()).collect(),
            currencies: entries().map(|entry| entry.currency).collect(),
            last: entries().map(|entry| entry.date).max(),
        }
    }
}

#[derive(Debug)]
struct Worked {
    key: Key,
    needs: Needs,
    analysis: Arc<Analysis>,
}

/// What was worked out.
pub(crate) struct Shelf {
    exact: Cache<Key, Arc<Worked>>,
    latest: Cache<(PortfolioId, Symbol), Arc<Worked>>,
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf {
            exact: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build(),
            latest: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build(),
        }
    }
}

impl Portfolios<'_> {
    /// A portfolio with everything that can be asked of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for another tenant's, here and below.
    pub async fn analysis(
        &self,
        cx: &Cx,
        id: PortfolioId,
        benchmark: Option<&Symbol>,
    ) -> Result<(Portfolio, Arc<Analysis>)> {
        let portfolio = self.get(cx, id).await?;
        let benchmark = benchmark.unwrap_or(&portfolio.benchmark).clone();
        let stamp = self.0.stamp().await?;
        let key = Key { portfolio: id, version: portfolio.version, stamp, benchmark };
        let shelf = &self.0.memory().portfolios;
        let work = self.work(cx, &portfolio, key.clone());
        let worked =
            shelf.exact.try_get_with(key, work).await.map_err(|error: Arc<Error>| match &*error {
                Error::Unavailable(what) => Error::Unavailable(what.clone()),
                other => Error::Internal(other.to_string()),
            })?;
        Ok((portfolio, worked.analysis.clone()))
    }

    async fn work(&self, cx: &Cx, portfolio: &Portfolio, key: Key) -> Result<Arc<Worked>> {
        let shelf = &self.0.memory().portfolios;
        let kept = store::transactions::of(self.0.db(), cx, portfolio.id).await?;
        let transactions: Vec<Transaction> = kept.into_iter().map(|kept| kept.transaction).collect();
        let needs = Needs::of(portfolio, &transactions);
        let place = (key.portfolio, key.benchmark.clone());
        let before = shelf.latest.get(&place).await;
        let same_world =
            before.clone().filter(|before| before.needs == needs && before.key.stamp == key.stamp);
        let analysis = match same_world {
            Some(before) => blocking(move || before.analysis.edited(&transactions)).await?,
            None => {
                let market = self.0.world(key.stamp, portfolio, &key.benchmark, &transactions).await?;
                let portfolio = portfolio.clone();
                blocking(move || Analysis::of(&portfolio, &transactions, market)).await?
            }
        };
        let worked = Arc::new(Worked { key, needs, analysis: Arc::new(analysis) });
        if let Some(before) = before {
            shelf.exact.invalidate(&before.key).await;
        }
        shelf.latest.insert(place, worked.clone()).await;
        Ok(worked)
    }

    async fn asked<T: Send + 'static>(
        &self,
        cx: &Cx,
        id: PortfolioId,
        asked: &Asked,
        figures: impl FnOnce(&Analysis, &Portfolio, Span) -> T + Send + 'static,
    ) -> Result<T> {
        let (portfolio, analysis) = self.analysis(cx, id, asked.benchmark.as_ref()).await?;
        let span = asked.span(analysis.market().today);
        blocking(move || figures(&analysis, &portfolio, span)).await
    }

    /// How it did.
    pub async fn performance(&self, cx: &Cx, id: PortfolioId, asked: &Asked) -> Result<Performance> {
        self.asked(cx, id, asked, |analysis, _, span| analysis.performance(span)).await
    }

    /// How much it swayed.
    pub async fn risk(&self, cx: &Cx, id: PortfolioId, asked: &Asked) -> Result<Risk> {
        self.asked(cx, id, asked, |analysis, _, span| analysis.risk(span)).await
    }

    /// How alike its positions moved.
    pub async fn correlation(&self, cx: &Cx, id: PortfolioId, asked: &Asked) -> Result<Correlation> {
        self.asked(cx, id, asked, |analysis, _, span| analysis.correlation(span)).await
    }

    /// What it consists of.
    pub async fn allocation(&self, cx: &Cx, id: PortfolioId) -> Result<Allocation> {
        self.asked(cx, id, &Asked::default(), |analysis, _, _| analysis.allocation()).await
    }

    /// Every symbol ever held, largest value first, closed ones last.
    pub async fn positions(&self, cx: &Cx, id: PortfolioId) -> Result<Vec<Position>> {
        self.asked(cx, id, &Asked::default(), |analysis, _, _| analysis.positions().to_vec()).await
    }

    /// Where it leans to one side, held against its own limits.
    pub async fn check_up(&self, cx: &Cx, id: PortfolioId) -> Result<CheckUp> {
        let check = |analysis: &Analysis, portfolio: &Portfolio, _| analysis.check_up_with(portfolio.limits);
        self.asked(cx, id, &Asked::default(), check).await
    }
}
