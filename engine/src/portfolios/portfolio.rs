//! Portfolios themselves: made, changed, taken away.

use super::{Change, GONE, Once, PortfolioDraft, Portfolios, market::FRESH};
use crate::{Cx, Error, Result, store};
use domain::{
    Permission, Symbol, UserId,
    portfolio::{CostMethod, Currency, Limits, MAX_PORTFOLIOS, Portfolio, PortfolioId},
};
use serde_json::json;
use uuid::Uuid;

/// What is compared with unless somebody says otherwise: the fund, or the index where the fund's history has ended.
const BENCHMARKS: [&str; 2] = ["SPY", "^GSPC"];

impl Portfolios<'_> {
    /// Every portfolio of the caller's tenant, oldest first.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<Portfolio>> {
        cx.require(Permission::Read, "see portfolios")?;
        store::portfolios::all(self.0.db(), cx).await
    }

    /// One portfolio.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for a portfolio of another tenant, here and in every call below.
    pub async fn get(&self, cx: &Cx, id: PortfolioId) -> Result<Portfolio> {
        cx.require(Permission::Read, "see portfolios")?;
        store::portfolios::one(self.0.db(), cx, id).await?.ok_or(GONE)
    }

    /// A new, empty portfolio; in the caller's own currency unless another is named. Under a key it is made once.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a name in use, [`Error::Invalid`] for what can not be accepted or when there are
    /// enough portfolios.
    pub async fn create(&self, cx: &Cx, draft: &PortfolioDraft, once: Option<&Once>) -> Result<Portfolio> {
        if draft.name.is_none() {
            return Err(Error::invalid("name", "is needed"));
        }
        let portfolio = draft.over(&self.blank(cx).await?)?;
        let mut change = self.begin(cx).await?;
        if let Some(id) = self.created(&mut change, once).await? {
            return change.one(PortfolioId(id));
        }
        self.note(&mut change, once, portfolio.id.0).await?;
        self.add_portfolio(change, portfolio, None).await
    }

    /// Other details; `version` is the one the caller knows, where it knows one.
    ///
    /// # Errors
    /// As [`Portfolios::create`], and [`Error::Stale`] when it was changed since.
    pub async fn update(
        &self,
        cx: &Cx,
        id: PortfolioId,
        draft: &PortfolioDraft,
        version: Option<i64>,
    ) -> Result<Portfolio> {
        let change = self.begin(cx).await?;
        let before = change.one(id)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::Stale("the portfolio"));
        }
        let after = draft.over(&before)?;
        if after == before {
            return Ok(before);
        }
        unique(&change, &after)?;
        let detail = json!({ "name": after.name, "currency": after.currency, "costMethod": after.cost_method,
            "benchmark": after.benchmark, "limits": after.limits });
        self.finish(change, after, "portfolio.update", &id.to_string(), detail).await
    }

    /// Away with it and everything in it; answers what it was.
    pub async fn delete(&self, cx: &Cx, id: PortfolioId) -> Result<Portfolio> {
        let mut change = self.begin(cx).await?;
        let portfolio = change.one(id)?;
        let now = self.0.clock().now();
        store::portfolios::delete(&mut change.tx, cx, id).await?;
        let detail = json!({ "name": portfolio.name });
        store::audit::insert(&mut change.tx, cx, now, "portfolio.delete", &id.to_string(), detail).await?;
        change.tx.commit().await?;
        self.tell(cx, id, None);
        Ok(portfolio)
    }

    async fn usual_benchmark(&self) -> Result<Symbol> {
        let recent = self.0.recent().await?;
        let newest = recent.newest();
        let goes_on = |symbol: &&Symbol| {
            recent.last_days().any(|(each, last)| each == *symbol && Some(last + FRESH) >= newest)
        };
        let known = BENCHMARKS.map(|name| Symbol::parse(name).expect("is a symbol"));
        Ok(known.iter().find(goes_on).unwrap_or(&known[0]).clone())
    }

    /// A portfolio as it is before anybody said anything of it.
    pub(super) async fn blank(&self, cx: &Cx) -> Result<Portfolio> {
        let user = self.0.accounts().user(cx).await?;
        Ok(Portfolio {
            id: PortfolioId(Uuid::now_v7()),
            name: String::new(),
            currency: Currency::parse(&user.base_currency).unwrap_or(Currency::USD),
            cost_method: CostMethod::Fifo,
            benchmark: self.usual_benchmark().await?,
            sample: false,
            limits: Limits::default(),
            version: 0,
        })
    }

    /// Adds a portfolio within a change, and ends the change.
    pub(super) async fn add_portfolio(
        &self,
        mut change: Change<'_>,
        portfolio: Portfolio,
        holdings_of: Option<UserId>,
    ) -> Result<Portfolio> {
        self.insert_portfolio(&mut change, &portfolio, holdings_of).await?;
        let detail = json!({ "name": portfolio.name, "currency": portfolio.currency });
        let subject = portfolio.id.to_string();
        self.finish(change, portfolio, "portfolio.create", &subject, detail).await
    }

    /// Writes a new portfolio within a change.
    pub(super) async fn insert_portfolio(
        &self,
        change: &mut Change<'_>,
        portfolio: &Portfolio,
        holdings_of: Option<UserId>,
    ) -> Result<()> {
        if change.portfolios.len() >= MAX_PORTFOLIOS {
            let reason = format!("you have {MAX_PORTFOLIOS} portfolios already, which is the most");
            return Err(Error::invalid("name", reason));
        }
        unique(change, portfolio)?;
        let (cx, now) = (change.cx, self.0.clock().now());
        store::portfolios::insert(&mut change.tx, cx, portfolio, holdings_of, now).await
    }
}

fn unique(change: &Change<'_>, portfolio: &Portfolio) -> Result<()> {
    let taken = |each: &Portfolio| each.name == portfolio.name && each.id != portfolio.id;
    match change.portfolios.iter().any(taken) {
        true => Err(Error::Conflict(format!("there is a portfolio named {} already", portfolio.name))),
        false => Ok(()),
    }
}
