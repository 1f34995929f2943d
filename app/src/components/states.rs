//! Nothing here, did not work, no connection: the three states beside loading that every place has.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// Nothing here yet, and what to do about it.
///
/// - `title`: what is missing. `glyph`: of the place. `children`: the next action.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(default = Glyph::Watchlists)] glyph: Glyph,
    #[prop(optional, into)] text: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! { <State kind="empty" glyph=glyph title=title text=text action=children /> }
}

/// Something did not work.
///
/// - `title`: what happened. `text`: what still works and what to do.
/// - `request_id`: what support needs to find it. `children`: a way on, as "Try again".
#[component]
pub fn FailedState(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Option<String>,
    #[prop(optional, into)] request_id: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <State kind="failed" glyph=Glyph::Failed title=title text=text request_id=request_id action=children />
    }
}

/// No connection; what is shown may be old.
///
/// - `text`: how old, as "Showing prices from 14:02". `children`: a way on.
#[component]
pub fn OfflineState(
    #[prop(default = "You are offline".to_string(), into)] title: String,
    #[prop(optional, into)] text: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! { <State kind="offline" glyph=Glyph::Offline title=title text=text action=children /> }
}

#[component]
fn State(
    kind: &'static str,
    glyph: Glyph,
    title: String,
    text: Option<String>,
    #[prop(optional_no_strip)] request_id: Option<String>,
    action: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state" data-state=kind role=(kind != "empty").then_some("status")>
            <span class="state-icon"><Icon glyph=glyph /></span>
            <p class="state-title">{title}</p>
            {text.map(|text| view! { <p class="state-text">{text}</p> })}
            {action.map(|action| view! { <div class="state-action">{action()}</div> })}
            {request_id.map(|id| view! { <p class="state-id">"Request " <span class="mono">{id}</span></p> })}
        </div>
    }
}
