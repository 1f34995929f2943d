//! Watchlists: what a browser may ask.

use crate::error::AppError;
use domain::{Symbol, watchlist::Watchlist};
use leptos::prelude::*;
use uuid::Uuid;

/// All lists of the tenant, in its order.
#[server(prefix = "/api", endpoint = "watchlists/all", input = server_fn::codec::GetUrl)]
pub async fn all() -> Result<Vec<Watchlist>, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.watchlists().list(&cx).await.map_err(crate::backend::show)
}

/// A new, empty list.
#[server(prefix = "/api", endpoint = "watchlists/create")]
pub async fn create(name: String) -> Result<Watchlist, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.watchlists().create(&cx, &name).await.map_err(crate::backend::show)
}

/// Another name for a list.
#[server(prefix = "/api", endpoint = "watchlists/rename")]
pub async fn rename(id: Uuid, name: String) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.watchlists().rename(&cx, id, &name).await.map(drop).map_err(crate::backend::show)
}

/// Removes a list for good.
#[server(prefix = "/api", endpoint = "watchlists/delete")]
pub async fn delete(id: Uuid) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.watchlists().delete(&cx, id).await.map(drop).map_err(crate::backend::show)
}

/// Puts a symbol at the end of a list.
#[server(prefix = "/api", endpoint = "watchlists/add")]
pub async fn add(id: Uuid, symbol: Symbol) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.watchlists().add(&cx, id, symbol).await.map(drop).map_err(crate::backend::show)
}

/// Takes a symbol off a list.
#[server(prefix = "/api", endpoint = "watchlists/remove")]
pub async fn remove(id: Uuid, symbol: Symbol) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.watchlists().remove(&cx, id, &symbol).await.map(drop).map_err(crate::backend::show)
}

/// Moves a symbol one place up (`by` = -1) or down (1).
#[server(prefix = "/api", endpoint = "watchlists/move")]
pub async fn shift(id: Uuid, symbol: Symbol, by: i32) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let list = engine.watchlists().get(&cx, id).await.map_err(crate::backend::show)?;
    engine
        .watchlists()
        .reorder(&cx, id, list.shifted(&symbol, by))
        .await
        .map(drop)
        .map_err(crate::backend::show)
}
