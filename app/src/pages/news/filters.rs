//! What is looked for: a plain GET form.

use crate::{
    api::news::Wanted,
    components::{Button, ButtonLink, ButtonLook, Glyph, SegmentedControl},
};
use domain::sentiment::Label;
use leptos::prelude::*;

/// Words, mood and, on the page of all news, the symbol. Choosing begins with the newest again.
#[component]
pub fn Filters(action: String, wanted: Wanted, of_all: bool) -> impl IntoView {
    let word = |label: Label| (label.as_str().to_string(), label.as_str().to_string());
    let labels = std::iter::once((String::new(), "All".to_string())).chain(Label::ALL.map(word)).collect();
    let chosen = Label::parse(&wanted.label).map_or_else(String::new, |label| label.as_str().to_string());
    let all = (wanted != Wanted::default()).then(|| action.clone());
    view! {
        <form class="news-filters" method="get" action=action role="search" aria-label="Headlines">
            <label class="sr-only" for="news-words">
                "Words"
            </label>
            <input
                class="input"
                id="news-words"
                type="search"
                name="q"
                maxlength="200"
                value=wanted.q
                placeholder="Words in headlines"
            />
            {of_all
                .then(|| {
                    view! {
                        <label class="sr-only" for="news-symbol">
                            "Symbol"
                        </label>
                        <input
                            class="input news-symbol"
                            id="news-symbol"
                            type="text"
                            name="symbol"
                            maxlength="20"
                            autocapitalize="characters"
                            autocomplete="off"
                            value=wanted.symbol
                            placeholder="Symbol"
                        />
                    }
                })}
            <SegmentedControl name="label" legend="Mood" options=labels selected=Signal::stored(chosen) />
            <Button kind="submit" look=ButtonLook::Primary icon=Glyph::Search>
                "Search"
            </Button>
            {all.map(|href| view! { <ButtonLink href>"Show all"</ButtonLink> })}
        </form>
    }
}
