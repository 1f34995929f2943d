//! Search results on a page of their own: what the palette shows, for those without WebAssembly.

use super::Failed;
use crate::{
    api,
    components::{Button, ButtonLook, DataTable, EmptyState, Glyph, Shape, Skeleton},
    routes,
};
use domain::search::{Hit, MIN_CHARS};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.read().get("q").unwrap_or_default().trim().to_string());
    let hits = Resource::new(
        move || asked.get(),
        |q| async move {
            if q.chars().count() < MIN_CHARS { Ok(Vec::new()) } else { api::market::search(q).await }
        },
    );
    view! {
        <Title text="Search" />
        <header class="page-head">
            <h1>"Search"</h1>
        </header>
        <form class="row row-fixed search-again" method="get" action=routes::SEARCH role="search" aria-label="Search again">
            <label class="sr-only" for="search-page">
                "Symbol or name"
            </label>
            <input
                class="input"
                id="search-page"
                type="search"
                name="q"
                value=move || asked.get()
                placeholder="Symbol or name"
            />
            <Button kind="submit" look=ButtonLook::Primary icon=Glyph::Search>
                "Search"
            </Button>
        </form>
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=6 /> }
        }>
            {move || Suspend::new(async move {
                match hits.await {
                    Ok(hits) if hits.is_empty() => view! { <Nothing asked /> }.into_any(),
                    Ok(hits) => view! { <Hits hits /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Nothing(asked: Memo<String>) -> impl IntoView {
    let short = asked.read_untracked().chars().count() < MIN_CHARS;
    let (title, text) = if short {
        ("Type two letters or more", "A symbol, or the beginning of any word of a name.")
    } else {
        (
            "No symbol matches",
            "No source of this installation knows it. Check the spelling, or try the company's name.",
        )
    };
    view! { <EmptyState title glyph=Glyph::Search text /> }
}

#[component]
fn Hits(hits: Vec<Hit>) -> impl IntoView {
    view! {
        <div class="card">
            <DataTable caption="Matches">
                <thead>
                    <tr>
                        <th scope="col">"Symbol"</th>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"Exchange"</th>
                    </tr>
                </thead>
                <tbody>
                    {hits
                        .into_iter()
                        .map(|hit| {
                            view! {
                                <tr>
                                    <th scope="row" class="cell-key">
                                        <a href=routes::symbol(&hit.symbol)>{hit.symbol.to_string()}</a>
                                    </th>
                                    <td class="cell-main">{hit.name}</td>
                                    <td class="cell-sub search-kind">{hit.kind.as_str()}</td>
                                    <td class="cell-side">{hit.exchange}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </DataTable>
        </div>
    }
}
