//! How much something moved: arrow, sign and colour together.

use super::{Icon, Trend};
use crate::format;
use leptos::prelude::*;

/// A change in percent.
///
/// - `percent`: 1.5 means +1.5 %; `None` shows a dash.
/// - `amount`: the change in currency, shown before the percent.
/// - `soft`: a tinted pill instead of bare coloured figures.
#[component]
pub fn ChangePill(
    #[prop(into)] percent: Signal<Option<f64>>,
    #[prop(optional, into)] amount: Option<Signal<Option<f64>>>,
    #[prop(optional)] soft: bool,
) -> impl IntoView {
    let trend = move || Trend::of(percent.get());
    let amount = amount
        .map(|amount| move || amount.get().map_or_else(String::new, |amount| format::signed(amount, 2)));
    view! {
        <span class="change num" class:change-soft=soft data-trend=move || trend().as_str()>
            <Icon glyph=Signal::derive(move || trend().glyph()) />
            {amount.map(|amount| view! { <span class="change-amount">{amount}</span> })}
            <span>{move || percent.get().map_or_else(|| format::NONE.to_string(), format::change_percent)}</span>
        </span>
    }
}
