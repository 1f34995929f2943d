//! Symbols side by side: those of the market and the caller's own.

use crate::{Cx, Engine, Error, Result, analysis::blocking, store};
use domain::{
    Instrument, Permission, Symbol,
    compare::{Comparison, MOST, compare},
    portfolio::{Daily, Range},
};
use std::collections::BTreeSet;

/// What is known of symbols that were asked for together.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// What each row of the comparison is, in its order.
    pub instruments: Vec<Instrument>,
    /// Their closes, held against each other.
    pub comparison: Comparison,
    /// Those nobody knows.
    pub unknown: Vec<Symbol>,
}

impl Engine {
    /// Holds the closes of symbols against each other over a range that ends today; a symbol that is asked for twice is told
    /// once.
    ///
    /// # Errors
    /// [`Error::NotFound`] where nobody knows the first one, [`Error::Invalid`] for more than [`MOST`].
    pub async fn compare(&self, cx: &Cx, symbols: &[Symbol], range: Range) -> Result<SideBySide> {
        cx.require(Permission::Read, "compare symbols")?;
        let mut seen = BTreeSet::new();
        let asked: Vec<&Symbol> = symbols.iter().filter(|symbol| seen.insert(*symbol)).collect();
        if asked.len() > MOST {
            return Err(Error::invalid("with", format!("{MOST} symbols are compared at most")));
        }
        let universe = self.universe().await?;
        let own = match asked.iter().all(|symbol| universe.get(symbol).is_some()) {
            true => Vec::new(),
            false => self.custom().list(cx).await?,
        };
        let stamp = self.stamp().await?;
        let listed = asked.iter().filter(|symbol| universe.get(symbol).is_some());
        let closes = self.closes(stamp, &listed.map(|symbol| (*symbol).clone()).collect()).await?;
        let (mut instruments, mut unknown, mut histories) = (Vec::new(), Vec::new(), Vec::new());
        for symbol in asked {
            let (instrument, history) = if let Some(listed) = universe.get(symbol) {
                (listed.clone(), closes.get(symbol).map(|closes| closes.as_ref().clone()).unwrap_or_default())
            } else if own.iter().any(|each| each.symbol == *symbol) {
                let bars = store::custom::bars(self.db(), cx, symbol).await?;
                let history = Daily::new(bars.iter().map(|bar| (bar.date(), bar.close)));
                (self.custom().find(cx, symbol).await?, history)
            } else {
                unknown.push(symbol.clone());
                continue;
            };
            instruments.push(instrument);
            histories.push((symbol.clone(), history));
        }
        if symbols.first().is_none_or(|first| unknown.contains(first)) {
            return Err(Error::NotFound("This symbol"));
        }
        let span = range.span(stamp.day());
        let comparison = blocking(move || compare(&histories, span)).await?;
        Ok(SideBySide { instruments, comparison, unknown })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Cx, Engine, Error,
        custom::About,
        testing::{for_each_engine, member},
    };
    use domain::{Symbol, compare::MOST, portfolio::Range};

    fn symbols(names: &[&str]) -> Vec<Symbol> {
        names.iter().map(|name| Symbol::parse(name).unwrap()).collect()
    }

    async fn bring(engine: &Engine, cx: &Cx, name: &str) {
        let file = "date,close\n2022-03-07,10\n2022-03-08,11\n2022-03-09,12\n2022-03-10,13\n".to_string();
        let symbol = Symbol::parse(name).unwrap();
        engine.custom().import(cx, &symbol, About::default(), file).await.unwrap();
    }

    /// Closes of 10 March 2021 and 2022 as the bundled files tell them: AAPL 119.98 and 158.52, ^GSPC 3,898.81 and
    /// 4,259.52.
    #[tokio::test]
    async fn the_market_is_compared_up_to_its_own_day() {
        for_each_engine(|engine| async move {
            engine.load_bundled().await.unwrap();
            let cx = member(&engine, "ada@example.org").await;
            let asked = symbols(&["AAPL", "^GSPC", "AAPL", "NOSUCH"]);
            let told = engine.compare(&cx, &asked, Range::Year1).await.unwrap();
            assert_eq!(told.unknown, symbols(&["NOSUCH"]));
            let (days, rows) = (told.comparison.days, told.comparison.rows);
            assert_eq!(days.first().unwrap().to_string(), "2021-03-10");
            assert_eq!(days.last().unwrap().to_string(), "2022-03-10");
            let changes: Vec<String> =
                rows.iter().map(|row| format!("{} {:.4}", row.symbol, row.change.unwrap())).collect();
            assert_eq!(changes, ["AAPL 0.3212", "^GSPC 0.0925"]);
            assert_eq!(told.instruments.len(), 2);
        })
        .await;
    }

    #[tokio::test]
    async fn ones_own_prices_are_compared_too_and_unknown_to_everybody_else() {
        for_each_engine(|engine| async move {
            engine.load_bundled().await.unwrap();
            let (ada, eve) =
                (member(&engine, "ada@example.org").await, member(&engine, "eve@example.org").await);
            bring(&engine, &ada, "MYFUND").await;
            let told = engine.compare(&ada, &symbols(&["MYFUND", "AAPL"]), Range::Max).await.unwrap();
            assert_eq!(told.comparison.days.len(), 4);
            assert!((told.comparison.rows[0].change.unwrap() - 0.3).abs() < 1e-12);
            let told = engine.compare(&eve, &symbols(&["AAPL", "MYFUND"]), Range::Max).await.unwrap();
            assert_eq!(told.unknown, symbols(&["MYFUND"]));
            let told = engine.compare(&eve, &symbols(&["MYFUND"]), Range::Max).await;
            assert!(matches!(told, Err(Error::NotFound(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn too_many_at_once_are_refused() {
        let engine = crate::testing::engine().await;
        let cx = member(&engine, "ada@example.org").await;
        let many: Vec<Symbol> = (0..=MOST).map(|at| Symbol::parse(&format!("S{at}")).unwrap()).collect();
        let told = engine.compare(&cx, &many, Range::Max).await;
        assert!(matches!(told, Err(Error::Invalid(_))));
        assert!(matches!(engine.compare(&cx, &[], Range::Max).await, Err(Error::NotFound(_))));
    }
}
