//! The reader's portfolio.

use super::Reports;
use crate::{Cx, Error, Result};
use domain::{portfolio::PortfolioId, report::Held};

impl Reports<'_> {
    /// Whether the caller may have this reported.
    pub(super) async fn check_portfolio(&self, _: &Cx, portfolio: Option<PortfolioId>) -> Result<()> {
        match portfolio {
            None => Ok(()),
            Some(_) => Err(Error::NotFound("the portfolio")),
        }
    }

    /// The portfolio a morning report is about: `None` is about the market and the watchlist.
    pub(super) async fn main_portfolio(&self, _: &Cx) -> Result<Option<PortfolioId>> {
        Ok(None)
    }

    /// The figures of a portfolio.
    pub(super) async fn held(&self, cx: &Cx, portfolio: Option<PortfolioId>) -> Result<Option<Held>> {
        self.check_portfolio(cx, portfolio).await?;
        Ok(None)
    }
}
