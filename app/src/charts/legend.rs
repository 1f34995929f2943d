//! The line over a chart.

use domain::chart::{Ink, LegendPart};
use leptos::prelude::*;

/// A name and a value in the colour it is drawn in.
pub fn legend_part(part: LegendPart) -> impl IntoView {
    let key = part.ink.map(|ink| match ink {
        Ink::Price => "key k-price".to_string(),
        Ink::Up => "key k-up".to_string(),
        Ink::Down => "key k-down".to_string(),
        Ink::Muted => "key k-muted".to_string(),
        Ink::Accent => "key k-accent".to_string(),
        Ink::Series(number) => format!("key k-s{}", number % 8),
    });
    view! {
        <span class="legend-part">
            {key.map(|class| view! { <i class=class aria-hidden="true"></i> })}
            {(!part.name.is_empty()).then(|| format!("{} ", part.name))} <b>{part.value}</b>
        </span>
    }
}
