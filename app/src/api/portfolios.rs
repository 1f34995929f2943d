//! Portfolios: what a browser may ask.

use super::Drawn;
use crate::error::AppError;
use domain::{
    Symbol,
    portfolio::{
        Allocation, CheckUp, Correlation, Performance, Portfolio, PortfolioId, Position, Range, Risk,
        Transaction, TransactionId, import::Preview,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A portfolio in the list of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortfolioCard {
    /// Which one.
    pub portfolio: Portfolio,
    /// How it did in a year; without the series.
    pub performance: Performance,
    /// What it was worth in that year, oldest first.
    pub spark: Vec<f64>,
    /// Symbols held.
    pub held: u32,
}

/// What the first page of a portfolio shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverviewData {
    /// Which one.
    pub portfolio: Portfolio,
    /// Over the range asked for; without the series.
    pub performance: Performance,
    /// What is held, largest first, without lots.
    pub positions: Vec<Position>,
    /// What it consists of.
    pub allocation: Allocation,
    /// Its value over the range; absent while there is no day to draw.
    pub value: Option<Drawn>,
}

/// What the page of positions shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositionsData {
    /// Which portfolio.
    pub portfolio: Portfolio,
    /// Totals; without the series.
    pub performance: Performance,
    /// Every symbol ever held.
    pub positions: Vec<Position>,
}

/// What the page of performance shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PerformanceData {
    /// Which portfolio.
    pub portfolio: Portfolio,
    /// Over the range asked for; without the series.
    pub performance: Performance,
    /// Growth of 100 beside the benchmark; absent while there is no day to draw.
    pub growth: Option<Drawn>,
    /// Its value; absent likewise.
    pub value: Option<Drawn>,
}

/// What the page of risk shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskData {
    /// Which portfolio.
    pub portfolio: Portfolio,
    /// Over the range asked for.
    pub risk: Risk,
    /// How alike the positions moved.
    pub correlation: Correlation,
}

/// What the check-up shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckUpData {
    /// Which portfolio.
    pub portfolio: Portfolio,
    /// What was found.
    pub check_up: CheckUp,
}

/// A page of transactions, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TransactionsData {
    /// Of which portfolio.
    pub portfolio: Portfolio,
    /// Newest first.
    pub items: Vec<Transaction>,
    /// Asks for the next page.
    pub next: Option<String>,
    /// The one that is being edited, if one is.
    pub edited: Option<Transaction>,
}

/// What the page of imports shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportData {
    /// Into which portfolio.
    pub portfolio: Portfolio,
    /// The file that waits, if one was sent.
    pub upload: Option<Uuid>,
    /// What importing it would do; with its first rows alone.
    pub preview: Option<Preview>,
    /// Why nothing of it can be read.
    pub refusal: Option<String>,
}

/// Which column is what, as it stands in a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct MappingFields {
    pub kind: String,
    pub symbol: String,
    pub date: String,
    pub quantity: String,
    pub price: String,
    pub amount: String,
    pub fee: String,
    pub tax: String,
    pub currency: String,
    pub fx_rate: String,
    pub note: String,
    pub date_order: String,
    pub decimal_comma: String,
}

/// A transaction as it stands in a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct EntryFields {
    pub kind: String,
    pub symbol: String,
    pub date: String,
    pub quantity: String,
    pub price: String,
    pub amount: String,
    pub fee: String,
    pub tax: String,
    pub currency: String,
    pub fx_rate: String,
    pub note: String,
}

/// Limits of a check-up as they stand in a form, in percent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct LimitFields {
    pub foreign_currency: String,
    pub single_currency: String,
    pub single_position: String,
    pub single_sector: String,
    pub fees: String,
    pub cash: String,
    pub cash_least: String,
}

/// Details of a portfolio as they stand in a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct DetailFields {
    pub name: String,
    pub currency: String,
    pub cost_method: String,
    pub benchmark: String,
}

/// Every portfolio with its main figures.
#[server(prefix = "/api", endpoint = "portfolios/all", input = server_fn::codec::GetUrl)]
pub async fn all() -> Result<Vec<PortfolioCard>, AppError> {
    crate::backend::portfolios::all().await
}

/// How many portfolios there are.
#[server(prefix = "/api", endpoint = "portfolios/count", input = server_fn::codec::GetUrl)]
pub async fn count() -> Result<usize, AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    engine.portfolios().list(&cx).await.map(|all| all.len()).map_err(show)
}

/// One portfolio without any figure.
#[server(prefix = "/api", endpoint = "portfolios/one", input = server_fn::codec::GetUrl)]
pub async fn one(id: PortfolioId) -> Result<Portfolio, AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    engine.portfolios().get(&cx, id).await.map_err(show)
}

/// The first page of a portfolio.
#[server(prefix = "/api", endpoint = "portfolios/overview", input = server_fn::codec::GetUrl)]
pub async fn overview(id: PortfolioId, range: Option<Range>) -> Result<OverviewData, AppError> {
    crate::backend::portfolios::overview(id, range.unwrap_or(Range::Year1)).await
}

/// Every symbol ever held.
#[server(prefix = "/api", endpoint = "portfolios/positions", input = server_fn::codec::GetUrl)]
pub async fn positions(id: PortfolioId) -> Result<PositionsData, AppError> {
    crate::backend::portfolios::positions(id).await
}

