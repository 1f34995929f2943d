//! The market, the watchlist and who moved most.

use super::{
    Block, Cell, Fact, Facts, Section, said,
    sections::{section, table},
};
use crate::{
    chart::{PriceChartOptions, PriceStyle, Window, price_chart},
    figure,
    indicator::{Indicator, Study},
    overview::{Card, Mover, Overview, Tile},
};
use chrono::NaiveDate;

/// Sessions in a year; what the market's chart shows.
const YEAR: u32 = 252;

/// What the market did, for a reader without a portfolio.
pub(super) fn head(overview: &Overview) -> (String, Vec<Fact>) {
    let fact = |tile: &Tile| {
        let change = tile.quote.change_percent.map(said::percent_points);
        Fact {
            label: tile.label.clone(),
            value: figure::price(tile.quote.price),
            tone: change.as_deref().map(said::tone).unwrap_or_default(),
            note: change.unwrap_or_default(),
        }
    };
    let facts: Vec<Fact> = overview.tiles.iter().take(4).map(fact).collect();
    (lead(overview), facts)
}

/// `S&P 500 closed at 4,259.52, -0.43%. Of your list AAPL fell most (-2.72%), ...`
fn lead(overview: &Overview) -> String {
    let mut text = match overview.tiles.first() {
        Some(tile) => {
            let change =
                tile.quote.change_percent.map(said::percent_points).unwrap_or_else(|| "unchanged".into());
            format!("{} stands at {}, {change}.", tile.label, figure::price(tile.quote.price))
        }
        None => "No prices are known yet.".to_string(),
    };
    let change = |card: &Card| card.quote.as_ref().and_then(|quote| quote.change_percent);
    let known = || overview.cards.iter().filter_map(|card| Some((card, change(card)?)));
    let best = known().max_by(|a, b| a.1.total_cmp(&b.1));
    let worst = known().min_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some(best), Some(worst)) = (best, worst) {
        let said = |(card, change): (&Card, f64)| {
            format!("{} ({})", card.instrument.symbol, said::percent_points(change))
        };
        text += &match best.0.instrument.symbol == worst.0.instrument.symbol {
            true => format!(" On your list: {}.", said(best)),
            false => format!(" Best on your list: {}. Weakest: {}.", said(best), said(worst)),
        };
    }
    text
}

/// The reader's list.
pub(super) fn watchlist(overview: &Overview) -> Option<Section> {
    let list = overview.list.as_ref()?;
    let row = |card: &Card| {
        let quote = card.quote.as_ref();
        let rsi = card.badge.rsi.map(|rsi| figure::grouped(rsi, 0));
        vec![
            Cell::new(card.instrument.symbol.to_string()).with_detail(card.instrument.name.clone()),
            said::plain(quote.map(|quote| figure::price(quote.price))),
            said::moved(quote.and_then(|quote| quote.change_percent).map(said::percent_points)),
            said::plain(rsi),
            Cell::new(card.badge.text.clone()),
            said::moved(card.mood.as_ref().map(|mood| {
                format!("{}{}", if mood.score > 0.0 { "+" } else { "" }, figure::grouped(mood.score, 2))
            })),
        ]
    };
    let columns = [
        ("Symbol", 34, false),
        ("Price", 14, true),
        ("Day", 12, true),
        ("RSI", 8, true),
        ("Signal", 22, false),
        ("Mood", 10, true),
    ];
    let rows = overview.cards.iter().map(row).collect();
    Some(section(&format!("Watchlist: {}", list.name), rows, &columns, "There is nothing on this list yet."))
}

/// Who gained and lost most in the whole market.
pub(super) fn movers(overview: &Overview) -> Option<Section> {
    if overview.gainers.is_empty() && overview.losers.is_empty() {
        return None;
    }
    let row = |mover: &Mover| {
        vec![
            Cell::new(mover.symbol.to_string()).with_detail(mover.name.clone()),
            Cell::new(figure::price(mover.price)),
            said::moved(Some(said::percent_points(mover.change_percent))),
        ]
    };
    let rows = |movers: &[Mover]| movers.iter().take(5).map(row).collect::<Vec<_>>();
    let part = |title: &'static str, movers: &[Mover]| {
        let columns = [(title, 60, false), ("Price", 20, true), ("Day", 20, true)];
        let rows = rows(movers);
        (!rows.is_empty()).then(|| Block::Table { table: table(rows, &columns, Vec::new()) })
    };
    let blocks = part("Gainers", &overview.gainers).into_iter().chain(part("Losers", &overview.losers));
    Some(Section { title: "Movers".into(), blocks: blocks.collect() })
}

/// Indices and the economy, with a year of the broad market.
pub(super) fn market(facts: &Facts) -> Option<Section> {
    let overview = &facts.overview;
    let mut blocks = Vec::new();
    if let Some(series) = &facts.index {
        let options = PriceChartOptions {
            style: PriceStyle::Area,
            studies: [50.0, 200.0].map(|bars| Study::usual(Indicator::Sma).with(0, bars)).to_vec(),
            volume: false,
            signals: false,
            window: Window::Last(YEAR),
            ..PriceChartOptions::default()
        };
        let chart = price_chart(series, &options);
        blocks.push(Block::Text { text: format!("{}.", chart.alternative) });
        blocks.push(Block::Chart { chart });
    }
    let tile = |tile: &Tile| {
        vec![
            Cell::new(tile.label.clone()).with_detail(told_of(tile, facts.market_day)),
            Cell::new(figure::price(tile.quote.price)),
            said::moved(tile.quote.change.map(|change| {
                let text = figure::grouped(change, figure::decimals(tile.quote.price));
                if change > 0.0 { format!("+{text}") } else { text }
            })),
            said::moved(tile.quote.change_percent.map(said::percent_points)),
        ]
    };
    let rows: Vec<_> = overview.tiles.iter().map(tile).collect();
    if !rows.is_empty() {
        let columns = [("Market", 40, false), ("Last", 20, true), ("Change", 20, true), ("Day", 20, true)];
        blocks.push(Block::Table { table: table(rows, &columns, Vec::new()) });
    }
    let economy = |tile: &crate::overview::MacroTile| {
        vec![
            Cell::new(tile.name.clone()).with_detail(tile.units.clone()),
            Cell::new(figure::grouped(tile.value, 2)),
            plain_change(tile.change),
            Cell::new(said::date(tile.date)),
        ]
    };
    let rows: Vec<_> = overview.macros.iter().take(8).map(economy).collect();
    if !rows.is_empty() {
        let columns = [("Economy", 40, false), ("Last", 20, true), ("Change", 20, true), ("Of", 20, true)];
        blocks.push(Block::Table { table: table(rows, &columns, Vec::new()) });
    }
    (!blocks.is_empty()).then(|| Section { title: "Market".into(), blocks })
}

/// The symbol, and the day of the price where that is not the market's.
fn told_of(tile: &Tile, market_day: NaiveDate) -> String {
    let day = crate::calendar::new_york_at(tile.quote.as_of).date();
    match day == market_day {
        true => tile.symbol.to_string(),
        false => format!("{} · {}", tile.symbol, said::date(day)),
    }
}

/// A change of which nobody can say whether it is good.
fn plain_change(change: Option<f64>) -> Cell {
    said::plain(change.map(|change| {
        let text = figure::grouped(change, 2);
        if change > 0.0 { format!("+{text}") } else { text }
    }))
}
