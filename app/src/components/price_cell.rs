//! A price that may change while one looks at it.

use super::Trend;
use crate::format;
use leptos::prelude::*;

/// A price. When it changes in the browser it is tinted for a moment, green or red, and fades.
///
/// - `price`: `None` shows a dash.
/// - `large`: the size of a page's main figure.
#[component]
pub fn PriceCell(#[prop(into)] price: Signal<Option<f64>>, #[prop(optional)] large: bool) -> impl IntoView {
    // Two names for the same animation: taking turns restarts it when the price moves the same way twice.
    let flash = RwSignal::new("none");
    Effect::new(move |before: Option<Option<f64>>| {
        let now = price.get();
        if let (Some(Some(before)), Some(now)) = (before, now) {
            let odd = flash.get_untracked().ends_with("-a");
            match (Trend::of(Some((now - before) * 1e6)), odd) {
                (Trend::Up, false) => flash.set("up-a"),
                (Trend::Up, true) => flash.set("up-b"),
                (Trend::Down, false) => flash.set("down-a"),
                (Trend::Down, true) => flash.set("down-b"),
                (Trend::Flat, _) => {}
            }
        }
        now
    });
    view! {
        <span class="price num" class:price-large=large data-flash=move || flash.get()>
            {move || price.get().map_or_else(|| format::NONE.to_string(), format::price)}
        </span>
    }
}
