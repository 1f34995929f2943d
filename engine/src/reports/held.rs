//! The reader's portfolio.

use super::Reports;
use crate::{Cx, Result, portfolios::Asked};
use domain::{
    portfolio::{PortfolioId, Range},
    report::Held,
};

impl Reports<'_> {
    /// Whether the caller may have this reported.
    pub(super) async fn check_portfolio(&self, cx: &Cx, portfolio: Option<PortfolioId>) -> Result<()> {
        match portfolio {
            None => Ok(()),
            Some(id) => self.0.portfolios().get(cx, id).await.map(drop),
        }
    }

    /// The portfolio a morning report is about: the first that is no sample. `None` is about the market and the
    /// watchlist.
    pub(super) async fn main_portfolio(&self, cx: &Cx) -> Result<Option<PortfolioId>> {
        let all = self.0.portfolios().list(cx).await?;
        Ok(all.into_iter().find(|portfolio| !portfolio.sample).map(|portfolio| portfolio.id))
    }

    /// The figures of a portfolio over the last year.
    pub(super) async fn held(&self, cx: &Cx, portfolio: Option<PortfolioId>) -> Result<Option<Held>> {
        let Some(id) = portfolio else { return Ok(None) };
        let (portfolios, year) = (self.0.portfolios(), Asked::of(Range::Year1));
        Ok(Some(Held {
            portfolio: portfolios.get(cx, id).await?,
            performance: portfolios.performance(cx, id, &year).await?,
            positions: portfolios.positions(cx, id).await?,
            risk: portfolios.risk(cx, id, &year).await?,
            allocation: portfolios.allocation(cx, id).await?,
            check_up: portfolios.check_up(cx, id).await?,
        }))
    }
}
