//! The frame around every page of those who are logged in: rail, top bar, bottom bar, search palette.

mod fired;
mod notices;
mod palette;
mod workspaces;

use crate::{
    api::account::{LogOut, Switch, workspaces as read_workspaces},
    backend,
    components::{
        AccountMenu, BottomBar, Crumb, Glyph, LiveDot, LiveState, Place, PlaceGroup, Rail, RailGroup,
        SearchBox, Theme, ThemeSwitch, Toasts, TopBar,
    },
    live::{Status, use_live},
    pages::{
        Me,
        form::{answer, go_on},
    },
    routes, theme,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};
use notices::{Copy, Updates};
use palette::Palette;
use workspaces::Workspaces;

/// Where a stranger is sent, and back again afterwards.
pub fn log_in_first() -> String {
    let path = use_location().pathname.get_untracked();
    format!("{}?next={path}", routes::LOGIN)
}

/// The frame; the page goes into its outlet.
#[component]
pub fn Frame() -> impl IntoView {
    let path = use_location().pathname;
    let current = Signal::derive(move || path.get());
    let opened = RwSignal::new(false);
    // The stream is open on every page: what happens to one's own things is told wherever one is.
    let live = use_live();
    Effect::new(move |_| live.watch([]));
    let crier = fired::Crier::new();
    view! {
        <a class="skip-link" href="#main" on:click=|_| focus_main()>
            "Skip to the content"
        </a>
        <div class="frame">
            <Rail groups=groups() current home=routes::OVERVIEW>
                <Operations current />
            </Rail>
            <TopBar
                crumbs=Signal::derive(move || crumbs(&path.get()))
                search=move || {
                    view! {
                        <SearchBox
                            action=routes::SEARCH
                            on_open=Callback::new(move |()| opened.set(true))
                        />
                    }
                }
            >
                <LiveDot state=live_state() />
                <Themes />
                <Account />
            </TopBar>
            <main class="main" id="main" tabindex="-1">
                <div class="content">
                    <Copy />
                    <Outlet />
                </div>
            </main>
            <BottomBar places=main_places() current />
        </div>
        <Palette opened />
        <Toasts toasts=crier.toasts on_close=move |_: u32| crier.close()>
            <Updates />
        </Toasts>
    }
}

/// The router scrolls to `#main`; the focus has to be taken there too.
fn focus_main() {
    use wasm_bindgen::JsCast;
    let main =
        document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main
        && let Err(error) = main.focus()
    {
        leptos::logging::warn!("could not focus the content: {error:?}");
    }
}

fn place(glyph: Glyph, words: &'static str, href: &'static str) -> Place {
    Place { glyph, words, href }
}

/// The five of the bar at the bottom of small screens.
fn main_places() -> Vec<Place> {
    vec![
        place(Glyph::Overview, "Overview", routes::OVERVIEW),
        place(Glyph::Portfolio, "Portfolio", routes::PORTFOLIOS),
        place(Glyph::Watchlists, "Watchlists", routes::WATCHLISTS),
        place(Glyph::Search, "Search", routes::SEARCH),
        place(Glyph::Settings, "Settings", routes::SETTINGS),
    ]
}

fn groups() -> Vec<PlaceGroup> {
    let main = main_places();
    let data = place(Glyph::Data, "Data", routes::ABOUT);
    vec![
        PlaceGroup {
            words: "Markets",
            places: vec![
                main[0].clone(),
                place(Glyph::Scanner, "Scanner", routes::SCANNER),
                place(Glyph::News, "News", routes::NEWS),
            ],
        },
        PlaceGroup {
            words: "Mine",
            places: vec![main[1].clone(), main[2].clone(), place(Glyph::Reports, "Reports", routes::REPORTS)],
        },
        PlaceGroup {
            words: "System",
            places: vec![data, place(Glyph::Info, "How numbers are made", routes::HOW), main[4].clone()],
        },
    ]
}

/// What operators see besides: the pages of `/api/ops`.
fn operations() -> Vec<Place> {
    vec![
        place(Glyph::Alerts, "Operator alerts", routes::OPS_ALERTS),
        place(Glyph::Jobs, "Jobs", routes::JOBS),
        place(Glyph::Check, "Data quality", routes::QUALITY),
    ]
}

/// The places of operators, for operators.
#[component]
fn Operations(current: Signal<String>) -> impl IntoView {
    let Me(me) = expect_context::<Me>();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let operator = me.await.is_ok_and(|user| user.is_some_and(|user| user.operator));
                let places = operations();
                (operator && !places.is_empty())
                    .then(|| view! { <RailGroup group=PlaceGroup { words: "Operations", places } current /> })
            })}
        </Suspense>
    }
}

