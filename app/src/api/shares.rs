//! Links to a portfolio for strangers: what a browser may ask.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use domain::{
    portfolio::{Portfolio, PortfolioId},
    share::Share,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharesPage {
    /// Which portfolio.
    pub portfolio: Portfolio,
    /// Its links, newest first, those that ended too.
    pub shares: Vec<Share>,
    /// When that was.
    pub now: DateTime<Utc>,
}

/// The links to a portfolio.
#[server(prefix = "/api", endpoint = "shares/all", input = server_fn::codec::GetUrl)]
pub async fn all(id: PortfolioId) -> Result<SharesPage, AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    let portfolio = engine.portfolios().get(&cx, id).await.map_err(show)?;
    let shares = engine.shares().list(&cx, id).await.map_err(show)?;
    Ok(SharesPage { portfolio, shares, now: engine.clock().now() })
}

/// Makes a link and answers its address, this once. `days` is how long it lives, 0 for no end; an empty password
/// is none; an unticked box is not sent.
#[server(prefix = "/api", endpoint = "shares/create")]
pub async fn create(
    id: PortfolioId,
    days: u16,
    #[server(default)] password: String,
    #[server(default)] hide_amounts: bool,
) -> Result<String, AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    let ends = chrono::Duration::days(days.into());
    let wish = engine::shares::Wish {
        expires_at: (days > 0).then(|| engine.clock().now() + ends),
        password: Some(password).filter(|word| !word.is_empty()),
        hide_amounts,
    };
    let (_, token) = engine.shares().create(&cx, id, &wish).await.map_err(show)?;
    Ok(engine.shares().address(&token))
}

/// Takes a link back.
#[server(prefix = "/api", endpoint = "shares/revoke")]
pub async fn revoke(id: PortfolioId, share: Uuid) -> Result<(), AppError> {
    use crate::backend::{enter, show};
    let (engine, cx) = enter().await?;
    engine.shares().revoke(&cx, id, domain::share::ShareId(share)).await.map_err(show)
}
