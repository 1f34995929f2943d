//! One list with its forms.

use super::Actions;
use crate::{
    api::watchlists::{Add, Rename},
    components::{Button, ButtonLook, Glyph},
    pages::form::sent_back,
    routes,
};
use domain::{Symbol, watchlist::Watchlist};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};

/// A form of one list that came back without WebAssembly: what was typed, and why it was refused. With it, the page
/// says so above all lists.
#[derive(Clone, Copy)]
struct Returned(StoredValue<Option<(String, String)>>);

impl Returned {
    /// Every list has the same forms: only the one it was meant for gets it back.
    fn to<S: ServerFn>(list: &Watchlist, field: &str) -> Returned {
        let sent = sent_back::<S>().filter(|sent| sent.value("id") == Some(list.id.to_string()));
        let both = sent.and_then(|sent| {
            let error = sent.outcome.as_ref().err()?.words();
            Some((sent.value(field).unwrap_or_default(), error))
        });
        Returned(StoredValue::new(both))
    }

    fn value(self, otherwise: String) -> String {
        self.0.get_value().map_or(otherwise, |(value, _)| value)
    }

    fn words(self) -> Option<String> {
        self.0.get_value().map(|(_, words)| words)
    }

    fn is_wrong(self) -> Option<&'static str> {
        self.words().map(|_| "true")
    }
}

#[component]
pub fn ListCard(list: Watchlist, actions: Actions) -> impl IntoView {
    // Forms are closures: what several of them hold is stored once.
    let id = StoredValue::new(list.id.to_string());
    let name = StoredValue::new(list.name.clone());
    let (added, renamed) = (Returned::to::<Add>(&list, "symbol"), Returned::to::<Rename>(&list, "name"));
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
            <ActionForm action=actions.add attr:class="card-body row row-fixed">
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
                    value=added.value(String::new())
                    aria-invalid=added.is_wrong()
                    aria-describedby=added.is_wrong().map(|_| element("add-wrong"))
                />
                <Button kind="submit" icon=Glyph::Plus>
                    "Add"
                </Button>
                {added.words().map(|words| view! { <p class="field-error row-line" id=element("add-wrong")>{words}</p> })}
            </ActionForm>
            <details class="card-foot" open=renamed.is_wrong().is_some()>
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
                        value=renamed.value(name.get_value())
                        aria-invalid=renamed.is_wrong()
                        aria-describedby=renamed.is_wrong().map(|_| element("rename-wrong"))
                    />
                    <Button kind="submit">"Rename"</Button>
                    {renamed.words().map(|words| view! { <p class="field-error row-line" id=element("rename-wrong")>{words}</p> })}
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