/// Where one is, from the address alone, so that server and browser agree before any data is there.
fn crumbs(path: &str) -> Vec<Crumb> {
    let home = || Crumb::link("Overview", routes::OVERVIEW);
    match path {
        routes::OVERVIEW => vec![Crumb::here("Overview")],
        routes::WATCHLISTS => vec![home(), Crumb::here("Watchlists")],
        routes::SCANNER => vec![home(), Crumb::here("Scanner")],
        routes::REPORTS => vec![home(), Crumb::here("Reports")],
        routes::SETTINGS => vec![home(), Crumb::here("Settings")],
        routes::ABOUT => vec![home(), Crumb::here("About the data")],
        routes::HOW => vec![home(), Crumb::here("How each number is made")],
        routes::OWN_PRICES => vec![home(), Crumb::here("Own prices")],
        routes::SEARCH => vec![home(), Crumb::here("Search")],
        routes::NEWS => vec![home(), Crumb::here("News")],
        routes::OPS_ALERTS => vec![home(), Crumb::here("Operator alerts")],
        routes::JOBS => vec![home(), Crumb::here("Jobs")],
        routes::QUALITY => vec![home(), Crumb::here("Data quality")],
        routes::PORTFOLIOS => vec![home(), Crumb::here("Portfolios")],
        other if other.starts_with("/portfolios/") => {
            vec![home(), Crumb::link("Portfolios", routes::PORTFOLIOS), Crumb::here(portfolio_page(other))]
        }
        other => match other.strip_prefix("/symbols/") {
            Some(rest) => {
                let plain = |symbol: &str| symbol.replace("%5E", "^").replace("%3D", "=").to_uppercase();
                match rest.split_once('/') {
                    None => vec![home(), Crumb::here(plain(rest))],
                    Some((symbol, page)) => vec![
                        home(),
                        Crumb::link(plain(symbol), format!("/symbols/{symbol}")),
                        Crumb::here(symbol_page(page)),
                    ],
                }
            }
            None => vec![home()],
        },
    }
}

/// A page about a symbol by the end of its address.
fn symbol_page(end: &str) -> String {
    let mut letters = end.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The page of a portfolio by the end of its address; its name is known only once the page is there.
fn portfolio_page(path: &str) -> &'static str {
    match path.split('/').nth(3) {
        None | Some("") => "Portfolio",
        Some("holdings") => "Holdings",
        Some("transactions") => "Transactions",
        Some("performance") => "Performance",
        Some("risk") => "Risk",
        Some("check-up") => "Check-up",
        Some("import") => "Import",
        Some("share") => "Share",
        Some(_) => "Details",
    }
}

fn live_state() -> Signal<LiveState> {
    let status = use_live().status;
    Signal::derive(move || match status.get() {
        Status::Connecting => LiveState::Off,
        Status::Connected => LiveState::Connected,
        Status::Live => LiveState::Live,
        Status::Simulated => LiveState::Simulated,
        Status::Reconnecting => LiveState::Reconnecting,
    })
}

#[component]
fn Themes() -> impl IntoView {
    let (now, _) = backend::looks();
    let chosen = RwSignal::new(Theme::parse(&now).unwrap_or(Theme::System));
    view! {
        <ThemeSwitch
            theme=chosen
            on_change=Callback::new(move |next: Theme| {
                theme::choose("theme", next.as_str());
                chosen.set(next);
            })
        />
    }
}

#[component]
fn Account() -> impl IntoView {
    let Me(me) = expect_context::<Me>();
    let log_out = ServerAction::<LogOut>::new();
    go_on(answer(log_out));
    let switch = ServerAction::<Switch>::new();
    go_on(answer(switch));
    let mine = Resource::new(|| (), |()| read_workspaces());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let user = me.await.ok().flatten()?;
                // Whoever can not be told where else they belong goes on where they are.
                let all = mine.await.unwrap_or_default();
                Some(
                    view! {
                        <AccountMenu name=user.full_name email=user.email>
                            {(all.len() > 1).then(|| view! { <Workspaces all switch /> })}
                            <a href=routes::SETTINGS>"Settings"</a>
                            <a href=routes::ABOUT>"About the data"</a>
                            <ActionForm action=log_out>
                                <button type="submit">"Log out"</button>
                            </ActionForm>
                        </AccountMenu>
                    },
                )
            })}
        </Suspense>
    }
}

#[cfg(test)]
mod tests {
    use super::crumbs;

    #[test]
    fn the_last_crumb_names_the_symbol_of_the_page() {
        assert_eq!(crumbs("/symbols/%5Egspc").last().map(|crumb| crumb.words.clone()), Some("^GSPC".into()));
    }
}
