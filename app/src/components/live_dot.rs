//! Whether prices move, in one dot and one word.

use leptos::prelude::*;

/// How fresh the prices on the page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LiveState {
    /// Prices arrive as they are made.
    Live,
    /// Prices arrive late.
    Delayed,
    /// Prices are made up by the simulated feed.
    Simulated,
    /// The stream was cut and is being opened again.
    Reconnecting,
    /// The stream is open, but nothing on the page has a live price.
    Connected,
    /// No stream: prices are those of the last load.
    #[default]
    Off,
}

impl LiveState {
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            LiveState::Live => ("live", "Live", "Prices arrive as they are made."),
            LiveState::Delayed => ("delayed", "Delayed", "The source gives prices some minutes late."),
            LiveState::Simulated => (
                "simulated",
                "Simulated",
                "Prices continue from the last real close by a seeded simulation. They are not real and are never stored in the history.",
            ),
            LiveState::Reconnecting => (
                "reconnecting",
                "Reconnecting",
                "The connection was cut and is being opened again. Prices on the page are those of the moment before.",
            ),
            LiveState::Off => (
                "off",
                "As loaded",
                "Everything is as it was when this page was loaded. Load it again for newer prices.",
            ),
            LiveState::Connected => (
                "connected",
                "Connected",
                "Changes arrive by themselves. Nothing on this page has a live price.",
            ),
        }
    }
}

/// The dot of the top bar; a click explains it.
///
/// - `state`: may change; a change is announced.
#[component]
pub fn LiveDot(#[prop(into)] state: Signal<LiveState>) -> impl IntoView {
    view! {
        <details class="live menu" data-live=move || state.get().words().0>
            <summary class="live-summary">
                <span class="live-dot" aria-hidden="true"></span>
                <span class="live-word" role="status">{move || state.get().words().1}</span>
            </summary>
            <p class="menu-panel live-panel">{move || state.get().words().2}</p>
        </details>
    }
}
