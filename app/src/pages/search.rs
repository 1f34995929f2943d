//! Search results on a page of their own: what the palette shows, for those without WebAssembly.

use super::{
    Failed,
    form::{answer, refusal},
};
use crate::{
    api::{self, market::Adopt},
    components::{Button, ButtonLook, Column, DataTable, EmptyState, Glyph, Shape, Skeleton},
    format, routes,
};
use domain::search::{Found, Hit, MIN_CHARS, StandIn};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// Said where nothing matches, in the palette too.
pub(crate) const UNKNOWN: &str =
    "No source of this installation knows it. Check the spelling, or try the company's name.";

/// Said of hits of an older answer, in the palette too.
pub(crate) fn age_of(stand_in: StandIn) -> String {
    let ago = format::ago(stand_in.told_at, stand_in.asked_at);
    format!("The provider does not answer now. This is what it said {ago}.")
}

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.read().get("q").unwrap_or_default().trim().to_string());
    let hits = Resource::new(
        move || asked.get(),
        |q| async move {
            if q.chars().count() < MIN_CHARS { Ok(Found::default()) } else { api::market::search(q).await }
        },
    );
    let adopt = ServerAction::<Adopt>::new();
    let problem = refusal(answer(adopt));
    Effect::new({
        let navigate = use_navigate();
        move |_| {
            if let Some(Ok(path)) = adopt.value().get() {
                navigate(&path, NavigateOptions::default());
            }
        }
    });
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
        <div class="form-problem" role="alert">
            {move || problem.get()}
        </div>
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=6 /> }
        }>
            {move || Suspend::new(async move {
                match hits.await {
                    Ok(found) if found.hits.is_empty() => {
                        view! { <Nothing asked why=found.no_new_symbols /> }.into_any()
                    }
                    Ok(found) => {
                        view! {
                            {found.stand_in.map(|old| view! { <p class="muted">{age_of(old)}</p> })}
                            <Hits hits=found.hits adopt />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Nothing(asked: Memo<String>, why: Option<String>) -> impl IntoView {
    let short = asked.read_untracked().chars().count() < MIN_CHARS;
    let (title, text) = if short {
        ("Type two letters or more", "A symbol, or the beginning of any word of a name.".to_string())
    } else {
        ("No symbol matches", format!("{UNKNOWN} {}", why.unwrap_or_default()))
    };
    view! {
        <EmptyState title glyph=Glyph::Search text>
            <a class="button" href=routes::OWN_PRICES>
                "Bring own prices"
            </a>
        </EmptyState>
    }
}

#[component]
fn Hits(hits: Vec<Hit>, adopt: ServerAction<Adopt>) -> impl IntoView {
    let columns =
        [Column::words("Symbol"), Column::words("Name"), Column::words("Kind"), Column::words("Exchange")];
    view! {
        <div class="card">
            <DataTable caption="Matches" columns>
                {hits
                    .into_iter()
                    .map(|hit| {
                        let symbol = hit.symbol.to_string();
                        let key = if hit.known {
                            view! { <a href=routes::symbol(&hit.symbol)>{symbol}</a> }.into_any()
                        } else {
                            view! { <AddNew symbol adopt /> }.into_any()
                        };
                        view! {
                            <tr>
                                <th scope="row" class="cell-key">
                                    {key}
                                </th>
                                <td class="cell-main">{hit.name}</td>
                                <td class="cell-sub search-kind">{hit.kind.as_str()}</td>
                                <td class="cell-side">{hit.exchange}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </DataTable>
        </div>
    }
}

/// Asks the providers for a symbol that is new here.
#[component]
fn AddNew(symbol: String, adopt: ServerAction<Adopt>) -> impl IntoView {
    let words = format!("Add NEW symbol {symbol}");
    view! {
        <ActionForm action=adopt>
            <input type="hidden" name="symbol" value=symbol />
            <Button kind="submit" small=true icon=Glyph::Plus busy=adopt.pending()>
                {words}
            </Button>
        </ActionForm>
    }
}
