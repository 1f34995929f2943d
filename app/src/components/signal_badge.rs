//! What the indicators suggest, in one word.

use super::{Glyph, Icon};
use domain::signal::{Action, Badge};
use leptos::prelude::*;

/// The RSI signal beside a price: `BUY (Oversold)`, `SELL (Overbought)`, `NEUTRAL` or `NO DATA`.
///
/// - `badge`: the signal of the last bar; may change.
/// - `with_rsi`: shows the RSI itself before the word.
#[component]
pub fn SignalBadge(#[prop(into)] badge: Signal<Badge>, #[prop(optional)] with_rsi: bool) -> impl IntoView {
    let look = move || badge.with(|badge| look(badge.action));
    let rsi = move || badge.with(|badge| badge.rsi.map(|rsi| format!("RSI {rsi:.0}")));
    view! {
        <span class="badge-row">
            {with_rsi.then(|| view! { <span class="badge-rsi num">{rsi}</span> })}
            <span class="badge" data-tone=move || look().0>
                <Icon glyph=Signal::derive(move || look().1) />
                <span>{move || badge.with(|badge| badge.text.clone())}</span>
            </span>
        </span>
    }
}

fn look(action: Action) -> (&'static str, Glyph) {
    match action {
        Action::Buy => ("up", Glyph::Up),
        Action::Sell => ("down", Glyph::Down),
        Action::Neutral => ("neutral", Glyph::Flat),
        Action::NoData => ("none", Glyph::Clock),
    }
}
