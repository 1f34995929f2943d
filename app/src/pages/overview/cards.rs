//! The chosen watchlist: one row a symbol, with live price, change, sparkline, badge and mood.

use crate::{
    components::{
        ButtonLink, ChangePill, Column, DataTable, EmptyState, MoodChip, PriceCell, SegmentedLinks,
        SignalBadge, Sparkline,
    },
    live::use_live,
    routes,
};
use domain::{overview::Card, watchlist::Watchlist};
use leptos::prelude::*;

#[component]
pub fn Watched(lists: Vec<Watchlist>, list: Option<Watchlist>, cards: Vec<Card>) -> impl IntoView {
    let address = |list: &Watchlist| format!("{}?list={}", routes::OVERVIEW, list.id);
    let current = list.as_ref().map(address).unwrap_or_default();
    let links = lists.iter().map(|list| (address(list), list.name.clone())).collect::<Vec<_>>();
    let title = list.map_or_else(|| "Watchlist".to_string(), |list| list.name);
    view! {
        <section class="card" aria-labelledby="watched-title">
            <header class="card-head">
                <h2 id="watched-title">{title}</h2>
                <div class="card-actions">
                    {(links.len() > 1)
                        .then(|| {
                            view! {
                                <SegmentedLinks
                                    label="Watchlist"
                                    links
                                    current=Signal::stored(current)
                                />
                            }
                        })}
                    <ButtonLink href=routes::WATCHLISTS small=true>
                        "Edit lists"
                    </ButtonLink>
                </div>
            </header>
            {if cards.is_empty() {
                view! {
                    <EmptyState
                        title="Nothing on this list yet"
                        text="Add a symbol with / or Ctrl K, or edit the list."
                    >
                        <ButtonLink href=routes::WATCHLISTS>"Edit lists"</ButtonLink>
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! { <CardTable cards /> }.into_any()
            }}
        </section>
    }
}

#[component]
fn CardTable(cards: Vec<Card>) -> impl IntoView {
    let columns = [
        Column::words("Symbol"),
        Column::figures("Price"),
        Column::figures("Change"),
        Column::words("30 days"),
        Column::words("RSI 14").how(routes::how("badge")),
        Column::words("Mood").how(routes::how("mood")),
    ];
    view! {
        <DataTable caption="Watched symbols with price, change, signal and mood" columns>
            {cards.into_iter().map(|card| view! { <CardRow card /> }).collect_view()}
        </DataTable>
    }
}

#[component]
fn CardRow(card: Card) -> impl IntoView {
    let symbol = card.instrument.symbol.clone();
    let live = use_live();
    let (tick, indicator) = (live.quote(&symbol), live.indicator(&symbol));
    let quote = card.quote.clone();
    let (told, first_mood) = (live.mood(&symbol), card.mood.map(|mood| mood.score));
    let mood = Signal::derive(move || told.read().as_ref().map(|told| told.score).or(first_mood));
    let price = Signal::derive({
        let (tick, first) = (tick.clone(), quote.as_ref().map(|quote| quote.price));
        move || tick.read().as_ref().map(|tick| tick.price).or(first)
    });
    let percent = Signal::derive({
        let first = quote.and_then(|quote| quote.change_percent);
        move || tick.read().as_ref().map_or(first, |tick| tick.change_percent)
    });
    let first_badge = card.badge.clone();
    let badge = Signal::derive(move || match indicator.read().as_ref() {
        Some(tick) => tick.badge.clone(),
        None => first_badge.clone(),
    });
    view! {
        <tr data-symbol=symbol.to_string()>
            <th scope="row" class="cell-key">
                <a class="symbol-link" href=routes::symbol(&symbol)>
                    <strong>{symbol.to_string()}</strong>
                    <span class="muted">{card.instrument.name}</span>
                </a>
            </th>
            <td class="cell-num cell-main">
                <PriceCell price />
            </td>
            <td class="cell-num cell-side">
                <ChangePill percent />
            </td>
            <td class="cell-spark">
                <Sparkline values=Signal::stored(card.spark) />
            </td>
            <td class="cell-sub">
                <SignalBadge badge with_rsi=true />
            </td>
            <td>
                <MoodChip score=mood />
            </td>
        </tr>
    }
}
