//! The search keywords of a tenant: who may change them, how many there may be, and what is noted of it. What is collected
//! of them is `ingest`.

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    Permission,
    keyword::{MAX_CHARS, MAX_KEYWORDS, MIN_CHARS, clean},
};
use serde_json::json;

/// The search keywords of an [`Engine`].
pub struct Keywords<'a>(&'a Engine);

impl Engine {
    /// The search keywords of a tenant.
    pub fn keywords(&self) -> Keywords<'_> {
        Keywords(self)
    }
}

impl Keywords<'_> {
    /// Every keyword of the caller's tenant, the oldest first; without those that are collected for everybody.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<String>> {
        cx.require(Permission::Read, "see search keywords")?;
        store::keywords::all(self.0.db(), cx).await
    }

    /// One more, as it is kept; one that is there already stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a word that [`clean`] refuses, or when there are enough.
    pub async fn add(&self, cx: &Cx, text: &str) -> Result<String> {
        cx.require(Permission::Edit, "change search keywords")?;
        let keyword = clean(text).ok_or_else(|| {
            let reason =
                format!("must be {MIN_CHARS} to {MAX_CHARS} characters, a letter or digit among them");
            Error::invalid("keyword", reason)
        })?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let all = store::keywords::all_locked(&mut tx, cx).await?;
        if all.contains(&keyword) {
            return Ok(keyword);
        }
        if all.len() >= MAX_KEYWORDS {
            let reason = format!("you have {MAX_KEYWORDS} keywords, which is the most");
            return Err(Error::invalid("keyword", reason));
        }
        let now = self.0.clock().now();
        store::keywords::insert(&mut tx, cx, &keyword, now).await?;
        store::audit::insert(&mut tx, cx, now, "keyword.add", &keyword, json!({})).await?;
        tx.commit().await?;
        Ok(keyword)
    }

    /// Away with it. What was collected goes when it is too old.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is not the tenant's.
    pub async fn remove(&self, cx: &Cx, text: &str) -> Result<()> {
        cx.require(Permission::Edit, "change search keywords")?;
        let gone = Error::NotFound("the keyword");
        let Some(keyword) = clean(text) else { return Err(gone) };
        let mut tx = self.0.db().begin_for(cx).await?;
        if !store::keywords::delete(&mut tx, cx, &keyword).await? {
            return Err(gone);
        }
        let now = self.0.clock().now();
        store::audit::insert(&mut tx, cx, now, "keyword.remove", &keyword, json!({})).await?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests;
