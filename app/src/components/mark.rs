//! The mark: one candlestick whose upper wick is a small flame.

use leptos::prelude::*;

/// The mark alone, in the colour of the text around it with the flame in the accent.
///
/// - `label`: said by screen readers; without it the mark is decoration.
/// - `plain`: one colour for all of it.
#[component]
pub fn Mark(#[prop(optional, into)] label: Option<String>, #[prop(optional)] plain: bool) -> impl IntoView {
    view! {
        <svg
            class="mark"
            class:mark-plain=plain
            viewBox="0 0 16 16"
            width="20"
            height="20"
            role=label.is_some().then_some("img")
            aria-label=label.clone()
            aria-hidden=label.is_none().then_some("true")
        >
            <path class="mark-flame" d=FLAME />
            <path class="mark-body" d=BODY />
        </svg>
    }
}

/// The mark beside the name.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <span class="wordmark">
            <Mark />
            <span class="wordmark-name">"Candlewick"</span>
        </span>
    }
}

const FLAME: &str = "M8.4.2c.5 1.5 2.4 2.5 2.4 4.5A2.8 2.8 0 0 1 8 7.4a2.8 2.8 0 0 1-2.8-2.7c0-1.1.6-1.8 1.2-2.4.2.6.5.9.9 1 .1-1.2.3-2.2 1.1-3.1Z";
const BODY: &str = "M5.2 8.4h5.6a.7.7 0 0 1 .7.7v3.8a.7.7 0 0 1-.7.7H8.75V16h-1.5v-2.4H5.2a.7.7 0 0 1-.7-.7V9.1a.7.7 0 0 1 .7-.7Z";
