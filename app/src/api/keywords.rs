//! Search keywords: what a browser may ask.

use crate::error::AppError;
use leptos::prelude::*;

/// Those of the tenant, the oldest first.
#[server(prefix = "/api", endpoint = "keywords/all", input = server_fn::codec::GetUrl)]
pub async fn all_keywords() -> Result<Vec<String>, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.keywords().list(&cx).await.map_err(crate::backend::show)
}

/// One more; one that is there already stays.
#[server(prefix = "/api", endpoint = "keywords/add")]
pub async fn add_keyword(keyword: String) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.keywords().add(&cx, &keyword).await.map(drop).map_err(crate::backend::show)
}

/// Away with one.
#[server(prefix = "/api", endpoint = "keywords/remove")]
pub async fn remove_keyword(keyword: String) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.keywords().remove(&cx, &keyword).await.map_err(crate::backend::show)
}
