//! The search palette: `/` or Ctrl/Cmd K, type, arrows, Enter.

use crate::{
    api,
    components::{Dialog, EmptyState, Glyph},
    error::AppError,
    pages::{UNKNOWN, age_of},
    routes,
};
use domain::search::{Found, Hit, MIN_CHARS};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// Typing pauses this long before a look-up starts.
const DEBOUNCE_MS: u64 = 120;

/// The palette, shown while `opened`.
#[component]
pub fn Palette(opened: RwSignal<bool>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let answer = RwSignal::new(None::<Result<Found, AppError>>);
    let field = NodeRef::<leptos::html::Input>::new();
    shortcuts(opened);
    let look_up = Action::new_local(move |q: &String| {
        let q = q.clone();
        async move {
            let found = api::market::search(q.clone()).await;
            // An answer to what is no longer asked comes too late.
            if asked.get_untracked() == q {
                chosen.set(0);
                answer.set(Some(found));
            }
        }
    });
    let mut ask = debounce(Duration::from_millis(DEBOUNCE_MS), move |q: String| {
        asked.set(q.clone());
        if q.chars().count() < MIN_CHARS {
            answer.set(None);
        } else {
            look_up.dispatch_local(q);
        }
    });
    Effect::new(move |_| {
        if opened.get() {
            typed.set(String::new());
            answer.set(None);
            if let Some(input) = field.get() {
                // Focus is a comfort; without it the palette still works.
                let _ = input.focus();
            }
        }
    });
    let hits = move || match &*answer.read() {
        Some(Ok(found)) => found.hits.clone(),
        _ => Vec::new(),
    };
    let navigate = use_navigate();
    let open = move |hit: &Hit| {
        opened.set(false);
        navigate(&leads_to(hit), Default::default());
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = hits().len();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => chosen.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => chosen.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                if let Some(hit) = hits().get(chosen.get_untracked()) {
                    open(hit);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <Dialog
            id="palette"
            title="Search"
            open=opened
            on_close=Callback::new(move |()| opened.set(false))
        >
            <div class="palette">
                <input
                    node_ref=field
                    type="text"
                    autofocus=true
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="palette-hits"
                    aria-activedescendant=move || format!("palette-hit-{}", chosen.get())
                    aria-label="Symbol or name"
                    placeholder="Symbol or name, two letters or more"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=typed
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        typed.set(text.clone());
                        ask(text.trim().to_string());
                    }
                    on:keydown=keys
                />
                <ul class="palette-hits" id="palette-hits" role="listbox" aria-label="Matches">
                    {move || {
                        hits()
                            .into_iter()
                            .enumerate()
                            .map(|(at, hit)| view! { <HitRow hit at chosen opened /> })
                            .collect_view()
                    }}
                </ul>
                {move || {
                    let old = match &*answer.read() {
                        Some(Ok(found)) => found.stand_in,
                        _ => None,
                    };
                    old.map(|old| view! { <p class="muted">{age_of(old)}</p> })
                }}
                {move || match &*answer.read() {
                    Some(Ok(found)) if found.hits.is_empty() => {
                        view! {
                            <EmptyState
                                title="No symbol matches"
                                glyph=Glyph::Search
                                text=format!("{UNKNOWN} {}", found.no_new_symbols.clone().unwrap_or_default())
                            />
                        }
                            .into_any()
                    }
                    Some(Err(error)) => view! { <p role="alert">{error.to_string()}</p> }.into_any(),
                    _ => ().into_any(),
                }}
            </div>
        </Dialog>
    }
}

/// What is not known here is added on the page of the search.
fn leads_to(hit: &Hit) -> String {
    if hit.known { routes::symbol(&hit.symbol) } else { routes::search_for(&hit.symbol) }
}

#[component]
fn HitRow(hit: Hit, at: usize, chosen: RwSignal<usize>, opened: RwSignal<bool>) -> impl IntoView {
    let leads = leads_to(&hit);
    let selected = move || chosen.get() == at;
    view! {
        <li
            id=format!("palette-hit-{at}")
            role="option"
            aria-selected=move || selected().to_string()
            on:pointermove=move |_| chosen.set(at)
        >
            <a
                class="palette-hit"
                tabindex="-1"
                href=leads
                on:click=move |_| opened.set(false)
            >
                <strong class="num">{hit.symbol.to_string()}</strong>
                <span>{if hit.known { hit.name } else { format!("Add NEW symbol {}", hit.name) }}</span>
                <span class="muted">
                    {[Some(hit.kind.as_str().to_string()), hit.exchange]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" · ")}
                </span>
            </a>
        </li>
    }
}

/// `/` outside of fields and Ctrl/Cmd K anywhere open the palette.
fn shortcuts(opened: RwSignal<bool>) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let typing = event
                .target()
                .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok())
                .is_some_and(|at| ["INPUT", "TEXTAREA", "SELECT"].contains(&at.tag_name().as_str()));
            let palette = event.key() == "k" && (event.ctrl_key() || event.meta_key());
            if palette || (event.key() == "/" && !typing) {
                event.prevent_default();
                opened.set(true);
            }
        });
        on_cleanup(move || handle.remove());
    });
}
