//! Holdings: the simple form of a portfolio. Each is one purchase, kept in a portfolio of its own for each user.

use super::{
    EntryDraft, Portfolios,
    draft::{Sent, sent},
    transactions::new,
};
use crate::{Cx, Error, FieldError, Result, store, store::transactions::Kept};
use domain::{
    Permission, Symbol,
    portfolio::{Currency, Entry, Holding, Portfolio, TransactionId},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

const NAME: &str = "Holdings";

const NO_HOLDING: Error = Error::NotFound("the holding");

/// A holding as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// That of the transaction underneath.
    pub id: TransactionId,
    /// What is held.
    #[serde(flatten)]
    pub holding: Holding,
    /// Grows with each change; its entity tag.
    pub version: i64,
}

impl Held {
    fn of(kept: &Kept) -> Option<Held> {
        let transaction = &kept.transaction;
        let holding = Holding::of(&transaction.entry)?;
        Some(Held { id: transaction.id, holding, version: transaction.version })
    }
}

/// A holding to be; what is absent stays, where there is one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs)]
pub struct HoldingDraft {
    #[serde(deserialize_with = "sent")]
    pub symbol: Sent,
    #[serde(deserialize_with = "sent")]
    pub shares: Sent,
    #[serde(deserialize_with = "sent")]
    pub average_price: Sent,
    #[serde(deserialize_with = "sent")]
    pub purchase_date: Sent,
    #[serde(deserialize_with = "sent")]
    pub notes: Sent,
}

impl HoldingDraft {
    /// The draft of the purchase; what is absent is taken from `before`.
    fn entry(&self, before: Option<&Entry>, currency: Currency, today: &str) -> EntryDraft {
        let or = |sent: &Sent, kept: Option<String>| sent.clone().or_else(|| kept.map(Ok));
        EntryDraft {
            kind: Some(Ok("buy".into())),
            symbol: or(&self.symbol, before.and_then(|entry| Some(entry.symbol.as_ref()?.to_string()))),
            date: or(&self.purchase_date, Some(before.map_or(today.into(), |entry| entry.date.to_string()))),
            quantity: or(&self.shares, before.and_then(|entry| Some(entry.quantity?.to_string()))),
            price: or(&self.average_price, before.and_then(|entry| Some(entry.price?.to_string()))),
            currency: Some(Ok(currency.to_string())),
            note: or(&self.notes, before.and_then(|entry| entry.note.clone())),
            ..EntryDraft::default()
        }
    }
}

/// The names of the purchase's fields in the simple form.
fn renamed(error: Error) -> Error {
    let field = |name: &str| match name {
        "quantity" => "shares".to_string(),
        "price" => "averagePrice".to_string(),
        "date" => "purchaseDate".to_string(),
        "note" => "notes".to_string(),
        other => other.to_string(),
    };
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .into_iter()
                .map(|each| FieldError { field: field(&each.field), reason: each.reason })
                .collect(),
        ),
        other => other,
    }
}

