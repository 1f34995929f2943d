//! Notes about symbols: what a browser may ask. They come first with the page of their symbol.

use crate::error::AppError;
use domain::{
    Symbol,
    note::{Note, NoteId},
};
use leptos::prelude::*;

/// Those about a symbol, newest first: read again after a change.
#[server(prefix = "/api", endpoint = "notes/all", input = server_fn::codec::GetUrl)]
pub async fn all_notes(symbol: Symbol) -> Result<Vec<Note>, AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.notes().of(&cx, &symbol).await.map_err(crate::backend::show)
}

/// One more.
#[server(prefix = "/api", endpoint = "notes/add")]
pub async fn add_note(symbol: Symbol, text: String) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.notes().add(&cx, &symbol, &text).await.map(drop).map_err(crate::backend::show)
}

/// Another text for one.
#[server(prefix = "/api", endpoint = "notes/edit")]
pub async fn edit_note(id: NoteId, text: String) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.notes().edit(&cx, id, &text).await.map_err(crate::backend::show)
}

/// Away with one.
#[server(prefix = "/api", endpoint = "notes/remove")]
pub async fn remove_note(id: NoteId) -> Result<(), AppError> {
    let (engine, cx) = crate::backend::enter().await?;
    engine.notes().remove(&cx, id).await.map_err(crate::backend::show)
}
