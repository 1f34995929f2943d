//! What the people of a tenant write about symbols: who may, how much there may be, and what is noted of it.
//!
//! Whoever may edit changes every note, not their own alone. Notes about an instrument of the tenant's own stay when it
//! is removed, and are there again when it is brought again.

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    Permission, Symbol,
    note::{MAX_NOTES, Note, NoteId, clean_text},
};
use serde_json::json;
use uuid::Uuid;

const GONE: Error = Error::NotFound("the note");

/// The notes of an [`Engine`].
pub struct Notes<'a>(&'a Engine);

impl Engine {
    /// What tenants wrote about symbols.
    pub fn notes(&self) -> Notes<'_> {
        Notes(self)
    }
}

impl Notes<'_> {
    /// What the caller's tenant wrote about a symbol, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol that neither the market nor the tenant knows, here and in [`Notes::add`].
    pub async fn of(&self, cx: &Cx, symbol: &Symbol) -> Result<Vec<Note>> {
        cx.require(Permission::Read, "see notes")?;
        self.must_be_known(cx, symbol).await?;
        store::notes::of(self.0.db(), cx, symbol).await
    }

    /// One more.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a text that [`clean_text`] refuses, or when there are enough.
    pub async fn add(&self, cx: &Cx, symbol: &Symbol, text: &str) -> Result<Note> {
        cx.require(Permission::Edit, "write notes")?;
        let text = accepted(text)?;
        self.must_be_known(cx, symbol).await?;
        let author = self.0.accounts().user(cx).await?.full_name;
        let now = self.0.clock().now();
        let (id, symbol) = (NoteId(Uuid::now_v7()), symbol.clone());
        let note = Note { id, symbol, text, author_id: cx.user, author, written_at: now, edited_at: None };
        let mut tx = self.0.db().begin_for(cx).await?;
        if store::notes::count_locked(&mut tx, cx, &note.symbol).await? >= MAX_NOTES as i64 {
            let reason =
                format!("there are {MAX_NOTES} notes about {}, which is the most; remove one", note.symbol);
            return Err(Error::invalid("text", reason));
        }
        store::notes::insert(&mut tx, cx, &note).await?;
        let detail = json!({ "id": id });
        store::audit::insert(&mut tx, cx, now, "note.add", note.symbol.as_str(), detail).await?;
        tx.commit().await?;
        Ok(note)
    }

    /// Another text; the same one again changes nothing.
    ///
    /// # Errors
    /// As [`Notes::add`]; [`Error::NotFound`] also for a note of another tenant, here and in [`Notes::remove`].
    pub async fn edit(&self, cx: &Cx, id: NoteId, text: &str) -> Result<()> {
        cx.require(Permission::Edit, "change notes")?;
        let text = accepted(text)?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let (symbol, before) = store::notes::find_locked(&mut tx, cx, id).await?.ok_or(GONE)?;
        if text == before {
            return Ok(());
        }
        let now = self.0.clock().now();
        store::notes::update(&mut tx, cx, id, &text, now).await?;
        let detail = json!({ "id": id });
        store::audit::insert(&mut tx, cx, now, "note.edit", symbol.as_str(), detail).await?;
        tx.commit().await
    }

    /// Away with it.
    pub async fn remove(&self, cx: &Cx, id: NoteId) -> Result<()> {
        cx.require(Permission::Edit, "remove notes")?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let (symbol, _) = store::notes::find_locked(&mut tx, cx, id).await?.ok_or(GONE)?;
        store::notes::delete(&mut tx, cx, id).await?;
        let (now, detail) = (self.0.clock().now(), json!({ "id": id }));
        store::audit::insert(&mut tx, cx, now, "note.remove", symbol.as_str(), detail).await?;
        tx.commit().await
    }

    /// Refuses a symbol that is neither of the market nor of the tenant's own.
    async fn must_be_known(&self, cx: &Cx, symbol: &Symbol) -> Result<()> {
        match self.0.instruments().find(symbol).await? {
            Some(_) => Ok(()),
            None => self.0.custom().find(cx, symbol).await.map(drop),
        }
    }
}

fn accepted(text: &str) -> Result<String> {
    clean_text(text).map_err(|reason| Error::invalid("text", reason))
}

#[cfg(test)]
mod tests;
