//! What stands around pages and over them: bars, rail, windows, short messages.

use super::Section;
use crate::components::{
    AccountMenu, BottomBar, Button, Crumb, Dialog, Drawer, Glyph, Place, PlaceGroup, Rail, SearchBox, Theme,
    ThemeSwitch, Toast, Toasts, Tone, TopBar, Trend,
};
use crate::routes;
use leptos::prelude::*;

/// Frame and windows.
#[component]
pub fn Frames() -> impl IntoView {
    view! {
        <Bars />
        <Windows />
    }
}

fn places() -> Vec<Place> {
    vec![
        Place { glyph: Glyph::Overview, words: "Overview", href: routes::OVERVIEW },
        Place { glyph: Glyph::Search, words: "Search", href: routes::SEARCH },
    ]
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::link("Overview", routes::OVERVIEW), Crumb::here("Style guide")]
}

#[component]
fn Bars() -> impl IntoView {
    let theme = RwSignal::new(Theme::Dark);
    view! {
        <Section title="Frame">
            <div class="guide-frame">
                <TopBar crumbs=crumbs() search=|| view! { <SearchBox action=routes::SEARCH /> }>
                    <ThemeSwitch theme=theme on_change=Callback::new(move |next| theme.set(next)) />
                    <AccountMenu name="Ada" email="ada@example.org"><a href=routes::SETTINGS>"Settings"</a></AccountMenu>
                </TopBar>
            </div>
            <div class="guide-frame">
                <Rail
                    groups=vec![PlaceGroup { words: "Markets", places: places() }]
                    current=routes::OVERVIEW.to_string()
                />
            </div>
            <div class="guide-frame">
                <BottomBar places=places() current=routes::OVERVIEW.to_string() />
            </div>
        </Section>
    }
}

#[component]
fn Windows() -> impl IntoView {
    let dialog = RwSignal::new(false);
    let drawer = RwSignal::new(false);
    let toasts = RwSignal::new(Vec::<Toast>::new());
    let say = move |()| {
        toasts.update(|all| {
            let id = all.iter().map(|toast| toast.id + 1).max().unwrap_or(0);
            // A plain one, then one about a signal, in turn.
            all.push(match id % 2 {
                0 => Toast { id, tone: Tone::Success, text: "Saved.".to_string(), ..Toast::default() },
                _ => Toast {
                    id,
                    trend: Some(Trend::Up),
                    title: "Buy signal".to_string(),
                    links: vec![("AAPL".to_string(), "/symbols/AAPL".to_string())],
                    text: "RSI 14 fell to 28.4, below 30, simulated".to_string(),
                    ..Toast::default()
                },
            });
        });
    };
    view! {
        <Section title="Windows and short messages">
            <Button on_click=move |()| dialog.set(true)>"Open a dialog"</Button>
            <Button on_click=move |()| drawer.set(true)>"Open a drawer"</Button>
            <Button on_click=say>"Say something"</Button>
            <Dialog
                id="guide-dialog"
                title="Rename the list"
                open=dialog
                on_close=move |()| dialog.set(false)
            >
                <p>"A dialog holds one question."</p>
            </Dialog>
            <Drawer id="guide-drawer" title="Columns" open=drawer on_close=move |()| drawer.set(false)>
                <p>"A drawer holds details of what stays visible."</p>
            </Drawer>
            <Toasts
                toasts=toasts
                on_close=move |id: u32| toasts.update(|all| all.retain(|toast| toast.id != id))
            />
        </Section>
    }
}
