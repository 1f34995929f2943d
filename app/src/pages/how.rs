//! How each number is made: the words beside the code that makes it, searchable, each under an anchor that figures lead
//! to.

use super::Failed;
use crate::{
    api,
    components::{Button, EmptyState, Field, Glyph, Shape, Skeleton},
    routes,
};
use domain::how::{Block, How};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

/// The page "How each number is made".
#[component]
pub fn HowPage() -> impl IntoView {
    let query = use_query_map();
    let asked = query.with_untracked(|query| query.get("q").unwrap_or_default());
    let figures = Resource::new(|| (), |()| api::market::read_how());
    let question = RwSignal::new(asked);
    view! {
        <Title text="How each number is made" />
        <header class="page-head">
            <h1>"How each number is made"</h1>
            <p>
                "These are the words beside the code itself: formula, assumptions and an example that the tests run. Where the data comes from stands on "
                <a class="link" href=routes::ABOUT>
                    "About the data"
                </a> "."
            </p>
        </header>
        <form class="form-inline how-search" method="get" role="search" aria-label="Figures">
            <Field
                label="Find a figure"
                name="q"
                kind="search"
                value=question
                placeholder="rsi, smoothing, breakout"
                on_input=Callback::new(move |text| question.set(text))
            />
            <Button kind="submit" icon=Glyph::Search>
                "Find"
            </Button>
        </form>
        <Transition fallback=|| {
            view! { <Skeleton shape=Shape::Rows count=12 /> }
        }>
            {move || Suspend::new(async move {
                match figures.await {
                    Ok(figures) => view! { <Figures figures question /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Figures(figures: Vec<How>, question: RwSignal<String>) -> impl IntoView {
    let figures = StoredValue::new(figures);
    // The address names a figure that was not on the page yet when browser and router looked for it. The router's word
    // counts: that of the window is still the page before.
    let hash = use_location().hash;
    Effect::new(move |_| {
        let anchor = hash.get();
        request_animation_frame(move || {
            if let Some(figure) = document().get_element_by_id(anchor.trim_start_matches('#')) {
                figure.scroll_into_view();
            }
        });
    });
    let found = Memo::new(move |_| {
        let question = question.get();
        figures.with_value(|all| all.iter().filter(|how| how.answers(&question)).cloned().collect::<Vec<_>>())
    });
    view! {
        <div class="how">
            <nav class="how-list" aria-label="Figures">
                {move || groups(found.get()).into_iter().map(contents).collect_view()}
            </nav>
            <div class="stack">
                <p class="sr-only" role="status">
                    {move || format!("{} figures", found.read().len())}
                </p>
                {move || found.read().is_empty().then(|| view! { <EmptyState title="No figure answers to that" glyph=Glyph::Search /> })}
                {move || found.get().into_iter().map(figure).collect_view()}
            </div>
        </div>
    }
}

/// In the order they come, those of one group together.
fn groups(figures: Vec<How>) -> Vec<(String, Vec<How>)> {
    let mut groups: Vec<(String, Vec<How>)> = Vec::new();
    for how in figures {
        match groups.last_mut() {
            Some((group, of)) if *group == how.group => of.push(how),
            _ => groups.push((how.group.clone(), vec![how])),
        }
    }
    groups
}

fn contents((group, figures): (String, Vec<How>)) -> impl IntoView {
    let links =
        figures.into_iter().map(|how| view! { <li><a href=format!("#{}", how.anchor)>{how.name}</a></li> });
    view! {
        <h2>{group}</h2>
        <ul>{links.collect_view()}</ul>
    }
}

fn figure(how: How) -> impl IntoView {
    let blocks = how.blocks.into_iter().map(|block| match block {
        Block::Words(text) => view! { <p>{words(&text)}</p> }.into_any(),
        Block::Example(code) => view! {
            <pre tabindex="0" aria-label="Example">
                <code>{code}</code>
            </pre>
        }
        .into_any(),
    });
    view! {
        <article class="card how-figure" id=how.anchor.clone() aria-labelledby=format!("how-{}", how.anchor)>
            <header class="card-head">
                <h2 id=format!("how-{}", how.anchor)>
                    <a href=format!("#{}", how.anchor)>{how.name}</a>
                </h2>
                <code class="muted">{how.source}</code>
            </header>
            <div class="card-body prose">{blocks.collect_view()}</div>
        </article>
    }
}

/// What stands between backticks is code.
fn words(text: &str) -> impl IntoView + use<> {
    let parts: Vec<_> = text.split('`').map(str::to_string).enumerate().collect();
    parts
        .into_iter()
        .map(|(at, part)| match at % 2 {
            1 => view! { <code>{part}</code> }.into_any(),
            _ => view! { <span>{part}</span> }.into_any(),
        })
        .collect_view()
}
