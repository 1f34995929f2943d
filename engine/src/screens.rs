//! The filters people keep: who may change them, within which limits, and what is noted of it.

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    Permission,
    scanner::{Filter, MAX_SCREENS, Screen, Timeframe},
    watchlist::{MAX_NAME_CHARS, clean_name},
};
use serde_json::json;
use uuid::Uuid;

const GONE: Error = Error::NotFound("the screen");

/// What is kept of a screen, as it is asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// See [`clean_name`].
    pub name: String,
    /// In the filter language.
    pub filter: String,
    /// Over days or weeks.
    pub timeframe: Timeframe,
    /// For the whole tenant.
    pub shared: bool,
}

/// The screens of an [`Engine`].
pub struct Screens<'a>(&'a Engine);

impl Engine {
    /// The filters people keep.
    pub fn screens(&self) -> Screens<'_> {
        Screens(self)
    }
}

impl Screens<'_> {
    /// The caller's own and those that are shared within the tenant, the oldest first.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<Screen>> {
        cx.require(Permission::Read, "see screens")?;
        store::screens::all(self.0.db(), cx).await
    }

    /// Keeps one more.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a name in use among one's own, [`Error::Invalid`] for a bad name, a filter that is wrong
    /// (with its place), or when there are enough.
    pub async fn create(&self, cx: &Cx, wish: Wish) -> Result<Screen> {
        cx.require(Permission::Edit, "keep screens")?;
        let wish = accepted(wish)?;
        let (mut tx, mine) = self.begin(cx).await?;
        if mine.len() >= MAX_SCREENS {
            return Err(Error::invalid("name", format!("you have {MAX_SCREENS} screens, which is the most")));
        }
        unique(&mine, Uuid::nil(), &wish.name)?;
        let owner = self.0.accounts().user(cx).await?.full_name;
        let screen = of(Uuid::now_v7(), wish, owner);
        let now = self.0.clock().now();
        store::screens::insert(&mut tx, cx, &screen, now).await?;
        let detail = json!({ "name": screen.name, "filter": screen.filter, "shared": screen.shared });
        store::audit::insert(&mut tx, cx, now, "screen.create", &screen.id.to_string(), detail).await?;
        tx.commit().await?;
        Ok(screen)
    }

    /// Another name, filter, timeframe or sharing.
    ///
    /// # Errors
    /// As [`Screens::create`]; [`Error::NotFound`] for one that is not one's own, here and in [`Screens::delete`].
    pub async fn update(&self, cx: &Cx, id: Uuid, wish: Wish) -> Result<Screen> {
        cx.require(Permission::Edit, "change screens")?;
        let (mut tx, mine) = self.begin(cx).await?;
        let before = mine.iter().find(|each| each.id == id).ok_or(GONE)?.clone();
        let wish = accepted(wish)?;
        unique(&mine, id, &wish.name)?;
        let screen = of(id, wish, before.owner.clone());
        if screen != before {
            let now = self.0.clock().now();
            store::screens::update(&mut tx, cx, &screen).await?;
            let detail = json!({ "name": screen.name, "filter": screen.filter, "shared": screen.shared });
            store::audit::insert(&mut tx, cx, now, "screen.update", &id.to_string(), detail).await?;
            tx.commit().await?;
        }
        Ok(screen)
    }

    /// Away with it.
    pub async fn delete(&self, cx: &Cx, id: Uuid) -> Result<()> {
        cx.require(Permission::Edit, "delete screens")?;
        let (mut tx, mine) = self.begin(cx).await?;
        let screen = mine.iter().find(|each| each.id == id).ok_or(GONE)?;
        store::screens::delete(&mut tx, cx, id).await?;
        let (now, detail) = (self.0.clock().now(), json!({ "name": screen.name }));
        store::audit::insert(&mut tx, cx, now, "screen.delete", &id.to_string(), detail).await?;
        tx.commit().await
    }

    /// A transaction in which nobody else changes the screens of the tenant, and the caller's own.
    async fn begin(&self, cx: &Cx) -> Result<(store::Tx, Vec<Screen>)> {
        let mut tx = self.0.db().begin_for(cx).await?;
        let all = store::screens::all_locked(&mut tx, cx).await?;
        Ok((tx, all.into_iter().filter(|screen| screen.mine).collect()))
    }
}

fn of(id: Uuid, wish: Wish, owner: String) -> Screen {
    let Wish { name, filter, timeframe, shared } = wish;
    Screen { id, name, filter, timeframe, shared, mine: true, owner }
}

fn accepted(wish: Wish) -> Result<Wish> {
    let name = clean_name(&wish.name).ok_or_else(|| {
        Error::invalid("name", format!("must be 1 to {MAX_NAME_CHARS} characters without control characters"))
    })?;
    let filter = wish.filter.trim().to_string();
    Filter::parse(&filter).map_err(|fault| {
        Error::invalid("filter", format!("at character {}: {}", fault.position + 1, fault.reason))
    })?;
    if filter.contains('\0') {
        return Err(Error::invalid("filter", "holds a character that can not be kept"));
    }
    Ok(Wish { name, filter, ..wish })
}

fn unique(mine: &[Screen], id: Uuid, name: &str) -> Result<()> {
    match mine.iter().any(|screen| screen.id != id && screen.name == name) {
        true => Err(Error::Conflict(format!("there is a screen named {name} already"))),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
