//! One figure: label, value, change, recent line, and how it is made.

use super::{ChangePill, Sparkline, Tooltip};
use leptos::prelude::*;

/// A tile of a market snapshot or a set of key figures.
///
/// - `label`: what is measured.
/// - `value`: already formatted; may change.
/// - `change`: in percent; without it no change is shown.
/// - `history`: oldest first; draws a sparkline.
/// - `note`: small words under the value, as its unit or date.
/// - `explain`: how the figure is made, on hover and focus.
/// - `how`: where that is explained in full.
/// - `href`: makes the label a link that covers the tile.
#[component]
pub fn KpiTile(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] change: Option<Signal<Option<f64>>>,
    #[prop(optional, into)] history: Option<Signal<Vec<f64>>>,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional, into)] explain: Option<String>,
    #[prop(optional, into)] how: Option<String>,
    #[prop(optional, into)] href: Option<String>,
) -> impl IntoView {
    let subject = label.clone();
    let name = match href {
        Some(href) => view! { <a class="kpi-link" href=href>{label}</a> }.into_any(),
        None => view! { <span>{label}</span> }.into_any(),
    };
    view! {
        <div class="kpi">
            <div class="kpi-label">
                {name}
                {explain.map(|text| view! { <Tooltip text=text subject=subject href=how.unwrap_or_default() /> })}
            </div>
            <div class="kpi-value num">{move || value.get()}</div>
            <div class="kpi-foot">
                {change.map(|percent| view! { <ChangePill percent=percent /> })}
                {note.map(|note| view! { <span class="kpi-note">{note}</span> })}
            </div>
            {history.map(|values| view! { <div class="kpi-spark"><Sparkline values=values /></div> })}
        </div>
    }
}

/// The frame of key figures: as many equal tiles as fit in a row.
#[component]
pub fn KpiStrip(children: Children) -> impl IntoView {
    view! { <div class="kpi-strip">{children()}</div> }
}
