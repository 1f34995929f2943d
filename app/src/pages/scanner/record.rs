//! How the signals did over all symbols.

use crate::{
    api::scanner,
    components::{EmptyState, Glyph, Shape, Skeleton},
    format,
    pages::symbol::Record as Card,
};
use leptos::prelude::*;

/// The pooled scorecard, or that it is being worked out.
#[component]
pub fn Record() -> impl IntoView {
    let card = Resource::new(|| (), |()| scanner::read_scorecard());
    view! {
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=5 /> }
        }>
            {move || Suspend::new(async move {
                match card.await {
                    Ok(Some(card)) => {
                        let symbols = format::counted(card.symbols as usize, "symbol", "symbols");
                        let title = format!("How past signals did over {symbols}, up to {}", format::date(card.day));
                        view! { <Card scorecard=card.scores cost=card.cost title pooled=true /> }.into_any()
                    }
                    Ok(None) => {
                        view! {
                            <EmptyState
                                title="How past signals did is being worked out"
                                glyph=Glyph::Clock
                                text="It stands here in a minute."
                            />
                        }
                            .into_any()
                    }
                    // The scans above are what one came for.
                    Err(_) => ().into_any(),
                }
            })}
        </Transition>
    }
}
