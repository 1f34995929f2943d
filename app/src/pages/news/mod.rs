//! News: of one symbol and of all, searched on the server. Every choice is an address, so that it works as plain
//! forms and links, can be kept and shared.

mod filters;
mod list;
mod trend;

use super::{
    Failed,
    symbol::{named, no_symbol},
};
use crate::{
    api::{
        self,
        news::{NewsPage as Data, Wanted},
    },
    backend,
    components::{ButtonLink, EmptyState, Glyph, MoodChip, Shape, Skeleton, Tooltip},
    error::AppError,
    format,
    live::use_live,
    routes,
};
use domain::{Symbol, news::Place, sentiment::Mood};
use filters::Filters;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use list::Detail;
pub use list::NewsList;
use trend::Trend;

/// How the mood of a symbol is made.
pub const HOW_MOOD: &str = "VADER rates each headline by its words from -1 to 1; the mood is the mean of the latest \
                            ten. Where Gemini is set up, it judges the same ten instead.";
const HOW_LABEL: &str = "Each headline is rated by its words from -1 to 1: Positive from 0.05 up, Negative from \
                         -0.05 down, else Neutral.";

/// Whose news, and which of them.
type Asked = (Option<Symbol>, Wanted);

/// All news, every story once.
#[component]
pub fn NewsPage() -> impl IntoView {
    let wanted = wanted();
    view! { <Reader asked=Signal::derive(move || Ok((None, wanted.get()))) /> }
}

/// The news about one symbol.
#[component]
pub fn SymbolNewsPage() -> impl IntoView {
    let (symbol, wanted) = (named(), wanted());
    let asked = Signal::derive(move || match symbol.get() {
        Some(symbol) => Ok((Some(symbol), Wanted { symbol: String::new(), ..wanted.get() })),
        None => Err(no_symbol()),
    });
    view! { <Reader asked /> }
}

/// What the address asks for.
fn wanted() -> Memo<Wanted> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let word = |name| query.get(name).unwrap_or_default().trim().to_string();
            Wanted { q: word("q"), label: word("label"), symbol: word("symbol"), after: word("after") }
        })
    })
}

