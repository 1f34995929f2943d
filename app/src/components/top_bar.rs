//! The bar at the top: where one is, search, how fresh, theme, account.

use super::{Breadcrumbs, Crumb, Glyph, Icon, Mark};
use leptos::prelude::*;

/// The top bar. What stands in it is given: [`SearchBox`] in the middle; [`super::LiveDot`], [`ThemeSwitch`]
/// and [`AccountMenu`] as children at the right.
///
/// - `crumbs`: see [`Breadcrumbs`]. `search`: the middle.
#[component]
pub fn TopBar(
    #[prop(into)] crumbs: Signal<Vec<Crumb>>,
    #[prop(optional, into)] search: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <a class="top-home" href="/" aria-label="Candlewick"><Mark /></a>
            <Breadcrumbs crumbs=crumbs />
            <div class="top-search">{search.map(|search| search.run())}</div>
            <div class="top-end">{children()}</div>
        </header>
    }
}

/// Opens the search palette; without JavaScript it is a plain GET form.
///
/// - `action`: address of the results page. `on_open`: called instead of typing here, when given.
#[component]
pub fn SearchBox(
    #[prop(into)] action: String,
    #[prop(optional, into)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let open = move || {
        if let Some(on_open) = on_open {
            on_open.run(());
        }
    };
    view! {
        <form class="search-box" role="search" method="get" action=action>
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                name="q"
                aria-label="Search symbols and names"
                placeholder="Search symbols and names"
                autocomplete="off"
                spellcheck="false"
                on:click=move |_| open()
            />
            <span class="search-keys" aria-hidden="true"><kbd>"/"</kbd></span>
        </form>
    }
}

/// How the page is lit. Written as `data-theme` of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Theme {
    #[default]
    Dark,
    Light,
    System,
}

impl Theme {
    /// All themes in the order of the switch.
    pub const ALL: [Theme; 3] = [Theme::Dark, Theme::Light, Theme::System];

    /// The value of `data-theme`.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Dark => "dark",
            Theme::Light => "light",
            Theme::System => "system",
        }
    }

    /// Reads back [`Theme::as_str`].
    pub fn parse(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == word)
    }

    /// The one a click on the switch leads to.
    pub fn next(self) -> Theme {
        match self {
            Theme::Dark => Theme::Light,
            Theme::Light => Theme::System,
            Theme::System => Theme::Dark,
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Theme::Dark => Glyph::Moon,
            Theme::Light => Glyph::Sun,
            Theme::System => Glyph::System,
        }
    }
}

/// Goes from theme to theme.
///
/// - `theme`: the one in force. `on_change`: called with the next one.
#[component]
pub fn ThemeSwitch(
    #[prop(into)] theme: Signal<Theme>,
    #[prop(into)] on_change: Callback<Theme>,
) -> impl IntoView {
    let name = move || format!("Theme: {}", theme.get().as_str());
    view! {
        <button
            type="button"
            class="button button-icon theme-switch"
            data-look="ghost"
            aria-label=name
            title=name
            on:click=move |_| on_change.run(theme.get_untracked().next())
        >
            <Icon glyph=Signal::derive(move || theme.get().glyph()) />
        </button>
    }
}

/// Who is signed in, and where one's own things are.
///
/// - `name`, `email`: of the account. `children`: links and the log-out form, one under the other.
#[component]
pub fn AccountMenu(
    #[prop(into)] name: String,
    #[prop(into)] email: String,
    children: Children,
) -> impl IntoView {
    let initial =
        name.chars().next().map_or_else(|| "?".to_string(), |first| first.to_uppercase().to_string());
    view! {
        <details class="account menu">
            <summary class="account-summary" aria-label=format!("Account of {name}")>
                <span class="avatar" aria-hidden="true">{initial}</span>
            </summary>
            <div class="menu-panel">
                <div class="menu-head">
                    <span class="strong truncate">{name}</span>
                    <span class="muted small truncate">{email}</span>
                </div>
                {children()}
            </div>
        </details>
    }
}
