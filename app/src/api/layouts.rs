//! Layouts of charts: what a browser may ask.

use crate::error::AppError;
use domain::{
    Symbol,
    layout::{ChartLayout, Kept, KeptLayout},
};
use leptos::prelude::*;

/// Keeps the caller's layout: for one symbol, or for every symbol without one of its own. Answers which.
#[server(prefix = "/api", endpoint = "layouts/keep")]
pub async fn keep(layout: ChartLayout, symbol: Option<Symbol>) -> Result<Kept, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.layouts().keep(&cx, symbol.as_ref(), &layout).await.map_err(crate::backend::show)?;
    Ok(if symbol.is_some() { Kept::Symbol } else { Kept::All })
}

/// Forgets the caller's layout of a symbol, or else of every symbol; answers what is shown then.
#[server(prefix = "/api", endpoint = "layouts/reset")]
pub async fn reset(symbol: Symbol) -> Result<KeptLayout, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.layouts().reset(&cx, &symbol).await.map_err(crate::backend::show)?;
    engine.layouts().of(&cx, &symbol).await.map_err(crate::backend::show)
}
