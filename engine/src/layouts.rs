//! How a user lays out charts: for every symbol, and for one symbol differently.
//!
//! A layout is a user's own, as the theme is: whoever may read may keep one, and nobody else sees it.

use crate::{Cx, Engine, Error, Result, store};
use domain::{
    Permission, Symbol,
    layout::{ChartLayout, Kept, KeptLayout},
};
use serde_json::json;

/// The layouts of an [`Engine`].
pub struct Layouts<'a>(&'a Engine);

impl Engine {
    /// How users lay out charts.
    pub fn layouts(&self) -> Layouts<'_> {
        Layouts(self)
    }
}

impl Layouts<'_> {
    /// The caller's layout of a symbol: its own, else that of every symbol, else the usual one.
    pub async fn of(&self, cx: &Cx, symbol: &Symbol) -> Result<KeptLayout> {
        cx.require(Permission::Read, "see charts")?;
        let Some((is_own, text)) = store::layouts::of(self.0.db(), cx, symbol).await? else {
            return Ok(KeptLayout { kept: Kept::Usual, layout: ChartLayout::default() });
        };
        let kept = if is_own { Kept::Symbol } else { Kept::All };
        // An indicator may be gone since; the chart is drawn all the same.
        let layout = text.parse().unwrap_or_else(|why| {
            tracing::warn!(%why, "a kept layout is not understood any more");
            ChartLayout::default()
        });
        Ok(KeptLayout { kept, layout })
    }

    /// Keeps a layout for one symbol, or with `None` for every symbol without one of its own.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a symbol nobody knows.
    pub async fn keep(&self, cx: &Cx, symbol: Option<&Symbol>, layout: &ChartLayout) -> Result<()> {
        cx.require(Permission::Read, "keep a layout")?;
        if let Some(symbol) = symbol {
            self.0.instruments().find(symbol).await?.ok_or(Error::NotFound("This symbol"))?;
        }
        let (now, text) = (self.0.clock().now(), layout.to_string());
        let mut tx = self.0.db().begin_for(cx).await?;
        store::layouts::keep(&mut tx, cx, symbol, &text, now).await?;
        let subject = symbol.map_or("every symbol", Symbol::as_str);
        store::audit::insert(&mut tx, cx, now, "layout.keep", subject, json!({ "layout": text })).await?;
        tx.commit().await
    }

    /// Forgets the layout of a symbol, so that it looks like every symbol again; where it has none, forgets that of
    /// every symbol.
    pub async fn reset(&self, cx: &Cx, symbol: &Symbol) -> Result<()> {
        cx.require(Permission::Read, "reset a layout")?;
        let mut tx = self.0.db().begin_for(cx).await?;
        let mut subject = symbol.as_str();
        let mut is_gone = store::layouts::forget(&mut tx, cx, Some(symbol)).await?;
        if !is_gone {
            subject = "every symbol";
            is_gone = store::layouts::forget(&mut tx, cx, None).await?;
        }
        if is_gone {
            let now = self.0.clock().now();
            store::audit::insert(&mut tx, cx, now, "layout.reset", subject, json!({})).await?;
        }
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Engine, Error,
        provider::bundled,
        store,
        testing::{colleague, for_each_engine, member},
    };
    use domain::{Role, Symbol, layout::Kept};

    /// The bundled universe, so that symbols are known.
    async fn universe(engine: &Engine) {
        let mut tx = engine.db().begin().await.unwrap();
        store::instruments::upsert(&mut tx, &bundled::instruments()).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn symbol(text: &str) -> Symbol {
        Symbol::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_layout_is_kept_for_all_symbols_and_for_one_and_forgotten_step_by_step() {
        for_each_engine(|engine| async move {
            universe(&engine).await;
            let cx = member(&engine, "ada@example.org").await;
            let (layouts, aapl, msft) = (engine.layouts(), symbol("AAPL"), symbol("MSFT"));
            let seen = |symbol: Symbol| {
                let (engine, cx) = (engine.clone(), cx.clone());
                async move {
                    let kept = engine.layouts().of(&cx, &symbol).await.unwrap();
                    (kept.kept, kept.layout.to_string())
                }
            };
            let usual = seen(aapl.clone()).await;
            assert_eq!(usual.0, Kept::Usual);
            let (mine, own) = ("5Y,line,sma:33".parse().unwrap(), "Max,candles,rsi:7".parse().unwrap());
            layouts.keep(&cx, None, &mine).await.unwrap();
            layouts.keep(&cx, Some(&aapl), &usual.1.parse().unwrap()).await.unwrap();
            layouts.keep(&cx, Some(&aapl), &own).await.unwrap();
            assert_eq!(seen(aapl.clone()).await, (Kept::Symbol, own.to_string()));
            assert_eq!(seen(msft).await, (Kept::All, mine.to_string()));
            layouts.reset(&cx, &aapl).await.unwrap();
            assert_eq!(seen(aapl.clone()).await, (Kept::All, mine.to_string()));
            layouts.reset(&cx, &aapl).await.unwrap();
            assert_eq!(seen(aapl.clone()).await, usual);
            layouts.reset(&cx, &aapl).await.unwrap();
            let lines = store::audit::latest(engine.db(), &cx, 20).await.unwrap();
            let count = |action: &str| lines.iter().filter(|line| line.action == action).count();
            assert_eq!((count("layout.keep"), count("layout.reset")), (3, 2));
            let nobodys = layouts.keep(&cx, Some(&symbol("NOSUCH")), &own).await;
            assert!(matches!(nobodys, Err(Error::NotFound(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn everybody_has_a_layout_of_their_own_viewers_too() {
        for_each_engine(|engine| async move {
            universe(&engine).await;
            let ada = member(&engine, "ada@example.org").await;
            let bob = member(&engine, "bob@example.org").await;
            let eve = colleague(&engine, &ada, "eve@example.org", Role::Viewer).await;
            let aapl = symbol("AAPL");
            let layout = "1M,line".parse().unwrap();
            engine.layouts().keep(&ada, Some(&aapl), &layout).await.unwrap();
            for other in [&bob, &eve] {
                assert_eq!(engine.layouts().of(other, &aapl).await.unwrap().kept, Kept::Usual);
                engine.layouts().reset(other, &aapl).await.unwrap();
            }
            engine.layouts().keep(&eve, None, &layout).await.unwrap();
            assert_eq!(engine.layouts().of(&eve, &aapl).await.unwrap().kept, Kept::All);
            assert_eq!(engine.layouts().of(&ada, &aapl).await.unwrap().layout, layout);
        })
        .await;
    }
}