#[component]
fn Reader(asked: Signal<Result<Asked, AppError>>) -> impl IntoView {
    let resyncs = use_live().resyncs;
    let page = Resource::new(
        move || (asked.get(), resyncs.get()),
        |(asked, _)| async move {
            match asked? {
                (Some(symbol), wanted) => api::news::read_symbol_news(symbol, wanted).await,
                (None, wanted) => api::news::read_news(wanted).await,
            }
        },
    );
    view! {
        <Transition fallback=|| {
            view! {
                <Title text="News" />
                <Skeleton shape=Shape::Chart />
                <Skeleton shape=Shape::Rows count=8 />
            }
        }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(data) => {
                        let wanted = asked.get_untracked().map(|(_, wanted)| wanted).unwrap_or_default();
                        view! { <Page data wanted /> }.into_any()
                    }
                    Err(error) => {
                        if error.status == 404 {
                            backend::not_found();
                        }
                        view! { <Title text="News" /> <Failed error /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Page(data: Data, wanted: Wanted) -> impl IntoView {
    let symbol = data.instrument.as_ref().map(|instrument| instrument.symbol.clone());
    let path = symbol.as_ref().map_or_else(|| routes::NEWS.to_string(), routes::symbol_news);
    let title = symbol.as_ref().map_or_else(|| "News".to_string(), |symbol| format!("{symbol} news"));
    let chart_name = symbol.as_ref().map_or_else(|| "S&P 500".to_string(), Symbol::to_string);
    let filtered = Wanted { after: String::new(), ..wanted.clone() } != Wanted::default();
    let older = data.found.next.map(|next| address(&path, &wanted, Some(next)));
    let newest = (!wanted.after.is_empty()).then(|| address(&path, &wanted, None));
    let list = if data.found.articles.is_empty() {
        view! { <Nothing filtered path=path.clone() /> }.into_any()
    } else {
        let articles = data.found.articles;
        view! { <NewsList articles as_of=data.as_of detail=Detail::Full /> }.into_any()
    };
    view! {
        <Title text=title.clone() />
        <header class="page-head news-head">
            <h1>{title}</h1>
            {data
                .instrument
                .map(|instrument| {
                    let name = instrument.name.clone();
                    view! {
                        <p>
                            <a href=routes::symbol(&instrument.symbol)>{name}</a>
                        </p>
                        <Mooded symbol=instrument.symbol mood=data.mood.clone() />
                    }
                })}
        </header>
        <Trend name=chart_name svg=data.svg trend=data.trend mood=data.mood />
        <section class="card" aria-labelledby="headlines-title">
            <header class="card-head">
                <h2 id="headlines-title">
                    "Headlines" <Tooltip text=HOW_LABEL subject="the mood of a headline" href=routes::how("label") />
                </h2>
            </header>
            <Filters action=path wanted of_all=symbol.is_none() />
            {list}
            <nav class="card-foot news-pages" aria-label="Pages of headlines">
                {newest.map(|href| view! { <ButtonLink href small=true>"Newest"</ButtonLink> })}
                {older
                    .map(|href| {
                        view! {
                            <ButtonLink href small=true>"Older headlines"</ButtonLink>
                        }
                    })}
            </nav>
        </section>
    }
}

/// The mood, with who says so; follows the stream.
#[component]
fn Mooded(symbol: Symbol, mood: Option<Mood>) -> impl IntoView {
    let live = use_live();
    let told = live.mood(&symbol);
    Effect::new(move |_| live.watch([symbol.clone()]));
    let first = mood.map(|mood| (mood.score, mood.count, mood.analyser));
    let now = Signal::derive(move || {
        told.read().as_ref().map(|told| (told.score, told.count, told.analyser)).or(first)
    });
    let words = move || {
        let (_, count, analyser) = now.get()?;
        let headlines = format::counted(count as usize, "headline", "headlines");
        Some(format!("over {headlines}, by {}", analyser.name()))
    };
    view! {
        <p class="news-mood">
            <MoodChip score=Signal::derive(move || now.get().map(|(score, ..)| score)) with_label=true />
            <span class="muted">{words}</span>
            <Tooltip text=HOW_MOOD subject="the mood" href=routes::how("mood") />
        </p>
    }
}

#[component]
fn Nothing(filtered: bool, path: String) -> impl IntoView {
    if filtered {
        view! {
            <EmptyState title="No headline matches" glyph=Glyph::Search text="Look for fewer words, or any mood.">
                <ButtonLink href=path>"Show all"</ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState
                title="No headlines yet"
                glyph=Glyph::News
                text="They are collected every half hour for the symbols that are watched most."
            />
        }
        .into_any()
    }
}

/// The same choice with another beginning.
fn address(path: &str, wanted: &Wanted, after: Option<Place>) -> String {
    let mut query = ParamsMap::new();
    let after = after.map(|place| place.to_string()).unwrap_or_default();
    for (name, value) in
        [("q", &wanted.q), ("label", &wanted.label), ("symbol", &wanted.symbol), ("after", &after)]
    {
        if !value.is_empty() {
            query.insert(name, value.clone());
        }
    }
    format!("{path}{}", query.to_query_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_choice_and_escapes_it() {
        let wanted = Wanted { q: "a&b c".into(), label: "Negative".into(), ..Wanted::default() };
        let place = Place::parse("2022-03-10T21:00:00Z_018f0000-0000-7000-8000-000000000000").unwrap();
        let found = address("/news", &wanted, Some(place));
        let url = found.strip_prefix("/news?").unwrap();
        assert!(
            url.contains("label=Negative") && !url.contains("b c") && url.matches('&').count() == 2,
            "{url}"
        );
        assert_eq!(address("/news", &Wanted::default(), None), "/news");
    }
}
