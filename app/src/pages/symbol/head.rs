//! Name, price, change, badge, provenance, and "add to a watchlist".

use crate::{
    api::watchlists::Add,
    components::{Button, ButtonLink, ChangePill, Glyph, PriceCell, ProvenanceChip, SignalBadge, Tooltip},
    live::use_live,
    routes,
};
use domain::{Instrument, Quote, Symbol, portfolio::Range, signal::Badge, watchlist::Watchlist};
use leptos::{form::ActionForm, prelude::*};

const HOW_BADGE: &str = "RSI 14 of the daily closes, the latest price included: BUY below 30, SELL above 70, else \
                         NEUTRAL. Fewer than 15 closes are no data.";

#[component]
pub fn Head(
    instrument: Instrument,
    quote: Option<Quote>,
    badge: Option<Badge>,
    lists: Vec<Watchlist>,
) -> impl IntoView {
    let place = [
        instrument.exchange.clone(),
        instrument.sector.map(|sector| sector.as_str().to_string()),
        instrument.industry.clone(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ");
    let beside = routes::compare(&instrument.symbol, &benchmark(&instrument.symbol), Range::Year1);
    let indicator = use_live().indicator(&instrument.symbol);
    let live_badge = move |first: Badge| {
        Signal::derive(move || {
            indicator.read().as_ref().map_or_else(|| first.clone(), |tick| tick.badge.clone())
        })
    };
    view! {
        <header class="symbol-head">
            <div class="symbol-title">
                <h1>{instrument.symbol.to_string()}</h1>
                <span class="symbol-name">{instrument.name.clone()}</span>
                <span class="symbol-facts">{place}</span>
            </div>
            <div class="symbol-actions">
                <ButtonLink href=beside icon=Glyph::Trends>
                    "Compare"
                </ButtonLink>
                <AddTo instrument=instrument.clone() lists />
            </div>
            {quote.map(|quote| view! { <Price quote /> })}
            <div class="symbol-signal">
                {badge
                    .map(|badge| {
                        view! {
                            <SignalBadge badge=live_badge(badge) with_rsi=true />
                            <Tooltip text=HOW_BADGE subject="the badge" href=routes::how("badge") />
                        }
                    })}
            </div>
        </header>
    }
}

/// What a symbol is compared with first: the market.
fn benchmark(symbol: &Symbol) -> Vec<Symbol> {
    ["^GSPC", "SPY"]
        .into_iter()
        .filter_map(Symbol::parse)
        .find(|market| market != symbol)
        .into_iter()
        .collect()
}

#[component]
fn Price(quote: Quote) -> impl IntoView {
    let tick = use_live().quote(&quote.symbol);
    let now = Signal::derive(move || {
        tick.read().as_ref().map_or(
            (quote.price, quote.change, quote.change_percent, quote.as_of, quote.source, quote.simulated),
            |tick| {
                (tick.price, tick.change, tick.change_percent, tick.timestamp, tick.source, tick.simulated)
            },
        )
    });
    view! {
        <div class="symbol-quote">
            <PriceCell price=Signal::derive(move || Some(now.get().0)) large=true />
            <ChangePill
                percent=Signal::derive(move || now.get().2)
                amount=Signal::derive(move || now.get().1)
            />
            <ProvenanceChip
                source=Signal::derive(move || now.get().4)
                as_of=Signal::derive(move || now.get().3)
                simulated=Signal::derive(move || now.get().5)
            />
        </div>
    }
}

#[component]
fn AddTo(instrument: Instrument, lists: Vec<Watchlist>) -> impl IntoView {
    let add = ServerAction::<Add>::new();
    let symbol = instrument.symbol;
    let open = lists
        .into_iter()
        .filter(|list| !list.symbols.contains(&symbol))
        .map(|list| (list.id, list.name))
        .collect::<Vec<_>>();
    if open.is_empty() {
        return view! { <a class="button" href=routes::WATCHLISTS>"On your lists"</a> }.into_any();
    }
    let options = open
        .iter()
        .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
        .collect_view();
    let outcome = move || match &*add.value().read() {
        Some(Ok(())) => "Added.".to_string(),
        Some(Err(error)) => error.to_string(),
        None => String::new(),
    };
    view! {
        <ActionForm action=add attr:class="row">
            <input type="hidden" name="symbol" value=symbol.to_string() />
            <label class="sr-only" for="add-to-list">
                "Watchlist"
            </label>
            <span class="select">
                <select id="add-to-list" name="id">
                    {options}
                </select>
            </span>
            <Button kind="submit" icon=Glyph::Plus busy=add.pending()>
                "Watch"
            </Button>
            <span class="muted" role="status">
                {outcome}
            </span>
        </ActionForm>
    }
    .into_any()
}
