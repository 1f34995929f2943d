//! The portfolios of a tenant: who may change them and their transactions, within which limits, what is noted of
//! it, and who is told. The maths is `domain::portfolio`; what it needs of the market is put together in `market`,
//! and what was worked out is kept in `book` until the portfolio or the market changes.

mod analysis;
mod draft;
mod holdings;
mod import;
mod market;
mod once;
mod portfolio;
mod sample;
mod transactions;

pub use analysis::Asked;
pub(crate) use analysis::Shelf;
pub use draft::{EntryDraft, PortfolioDraft, Sent};
pub use holdings::{Held, HoldingDraft};
pub use import::Imported;
pub(crate) use market::{Closes, pairs, rate};
pub use once::Once;
pub use transactions::{Order, Slice};

use crate::{Cx, Engine, Error, Result, store, store::Tx};
use chrono::NaiveDate;
use domain::{
    Event, Permission,
    event::PortfolioChanged,
    portfolio::{Portfolio, PortfolioId},
};
use serde_json::Value;

const GONE: Error = Error::NotFound("the portfolio");

/// The portfolios of an [`Engine`].
pub struct Portfolios<'a>(&'a Engine);

impl Engine {
    /// The portfolios of a tenant.
    pub fn portfolios(&self) -> Portfolios<'_> {
        Portfolios(self)
    }
}

/// A change under way: nobody else changes portfolios of the tenant until it is done.
struct Change<'a> {
    tx: Tx,
    cx: &'a Cx,
    portfolios: Vec<Portfolio>,
}

impl Change<'_> {
    fn one(&self, id: PortfolioId) -> Result<Portfolio> {
        self.portfolios.iter().find(|each| each.id == id).cloned().ok_or(GONE)
    }
}

impl Portfolios<'_> {
    async fn begin<'a>(&self, cx: &'a Cx) -> Result<Change<'a>> {
        cx.require(Permission::Edit, "change portfolios")?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let portfolios = store::portfolios::all_locked(&mut tx, cx).await?;
        Ok(Change { tx, cx, portfolios })
    }

    /// Writes the portfolio with its next version, leaves the audit line, makes it last, and tells the tenant.
    async fn finish(
        &self,
        mut change: Change<'_>,
        mut portfolio: Portfolio,
        action: &str,
        subject: &str,
        detail: Value,
    ) -> Result<Portfolio> {
        let (cx, now) = (change.cx, self.0.clock().now());
        portfolio.version += 1;
        store::portfolios::update(&mut change.tx, cx, &portfolio, now).await?;
        store::audit::insert(&mut change.tx, cx, now, action, subject, detail).await?;
        change.tx.commit().await?;
        self.tell(cx, portfolio.id, Some(portfolio.version));
        Ok(portfolio)
    }

    fn tell(&self, cx: &Cx, id: PortfolioId, version: Option<i64>) {
        let changed = PortfolioChanged { portfolio_id: id.0, portfolio_version: version };
        self.0.bus().publish_tenant(cx.tenant, Event::Portfolio(changed));
    }

    /// The latest day an entry may have: today where the sun rises first.
    fn latest_day(&self) -> NaiveDate {
        (self.0.clock().now() + chrono::Duration::hours(14)).date_naive()
    }
}

#[cfg(test)]
mod tests;
