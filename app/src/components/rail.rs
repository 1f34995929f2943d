//! The rail at the left and the bar at the bottom of small screens.

use super::{Glyph, Icon, Mark};
use leptos::prelude::*;

/// A place one can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its icon.
    pub glyph: Glyph,
    /// Its name.
    pub words: &'static str,
    /// Its address.
    pub href: &'static str,
}

/// Places that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceGroup {
    /// What they have in common, as `Markets`.
    pub words: &'static str,
    /// From top to bottom.
    pub places: Vec<Place>,
}

/// The rail: icons, with words from 1,280 px up.
///
/// - `groups`: from top to bottom. `current`: the path one is at; may change. `home`: where the mark leads.
/// - `children`: below the groups.
#[component]
pub fn Rail(
    groups: Vec<PlaceGroup>,
    #[prop(into)] current: Signal<String>,
    #[prop(default = "/")] home: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let groups = groups.into_iter().map(|group| view! { <RailGroup group current /> }).collect_view();
    view! {
        <nav class="rail" aria-label="Main">
            <a class="rail-home" href=home aria-label="Candlewick">
                <Mark />
                <span class="wordmark-name">"Candlewick"</span>
            </a>
            <div class="rail-scroll">{groups} {children.map(|children| children())}</div>
        </nav>
    }
}

/// One group of the [`Rail`], for what is not known when the rail is drawn.
#[component]
pub fn RailGroup(group: PlaceGroup, #[prop(into)] current: Signal<String>) -> impl IntoView {
    view! {
        <div class="rail-group" role="group" aria-label=group.words>
            <span class="rail-title" aria-hidden="true">
                {group.words}
            </span>
            <ul>{links(group.places, "rail-link", current)}</ul>
        </div>
    }
}

/// The bar at the bottom below 720 px: five places.
///
/// - `places`: five at most. `current`: the path one is at; may change.
#[component]
pub fn BottomBar(places: Vec<Place>, #[prop(into)] current: Signal<String>) -> impl IntoView {
    view! {
        <nav class="bottom-bar" aria-label="Main places">
            <ul>{links(places, "bottom-link", current)}</ul>
        </nav>
    }
}

fn links(places: Vec<Place>, class: &'static str, current: Signal<String>) -> impl IntoView {
    places
        .into_iter()
        .map(|place| {
            let here = move || current.with(|path| is_within(path, place.href)).then_some("page");
            view! {
                <li>
                    <a class=class href=place.href aria-current=here title=place.words>
                        <Icon glyph=place.glyph />
                        <span>{place.words}</span>
                    </a>
                </li>
            }
        })
        .collect_view()
}

/// True at the address itself and below it; the top is only itself.
fn is_within(path: &str, href: &str) -> bool {
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_place_is_current_at_its_address_and_below_it() {
        assert!(is_within("/watchlists", "/watchlists"));
        assert!(is_within("/watchlists/1", "/watchlists"));
        assert!(!is_within("/watchlists-old", "/watchlists"));
        assert!(!is_within("/watchlists", "/"));
        assert!(is_within("/", "/"));
    }
}
