//! The icons: stroked paths on a 24 px grid, in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Glyph {
    Overview,
    Sectors,
    Macro,
    Trends,
    Risk,
    Scanner,
    Portfolio,
    Watchlists,
    Alerts,
    Reports,
    Data,
    Jobs,
    Settings,
    Search,
    Sun,
    Moon,
    System,
    User,
    LogOut,
    Key,
    News,
    Chart,
    Cards,
    Table,
    Plus,
    Minus,
    Close,
    Up,
    Down,
    Flat,
    Chevron,
    Drag,
    More,
    Check,
    Warning,
    Info,
    Failed,
    Offline,
    Refresh,
    Clock,
    External,
}

impl Glyph {
    /// All of them, for the style guide.
    #[rustfmt::skip]
    pub const ALL: [Glyph; 41] = {
        use Glyph::*;
        [
            Overview, Sectors, Macro, Trends, Risk, Scanner, Portfolio, Watchlists, Alerts, Reports, Data, Jobs,
            Settings, Search, Sun, Moon, System, User, LogOut, Key, News, Chart, Cards, Table, Plus, Minus, Close,
            Up, Down, Flat, Chevron, Drag, More, Check, Warning, Info, Failed, Offline, Refresh, Clock, External,
        ]
    };

    fn path(self) -> &'static str {
        match self {
            Glyph::Overview => "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z",
            Glyph::Sectors => "M12 3v9h9M12 12l-6.4 6.4M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
            Glyph::Macro => "M3 10 12 4l9 6M5 10v8M9.7 10v8M14.3 10v8M19 10v8M3 20.5h18",
            Glyph::Trends => "M3 17 9.5 10.5l4 4L21 7M15.5 7H21v5.5",
            Glyph::Risk => "M3 12h3.5L9 5l4.5 14 3-9 1.2 2H21",
            Glyph::Scanner => {
                "M12 12 18.4 5.6M20.6 9.2A9 9 0 1 1 14.8 3.4M16.6 10.2A5 5 0 1 1 13.8 7.3M12 12h.01"
            }
            Glyph::Portfolio => "M3 8h18v12H3zM8 8V5.5A1.5 1.5 0 0 1 9.5 4h5A1.5 1.5 0 0 1 16 5.5V8M3 13h18",
            Glyph::Watchlists => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z"
            }
            Glyph::Alerts => "M6 10a6 6 0 1 1 12 0c0 5.5 2 6.5 2 6.5H4S6 15.5 6 10ZM10 20a2.3 2.3 0 0 0 4 0",
            Glyph::Reports => "M6 3h8.5L19 7.5V21H6zM14 3v5h5M9.5 13h6M9.5 17h4",
            Glyph::Data => {
                "M20 6c0 1.7-3.6 3-8 3S4 7.7 4 6s3.6-3 8-3 8 1.3 8 3ZM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3"
            }
            Glyph::Jobs => "M4 6h16M4 12h10M4 18h7M17 14.5v7l5-3.5z",
            Glyph::Settings => {
                "M4 7h9M19 7h1M4 17h1M11 17h9M19 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM11 17a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z"
            }
            Glyph::Search => "M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM16 16l4.5 4.5",
            Glyph::Sun => {
                "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"
            }
            Glyph::Moon => "M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2Z",
            Glyph::System => "M3 4.5h18v12H3zM9 20.5h6M12 16.5v4",
            Glyph::User => "M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
            Glyph::LogOut => "M10 4H5v16h5M15 8l4 4-4 4M19 12H9.5",
            Glyph::Key => "M12 15.5a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM10.8 12.7 19.5 4M16 7.5l3 3",
            Glyph::News => "M4 4h13v16H6a2 2 0 0 1-2-2zM17 9h3v9a2 2 0 0 1-2 2M7.5 8h6M7.5 12h6M7.5 16h3.5",
            Glyph::Chart => "M7 5v3M7 15v4M5 8h4v7H5zM17 4v4M17 16v4M15 8h4v8h-4z",
            Glyph::Cards => "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
            Glyph::Table => "M4 4.5h16v15H4zM4 9.5h16M4 14.5h16M10 9.5v10",
            Glyph::Plus => "M12 5v14M5 12h14",
            Glyph::Minus => "M5 12h14",
            Glyph::Close => "M6 6l12 12M18 6 6 18",
            Glyph::Up => "M12 5.5 20 18.5H4Z",
            Glyph::Down => "M12 18.5 4 5.5h16Z",
            Glyph::Flat => "M5 12h14",
            Glyph::Chevron => "M6 9l6 6 6-6",
            Glyph::Drag => "M9 5.5h.01M9 12h.01M9 18.5h.01M15 5.5h.01M15 12h.01M15 18.5h.01",
            Glyph::More => "M5.5 12h.01M12 12h.01M18.5 12h.01",
            Glyph::Check => "M4.5 12.5 9.5 17.5 19.5 7",
            Glyph::Warning => "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2h.01",
            Glyph::Info => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 11v5.5M12 7.7h.01",
            Glyph::Failed => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 7.5v5.5M12 16.3h.01",
            Glyph::Offline => {
                "M3 3l18 18M5 12.5a10 10 0 0 1 4.5-2.5M2 8.5a15 15 0 0 1 4-2.6M10.5 5.1A15 15 0 0 1 22 8.5M14.5 10a10 10 0 0 1 4.5 2.5M8.5 16a5 5 0 0 1 5.6-.9M12 19.5h.01"
            }
            Glyph::Refresh => "M20 11a8 8 0 0 0-14.3-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.3 4l1.7-2M20 20v-5h-5",
            Glyph::Clock => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 7v5l3.5 2",
            Glyph::External => "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
        }
    }

    fn filled(self) -> bool {
        matches!(self, Glyph::Up | Glyph::Down)
    }
}

/// One icon, 16 px unless its surroundings say otherwise.
///
/// - `glyph`: what it shows; may change.
/// - `label`: said by screen readers; without it the icon is decoration and words must stand beside it.
#[component]
pub fn Icon(
    #[prop(into)] glyph: Signal<Glyph>,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            class:icon-filled=move || glyph.get().filled()
            viewBox="0 0 24 24"
            width="16"
            height="16"
            role=label.is_some().then_some("img")
            aria-label=label.clone()
            aria-hidden=label.is_none().then_some("true")
        >
            <path d=move || glyph.get().path() />
        </svg>
    }
}
