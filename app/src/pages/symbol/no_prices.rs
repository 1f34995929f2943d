//! In the place of the chart where there are no prices: why, and what happens next.

use crate::{
    components::{EmptyState, Glyph},
    live::use_live,
    routes,
};
use domain::{Instrument, Kind, job::JobState, provider::Standing};
use leptos::prelude::*;

/// Kinds of jobs that bring prices.
const BRING: [&str; 3] = ["sync_bars", "run_etl", "sync_intraday"];

/// - `looks`: counted up when a job that may have brought prices is done.
#[component]
pub fn NoPrices(instrument: Instrument, standing: Standing, looks: RwSignal<u32>) -> impl IntoView {
    let job = use_live().job;
    let symbol = instrument.symbol.to_string();
    let title = format!("No prices of {symbol} yet");
    let text = match (instrument.kind, standing) {
        (Kind::Custom, _) => "Bring a table of its daily prices on the page for own prices.".to_string(),
        (_, Standing::Bundled) => format!(
            "The data that ships with this installation has no history of {}. A live provider brings it; an operator \
             turns one on with CANDLEWICK_MARKET_PROVIDER=auto.",
            instrument.name
        ),
        (_, Standing::Waiting) => {
            "They are collected as soon as the provider of prices answers.".to_string()
        }
        (_, Standing::Live | Standing::Stale) => {
            "Its history is being collected: that takes a few seconds. Watched symbols are kept up to date after that."
                .to_string()
        }
    };
    let is_ours = |kind: &str| BRING.contains(&kind);
    Effect::new(move |_| {
        if job.get().is_some_and(|told| told.state == JobState::Done && is_ours(&told.kind)) {
            looks.update(|looks| *looks += 1);
        }
    });
    let news = use_live().job;
    let progress = move || {
        news.get().filter(|told| told.state == JobState::Running && is_ours(&told.kind)).map(|told| {
            view! {
                <p class="no-prices-progress" role="status">
                    <progress max="100" value=told.percent.to_string() aria-label="Collecting"></progress>
                    <span class="num muted">{format!("{} % {}", told.percent, told.step)}</span>
                </p>
            }
        })
    };
    view! {
        <section class="card" aria-label="Price chart">
            <EmptyState title glyph=Glyph::Chart text>
                {if instrument.kind == Kind::Custom {
                    view! { <a class="button" href=routes::OWN_PRICES>"Own prices"</a> }.into_any()
                } else {
                    view! { <a class="button" href=routes::ABOUT>"About the data"</a> }.into_any()
                }}
            </EmptyState>
            {progress}
        </section>
    }
}