/// How it did.
#[server(prefix = "/api", endpoint = "portfolios/performance", input = server_fn::codec::GetUrl)]
pub async fn read_performance(
    id: PortfolioId,
    range: Option<Range>,
    benchmark: Option<Symbol>,
) -> Result<PerformanceData, AppError> {
    crate::backend::portfolios::performance(id, range.unwrap_or_default(), benchmark).await
}

/// How much it swayed.
#[server(prefix = "/api", endpoint = "portfolios/risk", input = server_fn::codec::GetUrl)]
pub async fn read_risk(id: PortfolioId, range: Option<Range>) -> Result<RiskData, AppError> {
    crate::backend::portfolios::risk(id, range.unwrap_or_default()).await
}

/// Where it leans to one side.
#[server(prefix = "/api", endpoint = "portfolios/check-up", input = server_fn::codec::GetUrl)]
pub async fn read_check_up(id: PortfolioId) -> Result<CheckUpData, AppError> {
    crate::backend::portfolios::check_up(id).await
}

/// A page of transactions, and the one that is being edited.
#[server(prefix = "/api", endpoint = "portfolios/transactions", input = server_fn::codec::GetUrl)]
pub async fn transactions(
    id: PortfolioId,
    after: Option<String>,
    edit: Option<TransactionId>,
) -> Result<TransactionsData, AppError> {
    crate::backend::portfolios::transactions(id, after, edit).await
}

/// A new portfolio; answers where it is.
#[server(prefix = "/api", endpoint = "portfolios/create")]
pub async fn create(details: DetailFields) -> Result<String, AppError> {
    crate::backend::portfolios::create(details).await
}

/// A portfolio made of bundled history, to look around in; answers where it is.
#[server(prefix = "/api", endpoint = "portfolios/sample")]
pub async fn sample() -> Result<String, AppError> {
    crate::backend::portfolios::sample().await
}

/// Other details.
#[server(prefix = "/api", endpoint = "portfolios/update")]
pub async fn update(id: PortfolioId, details: DetailFields) -> Result<(), AppError> {
    crate::backend::portfolios::update(id, details).await
}

/// Away with a portfolio for good; answers where to go on.
#[server(prefix = "/api", endpoint = "portfolios/delete")]
pub async fn delete(id: PortfolioId) -> Result<String, AppError> {
    use crate::backend::{enter, go_on, show};
    let (engine, cx) = enter().await?;
    engine.portfolios().delete(&cx, id).await.map_err(show)?;
    Ok(go_on(crate::routes::PORTFOLIOS))
}

/// Where the check-up begins to complain.
#[server(prefix = "/api", endpoint = "portfolios/limits")]
pub async fn set_limits(id: PortfolioId, limits: LimitFields) -> Result<(), AppError> {
    crate::backend::portfolios::set_limits(id, limits).await
}

/// One transaction more.
#[server(prefix = "/api", endpoint = "portfolios/add-entry")]
pub async fn add_entry(id: PortfolioId, entry: EntryFields) -> Result<(), AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    let draft = crate::backend::portfolios::draft(&entry);
    engine.portfolios().add(&cx, id, &draft, None).await.map(drop).map_err(show)
}

/// Another entry in the place of one; answers where to go on.
#[server(prefix = "/api", endpoint = "portfolios/replace-entry")]
pub async fn replace_entry(
    id: PortfolioId,
    transaction: TransactionId,
    version: i64,
    entry: EntryFields,
) -> Result<String, AppError> {
    use crate::backend::{enter, go_on, show};
    let (engine, cx) = enter().await?;
    let draft = crate::backend::portfolios::draft(&entry);
    let version = Some(version);
    engine.portfolios().replace(&cx, id, transaction, &draft, version).await.map_err(show)?;
    Ok(go_on(&crate::routes::portfolio(id, "transactions")))
}

/// Away with a transaction; answers where to go on.
#[server(prefix = "/api", endpoint = "portfolios/remove-entry")]
pub async fn remove_entry(id: PortfolioId, transaction: TransactionId, version: i64) -> Result<(), AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    let version = Some(version);
    engine.portfolios().remove(&cx, id, transaction, version).await.map(drop).map_err(show)
}

/// The page of imports, with what is in the file that waits.
#[server(prefix = "/api", endpoint = "portfolios/import", input = server_fn::codec::GetUrl)]
pub async fn import_page(id: PortfolioId, upload: Option<Uuid>) -> Result<ImportData, AppError> {
    crate::backend::portfolios::import_page(id, upload).await
}

/// Sends a file; answers where it is looked at.
#[server(prefix = "/api", endpoint = "portfolios/upload")]
pub async fn upload(id: PortfolioId, format: String, text: String) -> Result<String, AppError> {
    crate::backend::portfolios::upload(id, format, text).await
}

/// Says which column is what; answers where the file is looked at.
#[server(prefix = "/api", endpoint = "portfolios/remap")]
pub async fn remap(id: PortfolioId, upload: Uuid, mapping: MappingFields) -> Result<String, AppError> {
    crate::backend::portfolios::remap(id, upload, mapping).await
}

/// Takes a file that waits, whole or not at all; answers where to go on.
#[server(prefix = "/api", endpoint = "portfolios/take")]
pub async fn take(id: PortfolioId, upload: Uuid) -> Result<String, AppError> {
    use crate::backend::{enter, go_on, show};
    let (engine, cx) = enter().await?;
    engine.portfolios().take(&cx, id, upload).await.map_err(show)?;
    Ok(go_on(&crate::routes::portfolio(id, "")))
}
