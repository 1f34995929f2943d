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
    // Forms are closures: what several of them hold is stored once.
    let id = StoredValue::new(list.id.to_string());
    let name = StoredValue::new(list.name);
    let element = move |part: &str| format!("{part}-{}", id.read_value());
    let last = list.symbols.len().saturating_sub(1);
    let rows = list
        .symbols
        .iter()
        .enumerate()
        .map(|(at, symbol)| {
            view! { <SymbolRow list=id symbol=symbol.clone() first=at == 0 last=at == last actions /> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby=element("list")>
            <header class="card-head">
                <h2 id=element("list")>{name.get_value()}</h2>
                <a class="button" data-look="ghost" href=format!("{}?list={}", routes::OVERVIEW, id.read_value())>
                    "Show"
                </a>
            </header>
            <ol class="list">{rows}</ol>
            {list
                .symbols
                .is_empty()
                .then(|| view! { <p class="card-body muted">"Nothing on this list yet. Add a symbol below."</p> })}
            <ActionForm action=actions.add attr:class="card-body row">
                <input type="hidden" name="id" value=id.get_value() />
                <label class="sr-only" for=element("add")>
                    "Symbol to add"
                </label>
                <input
                    class="input"
                    id=element("add")
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
                    <input type="hidden" name="id" value=id.get_value() />
                    <label class="sr-only" for=element("rename")>
                        "New name"
                    </label>
                    <input
                        class="input"
                        id=element("rename")
                        name="name"
                        required
                        maxlength="80"
                        value=name.get_value()
                    />
                    <Button kind="submit">"Rename"</Button>
                </ActionForm>
                <ActionForm action=actions.delete attr:class="row">
                    <input type="hidden" name="id" value=id.get_value() />
                    <Button kind="submit" look=ButtonLook::Danger>
                        {format!("Delete {}", name.read_value())}
                    </Button>
                </ActionForm>
            </details>
        </section>
    }
}

#[component]
fn SymbolRow(
    list: StoredValue<String>,
    symbol: Symbol,
    first: bool,
    last: bool,
    actions: Actions,
) -> impl IntoView {
    let symbol = StoredValue::new(symbol);
    let moves = move |by: &'static str, glyph: Glyph, words: &'static str, off: bool| {
        view! {
            <ActionForm action=actions.shift>
                <input type="hidden" name="id" value=list.get_value() />
                <input type="hidden" name="symbol" value=symbol.read_value().to_string() />
                <input type="hidden" name="by" value=by />
                <Button
                    kind="submit"
                    look=ButtonLook::Ghost
                    small=true
                    icon=glyph
                    label=format!("Move {} {words}", symbol.read_value())
                    disabled=Signal::stored(off)
                />
            </ActionForm>
        }
    };
    view! {
        <li class="list-row">
            <a class="list-main" href=routes::symbol(&symbol.read_value())>
                <strong>{symbol.read_value().to_string()}</strong>
            </a>
            <span class="row row-fixed">
                {moves("-1", Glyph::Up, "up", first)} {moves("1", Glyph::Down, "down", last)}
                <ActionForm action=actions.remove>
                    <input type="hidden" name="id" value=list.get_value() />
                    <input type="hidden" name="symbol" value=symbol.read_value().to_string() />
                    <Button
                        kind="submit"
                        look=ButtonLook::Ghost
                        small=true
                        icon=Glyph::Close
                        label=format!("Remove {}", symbol.read_value())
                    />
                </ActionForm>
            </span>
        </li>
    }
}
