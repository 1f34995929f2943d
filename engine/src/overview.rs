//! The dashboard in one call: a handful of queries, however many symbols are watched.

use crate::{Cx, Engine, Error, Result, memory::remembered, quotes::Recent, store, universe::Universe};
use domain::{
    Kind, Quote, Sector, Symbol,
    overview::{Card, MacroTile, Mover, Overview, SPARK_BARS, SectorTile, Tile},
    source::Source,
    watchlist::Watchlist,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// Shown first in this order, each where it is known; the short name for the tile.
const TILES: [(&str, &str); 8] = [
    ("^GSPC", "S&P 500"),
    ("^IXIC", "Nasdaq Composite"),
    ("^DJI", "Dow Jones"),
    ("^VIX", "VIX"),
    ("SPY", "SPY"),
    ("BTC-USD", "Bitcoin"),
    ("BTC", "Bitcoin"),
    ("EURUSD=X", "EUR/USD"),
];

/// Movers in each ranking.
const MOVERS: usize = 6;

/// Headlines on the dashboard.
const HEADLINES: u32 = 8;

/// The overview of an [`Engine`].
pub struct Overviews<'a>(&'a Engine);

impl Engine {
    /// The dashboard.
    pub fn overview(&self) -> Overviews<'_> {
        Overviews(self)
    }
}

impl Overviews<'_> {
    /// The dashboard of the caller's tenant; `list` chooses the cards, else they are those of the first list.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a list that is not the tenant's.
    pub async fn snapshot(&self, cx: &Cx, list: Option<Uuid>) -> Result<Overview> {
        let engine = self.0;
        let (recent, universe) = (engine.recent().await?, engine.universe().await?);
        let lists = engine.watchlists().list(cx).await?;
        let list = match list {
            None => lists.first().cloned(),
            Some(id) => Some(
                lists.iter().find(|each| each.id == id).cloned().ok_or(Error::NotFound("the watchlist"))?,
            ),
        };
        let priced: Vec<Symbol> = universe.iter().map(|each| each.symbol.clone()).collect();
        let quotes: HashMap<Symbol, Quote> = engine
            .quotes()
            .latest(&priced)
            .await?
            .into_iter()
            .map(|each| (each.symbol.clone(), each))
            .collect();
        let cards = self.cards(&universe, &recent, &quotes, list.as_ref()).await?;
        let closes = engine.quotes().closes(&priced).await?;
        let market = Market::of(&universe, &quotes, &closes);
        Ok(Overview {
            as_of: closes.iter().map(|quote| quote.as_of).max().unwrap_or_else(|| engine.market().now()),
            provider: market.provider.unwrap_or(Source::Bundled),
            standing: engine.standing(),
            tiles: tiles(&recent, &quotes),
            macros: self.macros().await?,
            most_watched: most_watched(&lists),
            gainers: market
                .ranked(|a, b| b.change_percent.total_cmp(&a.change_percent), |m| m.change_percent > 0.0),
            losers: market
                .ranked(|a, b| a.change_percent.total_cmp(&b.change_percent), |m| m.change_percent < 0.0),
            active: market.ranked(|a, b| traded(b).total_cmp(&traded(a)), |m| m.volume.is_some()),
            sectors: market.sectors,
            news: engine.news().latest(HEADLINES).await?,
            lists,
            list,
            cards,
        })
    }

    async fn cards(
        &self,
        universe: &Universe,
        recent: &Recent,
        quotes: &HashMap<Symbol, Quote>,
        list: Option<&Watchlist>,
    ) -> Result<Vec<Card>> {
        let Some(list) = list else { return Ok(Vec::new()) };
        let symbols = &list.symbols;
        let moods: HashMap<_, _> = self.0.news().mood(symbols).await?.into_iter().collect();
        let badges = self.0.analysis().badges(symbols).await?;
        let card = |(symbol, badge)| {
            Some(Card {
                instrument: universe.get(&symbol)?.clone(),
                quote: quotes.get(&symbol).cloned(),
                badge,
                mood: moods.get(&symbol).cloned(),
                spark: recent.spark(&symbol),
            })
        };
        Ok(badges.into_iter().filter_map(card).collect())
    }

    async fn macros(&self) -> Result<Vec<MacroTile>> {
        let load = async {
            let all = store::macros::all(self.0.db(), SPARK_BARS as i64).await?;
            Ok(Arc::new(all.into_iter().filter_map(macro_tile).collect::<Vec<_>>()))
        };
        Ok(remembered(&self.0.memory().macros, load).await?.to_vec())
    }
}