impl Portfolios<'_> {
    /// What the caller holds, by symbol.
    pub async fn holdings(&self, cx: &Cx) -> Result<Vec<Held>> {
        cx.require(Permission::Read, "see holdings")?;
        let kept = store::transactions::holdings(self.0.db(), cx).await?;
        let mut held: Vec<Held> = kept.iter().filter_map(|(_, kept)| Held::of(kept)).collect();
        held.sort_by(|a, b| a.holding.symbol.cmp(&b.holding.symbol));
        Ok(held)
    }

    /// One holding of the caller.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for somebody else's.
    pub async fn holding(&self, cx: &Cx, id: TransactionId) -> Result<Held> {
        self.holdings(cx).await?.into_iter().find(|held| held.id == id).ok_or(NO_HOLDING)
    }

    /// A new holding; the first one makes the portfolio that keeps them.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the caller holds the symbol already, [`Error::Invalid`] naming each field that can
    /// not be accepted.
    pub async fn hold(&self, cx: &Cx, draft: &HoldingDraft) -> Result<Held> {
        let blank = self.blank(cx).await?;
        let currency = self.currency_of(&draft.symbol, blank.currency).await?;
        let today = self.0.clock().now().date_naive().to_string();
        let mut change = self.begin(cx).await?;
        let entry = draft.entry(None, currency, &today).entry(self.latest_day()).map_err(renamed)?;
        let kept = store::transactions::holdings_in(&mut change.tx, cx).await?;
        if let Some((_, twin)) = kept.iter().find(|(_, kept)| kept.transaction.entry.symbol == entry.symbol) {
            let symbol = twin.transaction.entry.symbol.as_ref().map(Symbol::as_str).unwrap_or_default();
            return Err(Error::Conflict(format!("you hold {symbol} already")));
        }
        let portfolio = match store::portfolios::of_holdings(&mut change.tx, cx).await? {
            Some(id) => change.one(id)?,
            None => {
                let name = self.free_name(&change.portfolios);
                let portfolio = Portfolio { name, ..blank };
                self.insert_portfolio(&mut change, &portfolio, Some(cx.user)).await?;
                portfolio
            }
        };
        let transaction = new(entry);
        self.insert(&mut change, &portfolio, std::slice::from_ref(&transaction), Some(cx.user)).await?;
        let held = Held::of(&Kept { transaction, holding_of: Some(cx.user) }).ok_or(NO_HOLDING)?;
        let detail = json!({ "holding": held.holding });
        self.finish(change, portfolio, "holding.add", &held.id.to_string(), detail).await?;
        Ok(held)
    }

    /// Another number of shares, price, day or note of a holding; the symbol stays.
    ///
    /// # Errors
    /// As [`Portfolios::hold`]; [`Error::Stale`] when it was changed since `version`.
    pub async fn change_holding(
        &self,
        cx: &Cx,
        id: TransactionId,
        draft: &HoldingDraft,
        version: Option<i64>,
    ) -> Result<Held> {
        let mut change = self.begin(cx).await?;
        let kept = store::transactions::holdings_in(&mut change.tx, cx).await?;
        let (portfolio, kept) =
            kept.into_iter().find(|(_, kept)| kept.transaction.id == id).ok_or(NO_HOLDING)?;
        let before = &kept.transaction;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::Stale("the holding"));
        }
        let today = before.entry.date.to_string();
        let draft = draft.entry(Some(&before.entry), before.entry.currency, &today);
        let entry = draft.entry(self.latest_day()).map_err(renamed)?;
        if entry.symbol != before.entry.symbol {
            return Err(Error::invalid("symbol", "can not be changed; delete the holding and add another"));
        }
        // Fee, tax and rate are not part of the simple form and stay.
        let Entry { fee, tax, fx_rate, .. } = before.entry;
        let mut transaction = kept.transaction.clone();
        transaction.entry = Entry { fee, tax, fx_rate, ..entry };
        transaction.version += 1;
        store::transactions::update(&mut change.tx, cx, portfolio, &transaction, Some(cx.user)).await?;
        let held = Held::of(&Kept { transaction, holding_of: Some(cx.user) }).ok_or(NO_HOLDING)?;
        let portfolio = change.one(portfolio)?;
        let detail = json!({ "holding": held.holding });
        self.finish(change, portfolio, "holding.update", &id.to_string(), detail).await?;
        Ok(held)
    }

    /// Away with a holding.
    ///
    /// # Errors
    /// [`Error::NotFound`] without it.
    pub async fn release(&self, cx: &Cx, id: TransactionId) -> Result<()> {
        let portfolio = {
            let kept = store::transactions::holdings(self.0.db(), cx).await?;
            cx.require(Permission::Edit, "change portfolios")?;
            kept.iter().find(|(_, kept)| kept.transaction.id == id).map(|(portfolio, _)| *portfolio)
        };
        self.remove(cx, portfolio.ok_or(NO_HOLDING)?, id, None).await.map(drop)
    }

    async fn currency_of(&self, symbol: &Sent, otherwise: Currency) -> Result<Currency> {
        let symbol = symbol.as_ref().and_then(|sent| Symbol::parse(sent.as_ref().ok()?));
        let Some(symbol) = symbol else { return Ok(otherwise) };
        let known = self.0.instruments().find(&symbol).await?;
        Ok(known.and_then(|each| Currency::parse(&each.currency)).unwrap_or(otherwise))
    }

    /// `Holdings`, or with a number behind it.
    fn free_name(&self, portfolios: &[Portfolio]) -> String {
        let taken = |name: &String| portfolios.iter().any(|each| each.name == *name);
        let numbered = (2..).map(|number| format!("{NAME} {number}"));
        std::iter::once(NAME.to_string()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }
}
