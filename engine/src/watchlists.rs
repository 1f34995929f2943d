//! The lists of a tenant: who may change them, within which limits, and what is noted of it.

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    Permission, Symbol,
    watchlist::{MAX_LISTS, MAX_NAME_CHARS, MAX_SYMBOLS, Watchlist, clean_name},
};
use serde_json::{Value, json};
use uuid::Uuid;

const GONE: Error = Error::NotFound("the watchlist");

/// The watchlists of an [`Engine`].
pub struct Watchlists<'a>(&'a Engine);

impl Engine {
    /// The lists of a tenant.
    pub fn watchlists(&self) -> Watchlists<'_> {
        Watchlists(self)
    }
}

/// What one change does to the lists, decided while nobody else changes them.
enum Change {
    /// All is as wished already.
    Nothing,
    Create(String),
    Delete,
    /// Another name, other symbols, or both.
    Update(Option<String>, Option<Vec<Symbol>>),
}

impl Change {
    fn symbols(symbols: Vec<Symbol>) -> Change {
        Change::Update(None, Some(symbols))
    }
}

impl Watchlists<'_> {
    /// Every list of the caller's tenant, in its order.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<Watchlist>> {
        cx.require(Permission::Read, "see watchlists")?;
        store::watchlists::all(self.0.db(), cx).await
    }

    /// One list.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for a list of another tenant, here and in every call below.
    pub async fn get(&self, cx: &Cx, id: Uuid) -> Result<Watchlist> {
        self.list(cx).await?.into_iter().find(|list| list.id == id).ok_or(GONE)
    }

    /// A new, empty list behind the others.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a name in use, [`Error::Invalid`] for a bad one or when there are enough lists.
    pub async fn create(&self, cx: &Cx, name: &str) -> Result<Watchlist> {
        let name = accepted(name)?;
        self.change(cx, Uuid::now_v7(), "watchlist.create", json!({ "name": name }), |lists, _| {
            if lists.len() >= MAX_LISTS {
                return Err(Error::invalid(
                    "name",
                    format!("you have {MAX_LISTS} lists already, which is the most"),
                ));
            }
            unique(lists, &name)?;
            Ok(Change::Create(name.clone()))
        })
        .await
    }

    /// Another name.
    ///
    /// # Errors
    /// As [`Watchlists::create`].
    pub async fn rename(&self, cx: &Cx, id: Uuid, name: &str) -> Result<Watchlist> {
        let name = accepted(name)?;
        self.change(cx, id, "watchlist.rename", json!({ "name": name }), |lists, list| {
            if list.name == name {
                return Ok(Change::Nothing);
            }
            unique(lists, &name)?;
            Ok(Change::Update(Some(name.clone()), None))
        })
        .await
    }

    /// Away with it; answers what it was.
    pub async fn delete(&self, cx: &Cx, id: Uuid) -> Result<Watchlist> {
        self.change(cx, id, "watchlist.delete", json!({}), |_, _| Ok(Change::Delete)).await
    }

    /// One symbol more, at the end; one that is there already stays where it is.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the list is full.
    pub async fn add(&self, cx: &Cx, id: Uuid, symbol: Symbol) -> Result<Watchlist> {
        self.change(cx, id, "watchlist.add", json!({ "symbol": symbol }), |_, list| {
            if list.symbols.contains(&symbol) {
                return Ok(Change::Nothing);
            }
            let symbols: Vec<Symbol> = list.symbols.iter().chain([&symbol]).cloned().collect();
            fits("symbol", &symbols)?;
            Ok(Change::symbols(symbols))
        })
        .await
    }

    /// One symbol less.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not on the list.
    pub async fn remove(&self, cx: &Cx, id: Uuid, symbol: &Symbol) -> Result<Watchlist> {
        self.change(cx, id, "watchlist.remove", json!({ "symbol": symbol }), |_, list| {
            let symbols: Vec<Symbol> = list.symbols.iter().filter(|each| *each != symbol).cloned().collect();
            if symbols.len() == list.symbols.len() {
                return Err(Error::NotFound("the symbol"));
            }
            Ok(Change::symbols(symbols))
        })
        .await
    }

    /// The same symbols in another order.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is not the same symbols: the list was changed meanwhile.
    pub async fn reorder(&self, cx: &Cx, id: Uuid, symbols: Vec<Symbol>) -> Result<Watchlist> {
        self.change(cx, id, "watchlist.reorder", json!({ "symbols": symbols }), |_, list| {
            let sorted = |symbols: &[Symbol]| {
                let mut sorted = symbols.to_vec();
                sorted.sort();
                sorted
            };
            if sorted(&symbols) != sorted(&list.symbols) {
                return Err(Error::invalid("symbols", "must be the symbols of the list, each once"));
            }
            Ok(if symbols == list.symbols { Change::Nothing } else { Change::symbols(symbols.clone()) })
        })
        .await
    }

    /// These symbols in this order and no others.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there are too many or one comes twice.
    pub async fn replace(&self, cx: &Cx, id: Uuid, symbols: Vec<Symbol>) -> Result<Watchlist> {
        fits("symbols", &symbols)?;
        self.change(cx, id, "watchlist.replace", json!({ "symbols": symbols }), |_, list| {
            Ok(if symbols == list.symbols { Change::Nothing } else { Change::symbols(symbols.clone()) })
        })
        .await
    }

    /// Another name, other symbols, or both at once; what is `None` stays.
    ///
    /// # Errors
    /// As [`Watchlists::rename`] and [`Watchlists::replace`]; nothing is changed then.
    pub async fn update(
        &self,
        cx: &Cx,
        id: Uuid,
        name: Option<&str>,
        symbols: Option<Vec<Symbol>>,
    ) -> Result<Watchlist> {
        let detail = match (name, &symbols) {
            (Some(name), Some(symbols)) => json!({ "name": name, "symbols": symbols }),
            (Some(name), None) => json!({ "name": name }),
            (None, Some(symbols)) => json!({ "symbols": symbols }),
            (None, None) => json!({}),
        };
        self.change(cx, id, "watchlist.update", detail, |lists, list| {
            let name = name.map(accepted).transpose()?.filter(|name| *name != list.name);
            if let Some(name) = &name {
                unique(lists, name)?;
            }
            if let Some(symbols) = &symbols {
                fits("symbols", symbols)?;
            }
            let symbols = symbols.filter(|symbols| *symbols != list.symbols);
            Ok(match (name, symbols) {
                (None, None) => Change::Nothing,
                (name, symbols) => Change::Update(name, symbols),
            })
        })
        .await
    }

    /// Decides, changes and notes in one transaction; answers the list as it is then.
    async fn change(
        &self,
        cx: &Cx,
        id: Uuid,
        action: &str,
        detail: Value,
        decide: impl FnOnce(&[Watchlist], &Watchlist) -> Result<Change>,
    ) -> Result<Watchlist> {
        cx.require(Permission::Edit, "change watchlists")?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let lists = store::watchlists::all_locked(&mut tx, cx).await?;
        let now = self.0.clock().now();
        let mut list = match lists.iter().find(|list| list.id == id) {
            Some(list) => list.clone(),
            None if action == "watchlist.create" => {
                Watchlist { id, name: String::new(), symbols: Vec::new() }
            }
            None => return Err(GONE),
        };
        match decide(&lists, &list)? {
            Change::Nothing => return Ok(list),
            Change::Create(name) => {
                store::watchlists::insert(&mut tx, cx, id, &name, now).await?;
                list.name = name;
            }
            Change::Delete => store::watchlists::delete(&mut tx, cx, id).await?,
            Change::Update(name, symbols) => {
                if let Some(name) = name {
                    store::watchlists::rename(&mut tx, cx, id, &name).await?;
                    list.name = name;
                }
                if let Some(symbols) = symbols {
                    store::watchlists::set_symbols(&mut tx, cx, id, &symbols).await?;
                    list.symbols = symbols;
                }
            }
        }
        store::audit::insert(&mut tx, cx, now, action, &id.to_string(), detail).await?;
        tx.commit().await?;
        Ok(list)
    }
}

fn accepted(name: &str) -> Result<String> {
    clean_name(name).ok_or_else(|| {
        Error::invalid("name", format!("must be 1 to {MAX_NAME_CHARS} characters without control characters"))
    })
}

fn unique(lists: &[Watchlist], name: &str) -> Result<()> {
    match lists.iter().any(|list| list.name == name) {
        true => Err(Error::Conflict(format!("there is a list named {name} already"))),
        false => Ok(()),
    }
}

fn fits(field: &str, symbols: &[Symbol]) -> Result<()> {
    if symbols.len() > MAX_SYMBOLS {
        return Err(Error::invalid(field, format!("a list holds at most {MAX_SYMBOLS} symbols")));
    }
    let mut sorted: Vec<&Symbol> = symbols.iter().collect();
    sorted.sort();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::invalid(field, format!("{} comes twice", pair[0]))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
