//! The dashboard: market snapshot, watchlist, movers, news and mood, the map.

mod cards;
mod first;
mod movers;
mod since;
mod snapshot;

use super::{Failed, news::NewsList};
use crate::{
    api,
    components::{Banner, ButtonLink, Shape, Skeleton, Tone},
    format,
    live::use_live,
    routes,
};
use domain::{Symbol, overview::Overview, provider::Standing};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

/// The dashboard.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let live = use_live();
    let query = use_query_map();
    let list = Memo::new(move |_| query.read().get("list").and_then(|id| id.parse::<Uuid>().ok()));
    let (resyncs, onboarding) = (live.resyncs.clone(), live.onboarding.clone());
    // The first data of a new tenant may arrive while one looks; so may a gap in the stream.
    let done = Memo::new(move |_| onboarding.read().as_ref().is_some_and(|progress| progress.percent == 100));
    let overview = Resource::new(
        move || (list.get(), resyncs.get(), done.get()),
        |(list, _, _)| api::market::read_overview(list),
    );
    // Asked for by the page and not by its parts: they are made anew while the page is put together.
    let since = Resource::new(|| (), |()| crate::api::scanner::read_since());
    let portfolios = Resource::new(|| (), |()| crate::api::portfolios::count());
    view! {
        <h1 class="sr-only">"Overview"</h1>
        <Transition fallback=|| {
            view! {
                <Title text="Dashboard" />
                <Skeleton shape=Shape::Tiles count=6 />
                <Skeleton shape=Shape::Rows count=6 />
            }
        }>
            {move || Suspend::new(async move {
                match overview.await {
                    Ok(overview) => view! { <Dashboard since portfolios overview /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Dashboard(overview: Overview, since: since::Asked, portfolios: first::Counted) -> impl IntoView {
    let live = use_live();
    let watched = watched(&overview);
    Effect::new({
        let live = live.clone();
        move |_| live.watch(watched.clone())
    });
    // Erased in two halves: one type for the whole page would be too deep for the compiler.
    let main = view! {
        <cards::Watched lists=overview.lists.clone() list=overview.list.clone() cards=overview.cards.clone() />
        <movers::Activity active=overview.active.clone() />
    }
    .into_any();
    let side = view! {
        <movers::Movers
            gainers=overview.gainers.clone()
            losers=overview.losers.clone()
            active=overview.active.clone()
        />
        <since::SinceLastVisit since />
        <first::FirstPortfolio portfolios />
        <section class="card" aria-labelledby="news-title">
            <header class="card-head">
                <h2 id="news-title">"News and mood"</h2>
                <ButtonLink href=routes::NEWS small=true>
                    "All news"
                </ButtonLink>
            </header>
            <NewsList articles=overview.news.clone() as_of=overview.as_of />
        </section>
    }
    .into_any();
    view! {
        <PageTitle overview=overview.clone() />
        <AsOf standing=overview.standing as_of=overview.as_of />
        <snapshot::Snapshot tiles=overview.tiles macros=overview.macros as_of=overview.as_of />
        <div class="grid overview">
            <div class="span-8 stack">{main}</div>
            <div class="span-4 stack">{side}</div>
        </div>
    }
}

/// Everything on the page whose price may change.
fn watched(overview: &Overview) -> Vec<Symbol> {
    let tiles = overview.tiles.iter().map(|tile| &tile.symbol);
    let cards = overview.cards.iter().map(|card| &card.instrument.symbol);
    tiles.chain(cards).chain(overview.most_watched.as_ref()).cloned().collect()
}

/// `(182.41) Dashboard`, with the live price of the tenant's most watched symbol.
#[component]
fn PageTitle(overview: Overview) -> impl IntoView {
    let title: Signal<String> = match overview.most_watched {
        None => Signal::stored("Dashboard".to_string()),
        Some(symbol) => {
            let first = overview
                .cards
                .iter()
                .find(|card| card.instrument.symbol == symbol)
                .and_then(|card| card.quote.as_ref())
                .map(|quote| quote.price);
            let tick = use_live().quote(&symbol);
            Signal::derive(move || match tick.read().as_ref().map(|tick| tick.price).or(first) {
                Some(price) => format!("({}) Dashboard", format::price(price)),
                None => "Dashboard".to_string(),
            })
        }
    };
    view! { <Title text=move || title.get() /> }
}

/// Says which day the data stands at, unless it is live.
#[component]
fn AsOf(standing: Standing, as_of: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let day = as_of.date_naive();
    let (tone, head, rest) = match standing {
        Standing::Live => return None,
        Standing::Bundled => (
            Tone::Info,
            format!("Bundled data, as of {day}"),
            " Prices after that close are simulated and labelled so.",
        ),
        Standing::Waiting => (
            Tone::Warning,
            format!("No provider of prices was reached yet. Bundled data, as of {day}"),
            " Prices after that close are simulated and labelled so. Collecting begins by itself when one answers.",
        ),
        Standing::Stale => (
            Tone::Warning,
            format!("No provider of prices answers. Collected data, as of {day}"),
            " Collecting goes on by itself when one does.",
        ),
    };
    let action = || view! { <a href=routes::ABOUT>"Where the data comes from"</a> };
    Some(view! {
        <Banner tone=tone action=action>
            <strong>{head}</strong>
            {rest}
        </Banner>
    })
}
