//! Reports: what a browser may ask.

use crate::error::AppError;
use domain::{
    portfolio::PortfolioId,
    report::{Paper, Preferences, ReportInfo},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the page shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReportsPage {
    /// The newest first.
    pub reports: Vec<ReportInfo>,
    /// What a report can be about: ids and names of the portfolios.
    pub portfolios: Vec<(PortfolioId, String)>,
    /// What the reader wants.
    pub preferences: Preferences,
    /// Their time zone.
    pub zone: String,
    /// Whether this installation sends mail at all.
    pub mails: bool,
}

/// Everything on the page of reports.
#[server(prefix = "/api", endpoint = "reports/page", input = server_fn::codec::GetUrl)]
pub async fn page() -> Result<ReportsPage, AppError> {
    let (engine, cx, user) = crate::backend::enter_as_user().await?;
    let reports = engine.reports().list(&cx).await.map_err(crate::backend::show)?;
    let portfolios = engine.portfolios().list(&cx).await.map_err(crate::backend::show)?;
    let portfolios = portfolios.into_iter().map(|each| (each.id, each.name)).collect();
    let preferences = engine.reports().preferences(&cx).await.map_err(crate::backend::show)?;
    Ok(ReportsPage {
        reports,
        portfolios,
        preferences,
        zone: user.time_zone,
        mails: engine.mailer().is_some(),
    })
}

/// Has a report made; with an empty portfolio it is about the market and the watchlist.
#[server(prefix = "/api", endpoint = "reports/make")]
pub async fn make(#[server(default)] portfolio: String, paper: Paper) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let portfolio = match portfolio.as_str() {
        "" => None,
        id => Some(PortfolioId(id.parse().map_err(|_| AppError::new(404, "the portfolio was not found"))?)),
    };
    let made = engine.reports().make(&cx, portfolio, Some(paper)).await;
    made.map(drop).map_err(crate::backend::show)
}

/// Removes a report.
#[server(prefix = "/api", endpoint = "reports/delete")]
pub async fn delete(id: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.reports().delete(&cx, domain::report::ReportId(id)).await.map_err(crate::backend::show)
}

/// What the reader wants from now on. An unticked box is not sent.
#[server(prefix = "/api", endpoint = "reports/prefer")]
pub async fn prefer(#[server(default)] mail: bool, paper: Paper) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let wish = Preferences { mail, paper };
    engine.reports().prefer(&cx, wish).await.map(drop).map_err(crate::backend::show)
}
