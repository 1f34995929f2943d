//! The market at a glance: indices, volatility, currencies, yields.

use crate::{
    components::{KpiStrip, KpiTile},
    format,
    live::use_live,
    routes,
};
use chrono::{DateTime, Utc};
use domain::overview::{MacroTile, Tile};
use leptos::prelude::*;

/// Economic figures that belong to a first look; all of them stand on the page about the data.
const SHOWN: [&str; 4] = ["DGS10", "FEDFUNDS", "CPIAUCSL", "UNRATE"];

#[component]
pub fn Snapshot(tiles: Vec<Tile>, macros: Vec<MacroTile>, as_of: DateTime<Utc>) -> impl IntoView {
    view! {
        <section class="snapshot" aria-label="Market snapshot">
            <KpiStrip>
                {tiles.into_iter().map(|tile| view! { <IndexTile tile as_of /> }).collect_view()}
                {macros.into_iter().filter(|tile| SHOWN.contains(&tile.id.as_str())).map(|tile| view! { <FigureTile tile /> }).collect_view()}
            </KpiStrip>
        </section>
    }
}

#[component]
fn IndexTile(tile: Tile, as_of: DateTime<Utc>) -> impl IntoView {
    // A series that ended earlier says when.
    let ended = (tile.quote.as_of.date_naive() < as_of.date_naive())
        .then(|| format::date(tile.quote.as_of.date_naive()));
    let tick = use_live().quote(&tile.symbol);
    let (price, percent) = (tile.quote.price, tile.quote.change_percent);
    let value = Signal::derive({
        let tick = tick.clone();
        move || format::price(tick.read().as_ref().map_or(price, |tick| tick.price))
    });
    let change = Signal::derive(move || tick.read().as_ref().map_or(percent, |tick| tick.change_percent));
    view! {
        <KpiTile
            label=tile.label
            value
            change
            note=ended.unwrap_or_default()
            history=Signal::stored(tile.spark)
            href=routes::symbol(&tile.symbol)
            explain="The latest price, and how far it is from the close of the session before."
            how=routes::how("quote")
        />
    }
}

#[component]
fn FigureTile(tile: MacroTile) -> impl IntoView {
    let percent = tile.units.contains("ercent");
    let value =
        if percent { format!("{} %", format::number(tile.value, 2)) } else { format::number(tile.value, 1) };
    view! {
        <KpiTile
            label=tile.name
            value=Signal::stored(value)
            note=format::date(tile.date)
            history=Signal::stored(tile.spark)
            explain="The latest value its publisher gave, and the first day of the period it describes."
            how=routes::how("macro")
        />
    }
}