fn macro_tile(series: domain::macros::MacroSeries) -> Option<MacroTile> {
    let spark: Vec<f64> = series.observations.iter().map(|each| each.value).collect();
    let (last, earlier) = series.observations.split_last()?;
    Some(MacroTile {
        id: series.id,
        name: series.name,
        units: series.units,
        date: last.date,
        value: last.value,
        change: earlier.last().map(|before| last.value - before.value),
        spark,
    })
}

fn tiles(recent: &Recent, quotes: &HashMap<Symbol, Quote>) -> Vec<Tile> {
    let tile = |(symbol, label): (&str, &str)| {
        let symbol = Symbol::parse(symbol)?;
        let quote = quotes.get(&symbol)?.clone();
        Some(Tile { spark: recent.spark(&symbol), symbol, label: label.to_string(), quote })
    };
    TILES.into_iter().filter_map(tile).collect()
}

/// The symbol most lists hold; of several the one that comes first.
fn most_watched(lists: &[Watchlist]) -> Option<Symbol> {
    let all = || lists.iter().flat_map(|list| &list.symbols);
    let mut best: Option<(usize, &Symbol)> = None;
    for symbol in all() {
        let count = all().filter(|each| *each == symbol).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, symbol));
        }
    }
    best.map(|(_, symbol)| symbol.clone())
}

/// What was traded, in money.
fn traded(mover: &Mover) -> f64 {
    mover.volume.map_or(0.0, |volume| volume * mover.price)
}

/// What companies and funds did in the newest session. What ended earlier takes no part.
struct Market {
    movers: Vec<Mover>,
    sectors: Vec<SectorTile>,
    provider: Option<Source>,
}

impl Market {
    fn of(universe: &Universe, quotes: &HashMap<Symbol, Quote>, closes: &[Quote]) -> Market {
        let traded = |symbol: &Symbol| {
            let each = universe.get(symbol)?;
            matches!(each.kind, Kind::Equity | Kind::Etf).then_some(each)
        };
        let session =
            closes.iter().filter(|quote| traded(&quote.symbol).is_some()).map(|quote| quote.as_of).max();
        let mut movers = Vec::new();
        let mut sectors: BTreeMap<Sector, Vec<f64>> = BTreeMap::new();
        for close in closes.iter().filter(|close| Some(close.as_of) == session) {
            let quote = quotes.get(&close.symbol).unwrap_or(close);
            let (Some(each), Some(change_percent)) = (traded(&close.symbol), quote.change_percent) else {
                continue;
            };
            if let Some(sector) = each.sector {
                sectors.entry(sector).or_default().push(change_percent);
            }
            movers.push(Mover {
                symbol: each.symbol.clone(),
                name: each.name.clone(),
                price: quote.price,
                change_percent,
                volume: quote.volume.or(close.volume),
            });
        }
        let sectors = sectors
            .into_iter()
            .map(|(sector, changes)| SectorTile {
                sector,
                change_percent: changes.iter().sum::<f64>() / changes.len() as f64,
                count: changes.len() as u32,
            })
            .collect();
        let newest = closes.iter().max_by_key(|close| close.as_of);
        Market { movers, sectors, provider: newest.map(|close| close.source) }
    }

    fn ranked(
        &self,
        order: impl Fn(&Mover, &Mover) -> std::cmp::Ordering,
        only: impl Fn(&Mover) -> bool,
    ) -> Vec<Mover> {
        let mut ranked: Vec<&Mover> = self.movers.iter().filter(|mover| only(mover)).collect();
        ranked.sort_by(|a, b| order(a, b).then_with(|| a.symbol.cmp(&b.symbol)));
        ranked.into_iter().take(MOVERS).cloned().collect()
    }
}

#[cfg(test)]
mod tests;
