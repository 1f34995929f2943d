//! Market data: what a browser may ask.

use super::Drawn;
use crate::error::AppError;
use chrono::NaiveDate;
use domain::{
    Instrument, Quote, Series, Symbol,
    about::SourceInfo,
    chart::ChartSpec,
    compare::Compared,
    forecast::Sheet,
    layout::{ChartLayout, KeptLayout},
    news::Article,
    note::Note,
    overview::Overview,
    portfolio::Range,
    provider::{ProviderReport, Standing},
    search::Found,
    sentiment::Mood,
    signal::SignalSheet,
    trend::Lay,
    watchlist::Watchlist,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everything the dashboard shows first, in one answer.
#[server(prefix = "/api", endpoint = "pages/overview", input = server_fn::codec::GetUrl)]
pub async fn read_overview(list: Option<Uuid>) -> Result<Overview, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.overview().snapshot(&cx, list).await.map_err(crate::backend::show)
}

/// Everything the page of one symbol shows first, in one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SymbolPage {
    /// Whom the page is about.
    pub instrument: Instrument,
    /// Absent where there is no price at all.
    pub quote: Option<Quote>,
    /// Daily history, oldest first.
    pub series: Series,
    /// What the signals say; the history newest first and cut.
    pub sheet: SignalSheet,
    /// What one trade costs as a share of its value, in the record of the signals.
    pub trade_cost: f64,
    /// Trend and levels.
    pub lay: Lay,
    /// Newest first.
    pub news: Vec<Article>,
    /// Mean over the latest headlines.
    pub mood: Option<Mood>,
    /// The tenant's lists, for "add to watchlist".
    pub lists: Vec<Watchlist>,
    /// How the caller sees the chart.
    pub layout: KeptLayout,
    /// The price chart as the server painted it.
    pub svg: String,
    /// What the prices of this installation are.
    pub standing: Standing,
    /// What is expected.
    pub outlook: Outlook,
    /// What the tenant wrote about it, newest first.
    pub notes: Vec<Note>,
    /// Whether the caller may change what belongs to the tenant.
    pub may_edit: bool,
}

/// What is expected of a symbol, and its picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The forecast, its record, and what came of earlier ones.
    pub sheet: Sheet,
    /// The cone; `None` where there is no forecast.
    pub chart: Option<ChartSpec>,
    /// The cone as the server painted it.
    pub svg: String,
}

/// What the front door shows to everybody: one symbol's last real close and its chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Front {
    /// Whom the chart is of.
    pub instrument: Instrument,
    /// The last real close; never simulated.
    pub close: Quote,
    /// The chart as the server painted it.
    pub svg: String,
}

/// The example on the front door; absent while there are no prices. Needs no session: prices are market-wide.
#[server(prefix = "/api", endpoint = "pages/front", input = server_fn::codec::GetUrl)]
pub async fn read_front() -> Result<Option<Front>, AppError> {
    crate::backend::front().await
}

/// Symbols side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparePage {
    /// Each with its figures, in the order asked; their growth is in the chart.
    pub rows: Vec<(Instrument, Compared)>,
    /// The first and the last day compared; `None` without two days that all have in common.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Where there are such days.
    pub drawn: Option<Drawn>,
    /// Those nobody knows.
    pub unknown: Vec<Symbol>,
    /// Symbols of the tenant's lists that are not compared yet.
    pub others: Vec<Symbol>,
}

/// A symbol beside others; 404 for one nobody knows. `with`: the others, with commas between.
#[server(prefix = "/api", endpoint = "pages/compare", input = server_fn::codec::GetUrl)]
pub async fn read_comparison(
    symbol: Symbol,
    #[server(default)] with: String,
    range: Range,
) -> Result<ComparePage, AppError> {
    crate::backend::comparison(symbol, &with, range).await
}

/// The page of one symbol; 404 for a symbol nobody knows. `chart`: a layout the address asks for instead of the one that
/// is kept.
#[server(prefix = "/api", endpoint = "pages/symbol", input = server_fn::codec::GetUrl)]
pub async fn read_symbol(symbol: Symbol, chart: Option<ChartLayout>) -> Result<SymbolPage, AppError> {
    crate::backend::symbol_page(symbol, chart).await
}

/// What is expected of a symbol, read again when a new forecast arrives.
#[server(prefix = "/api", endpoint = "pages/forecast", input = server_fn::codec::GetUrl)]
pub async fn read_forecast(symbol: Symbol) -> Result<Outlook, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    crate::backend::outlook(&engine, &symbol).await
}

/// What matches the text, best first.
#[server(prefix = "/api", endpoint = "search", input = server_fn::codec::GetUrl)]
pub async fn search(q: String) -> Result<Found, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    engine.search().found(&q, 12).await.map_err(crate::backend::show)
}

/// Makes a symbol known that a provider has prices of; where its page is.
#[server(prefix = "/api", endpoint = "market/adopt")]
pub async fn adopt(symbol: Symbol) -> Result<String, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.adopt(&cx, &symbol).await.map_err(crate::backend::show)?;
    Ok(crate::backend::go_on(&crate::routes::symbol(&symbol)))
}

/// Every data set with its package, licence and range.
#[server(prefix = "/api", endpoint = "pages/about", input = server_fn::codec::GetUrl)]
pub async fn read_sources() -> Result<Vec<SourceInfo>, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    engine.about().sources().await.map_err(crate::backend::show)
}

/// How each number is made, group by group.
#[server(prefix = "/api", endpoint = "pages/how", input = server_fn::codec::GetUrl)]
pub async fn read_how() -> Result<Vec<domain::how::How>, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    Ok(engine.how().to_vec())
}

/// How the sources outside are doing.
#[server(prefix = "/api", endpoint = "pages/providers", input = server_fn::codec::GetUrl)]
pub async fn read_providers() -> Result<ProviderReport, AppError> {
    let (engine, _) = crate::backend::enter().await?;
    engine.about().providers().await.map_err(crate::backend::show)
}

/// The whole daily history of a symbol, oldest first.
#[server(prefix = "/api", endpoint = "pages/history", input = server_fn::codec::GetUrl)]
pub async fn read_history(symbol: Symbol) -> Result<Series, AppError> {
    crate::backend::history(symbol).await
}
