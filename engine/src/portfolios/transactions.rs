//! The transactions of a portfolio: listed, added, replaced, taken away.

use super::{Change, EntryDraft, Once, Portfolios};
use crate::{Cx, Error, Result, store, store::transactions::Kept};
use chrono::NaiveDate;
use domain::{
    Permission, UserId,
    portfolio::{Entry, Holding, MAX_TRANSACTIONS, Portfolio, PortfolioId, Transaction, TransactionId},
};
use serde_json::json;
use uuid::Uuid;

const NO_TRANSACTION: Error = Error::NotFound("the transaction");

/// In which order transactions are listed; those of one day as they were entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By date.
    #[default]
    OldestFirst,
    /// By date, backwards.
    NewestFirst,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// In the order asked for.
    pub items: Vec<Transaction>,
    /// Whether there are more behind the last one.
    pub more: bool,
}

impl Portfolios<'_> {
    /// Up to `limit` transactions behind `after`.
    pub async fn transactions(
        &self,
        cx: &Cx,
        id: PortfolioId,
        order: Order,
        after: Option<(NaiveDate, TransactionId)>,
        limit: u32,
    ) -> Result<Slice> {
        self.get(cx, id).await?;
        let newest_first = order == Order::NewestFirst;
        let asked = i64::from(limit) + 1;
        let mut kept = store::transactions::page(self.0.db(), cx, id, newest_first, after, asked).await?;
        let more = kept.len() > limit as usize;
        kept.truncate(limit as usize);
        Ok(Slice { items: kept.into_iter().map(|kept| kept.transaction).collect(), more })
    }

    /// One transaction.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for one of another portfolio.
    pub async fn transaction(&self, cx: &Cx, id: PortfolioId, one: TransactionId) -> Result<Transaction> {
        cx.require(Permission::Read, "see portfolios")?;
        let kept = store::transactions::one(self.0.db(), cx, id, one).await?;
        kept.map(|kept| kept.transaction).ok_or(NO_TRANSACTION)
    }

    /// One transaction more. Under a key it is made once.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field that can not be accepted, or when there are enough.
    pub async fn add(
        &self,
        cx: &Cx,
        id: PortfolioId,
        draft: &EntryDraft,
        once: Option<&Once>,
    ) -> Result<(Portfolio, Transaction)> {
        let mut change = self.begin(cx).await?;
        let portfolio = change.one(id)?;
        if let Some(made) = self.created(&mut change, once).await? {
            let kept = store::transactions::one_in(&mut change.tx, cx, id, TransactionId(made)).await?;
            return Ok((portfolio, kept.ok_or(NO_TRANSACTION)?.transaction));
        }
        let transaction = new(draft.entry(self.latest_day())?);
        self.note(&mut change, once, transaction.id.0).await?;
        self.insert(&mut change, &portfolio, std::slice::from_ref(&transaction), None).await?;
        let (subject, detail) = (transaction.id.to_string(), told(id, &transaction.entry));
        let portfolio = self.finish(change, portfolio, "transaction.add", &subject, detail).await?;
        Ok((portfolio, transaction))
    }

    /// Another entry in the place of one; `version` is the one the caller knows, `None` takes any.
    ///
    /// # Errors
    /// As [`Portfolios::add`]; [`Error::Stale`] when it was changed since.
    pub async fn replace(
        &self,
        cx: &Cx,
        id: PortfolioId,
        one: TransactionId,
        draft: &EntryDraft,
        version: Option<i64>,
    ) -> Result<(Portfolio, Transaction)> {
        let mut change = self.begin(cx).await?;
        let (portfolio, kept) = self.known(&mut change, id, one, version).await?;
        let entry = draft.entry(self.latest_day())?;
        if entry == kept.transaction.entry {
            return Ok((portfolio, kept.transaction));
        }
        // A purchase of another symbol, or no purchase at all, is not the holding it was.
        let same = |holding: Holding| Some(&holding.symbol) == kept.transaction.entry.symbol.as_ref();
        let holding_of = kept.holding_of.filter(|_| Holding::of(&entry).is_some_and(same));
        let version = kept.transaction.version + 1;
        let transaction = Transaction { entry, version, ..kept.transaction };
        store::transactions::update(&mut change.tx, cx, id, &transaction, holding_of).await?;
        let detail = told(id, &transaction.entry);
        let portfolio =
            self.finish(change, portfolio, "transaction.update", &one.to_string(), detail).await?;
        Ok((portfolio, transaction))
    }

    /// Away with one; `version` as in [`Portfolios::replace`].
    ///
    /// # Errors
    /// [`Error::Stale`] when it was changed since.
    pub async fn remove(
        &self,
        cx: &Cx,
        id: PortfolioId,
        one: TransactionId,
        version: Option<i64>,
    ) -> Result<Portfolio> {
        let mut change = self.begin(cx).await?;
        let (portfolio, kept) = self.known(&mut change, id, one, version).await?;
        store::transactions::delete(&mut change.tx, cx, id, one).await?;
        let detail = told(id, &kept.transaction.entry);
        self.finish(change, portfolio, "transaction.remove", &one.to_string(), detail).await
    }

    async fn known(
        &self,
        change: &mut Change<'_>,
        id: PortfolioId,
        one: TransactionId,
        version: Option<i64>,
    ) -> Result<(Portfolio, Kept)> {
        let portfolio = change.one(id)?;
        let kept = store::transactions::one_in(&mut change.tx, change.cx, id, one).await?;
        let kept = kept.ok_or(NO_TRANSACTION)?;
        match version {
            Some(version) if version != kept.transaction.version => Err(Error::Stale("the transaction")),
            _ => Ok((portfolio, kept)),
        }
    }

    /// Writes new transactions within a change.
    pub(super) async fn insert(
        &self,
        change: &mut Change<'_>,
        portfolio: &Portfolio,
        transactions: &[Transaction],
        holding_of: Option<UserId>,
    ) -> Result<()> {
        let (cx, now) = (change.cx, self.0.clock().now());
        let there = store::transactions::count(&mut change.tx, cx, portfolio.id).await?;
        if there.unsigned_abs() as usize + transactions.len() > MAX_TRANSACTIONS {
            let reason = format!("a portfolio holds at most {MAX_TRANSACTIONS} transactions");
            return Err(Error::invalid("transactions", reason));
        }
        store::transactions::insert(&mut change.tx, cx, portfolio.id, transactions, holding_of, now).await
    }
}

/// An entry that is kept from now on.
pub(super) fn new(entry: Entry) -> Transaction {
    Transaction { id: TransactionId(Uuid::now_v7()), entry, version: 1 }
}

fn told(id: PortfolioId, entry: &Entry) -> serde_json::Value {
    json!({ "portfolio": id, "entry": entry })
}
