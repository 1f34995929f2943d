//! One list with its forms.

use super::Actions;
use crate::{
    components::{Button, ButtonLook, Glyph},
    routes,
};
use domain::{Symbol, watchlist::Watchlist};
use leptos::{form::ActionForm, prelude::*};

#[component]
pub fn ListCard(list: Watchlist, actions: Actions) -> impl IntoView {
    let id = list.id.to_string();
    let title = format!("list-{id}");
    let rename_id = format!("rename-{id}");
    let add_id = format!("add-{id}");
    let last = list.symbols.len().saturating_sub(1);
    let rows = list
        .symbols
        .iter()
        .enumerate()
        .map(|(at, symbol)| {
            view! { <SymbolRow list=id.clone() symbol=symbol.clone() first=at == 0 last=at == last actions /> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby=title.clone()>
            <header class="card-head">
                <h2 id=title>{list.name.clone()}</h2>
                <a class="button" data-look="ghost" href=format!("{}?list={id}", routes::OVERVIEW)>
                    "Show"
                </a>
            </header>
            <ol class="list">{rows}</ol>
            {list
                .symbols
                .is_empty()
                .then(|| view! { <p class="card-body muted">"Nothing on this list yet. Add a symbol below."</p> })}
            <ActionForm action=actions.add attr:class="card-body row">
                <input type="hidden" name="id" value=id.clone() />
                <label class="sr-only" for=add_id.clone()>
                    "Symbol to add"
                </label>
                <input
                    class="input"
                    id=add_id
                    name="symbol"
                    required
                    maxlength="20"
                    autocomplete="off"
                    placeholder="Symbol, as MSFT"
                />
                <Button kind="submit" icon=Glyph::Plus>
                    "Add"
                </Button>
            </ActionForm>
            <details class="card-foot">
                <summary>"Rename or delete"</summary>
                <ActionForm action=actions.rename attr:class="row">
                    <input type="hidden" name="id" value=id.clone() />
                    <label class="sr-only" for=rename_id.clone()>
                        "New name"
                    </label>
                    <input
                        class="input"
                        id=rename_id
                        name="name"
                        required
                        maxlength="80"
                        value=list.name.clone()
                    />
                    <Button kind="submit">"Rename"</Button>
                </ActionForm>
                <ActionForm action=actions.delete attr:class="row">
                    <input type="hidden" name="id" value=id />
                    <Button kind="submit" look=ButtonLook::Danger>
                        {format!("Delete {}", list.name)}
                    </Button>
                </ActionForm>
            </details>
        </section>
    }
}

#[component]
fn SymbolRow(list: String, symbol: Symbol, first: bool, last: bool, actions: Actions) -> impl IntoView {
    let moves = |by: &'static str, glyph: Glyph, words: &'static str, off: bool| {
        view! {
            <ActionForm action=actions.shift>
                <input type="hidden" name="id" value=list.clone() />
                <input type="hidden" name="symbol" value=symbol.to_string() />
                <input type="hidden" name="by" value=by />
                <Button
                    kind="submit"
                    look=ButtonLook::Ghost
                    small=true
                    icon=glyph
                    label=format!("Move {symbol} {words}")
                    disabled=Signal::stored(off)
                />
            </ActionForm>
        }
    };
    view! {
        <li class="list-row">
            <a class="list-main" href=routes::symbol(&symbol)>
                <strong>{symbol.to_string()}</strong>
            </a>
            <span class="row row-fixed">
                {moves("-1", Glyph::Up, "up", first)} {moves("1", Glyph::Down, "down", last)}
                <ActionForm action=actions.remove>
                    <input type="hidden" name="id" value=list.clone() />
                    <input type="hidden" name="symbol" value=symbol.to_string() />
                    <Button
                        kind="submit"
                        look=ButtonLook::Ghost
                        small=true
                        icon=Glyph::Close
                        label=format!("Remove {symbol}")
                    />
                </ActionForm>
            </span>
        </li>
    }
}
