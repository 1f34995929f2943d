//! A tenant's own instruments: what a browser may ask.

use crate::error::AppError;
use domain::{
    Symbol,
    custom::{CustomInstrument, Imported},
};
use leptos::prelude::*;

/// Those of the tenant, by symbol.
#[server(prefix = "/api", endpoint = "custom/all", input = server_fn::codec::GetUrl)]
pub async fn all() -> Result<Vec<CustomInstrument>, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.custom().list(&cx).await.map_err(crate::backend::show)
}

/// Stores a file of daily prices.
#[server(prefix = "/api", endpoint = "custom/import")]
pub async fn import(
    symbol: Symbol,
    name: String,
    currency: String,
    csv: String,
) -> Result<Imported, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    let about = engine::custom::About { name: Some(name), currency: Some(currency) };
    engine.custom().import(&cx, &symbol, about, csv).await.map_err(crate::backend::show)
}

/// Away with an instrument and its prices.
#[server(prefix = "/api", endpoint = "custom/remove")]
pub async fn remove(symbol: Symbol) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.custom().remove(&cx, &symbol).await.map_err(crate::backend::show)
}
