//! Headlines with their mood and where they came from.

use crate::{
    components::{EmptyState, Glyph, MoodChip, source_name},
    format, routes,
};
use chrono::{DateTime, Utc};
use domain::{
    Symbol,
    news::{Article, safe_link},
    source::Source,
};
use leptos::prelude::*;

/// How much of an article is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// Headline, publisher, age.
    #[default]
    Short,
    /// With the first lines, and who delivered it when.
    Full,
}

/// Headlines, newest first; ages count from `as_of`.
#[component]
pub fn NewsList(
    articles: Vec<Article>,
    as_of: DateTime<Utc>,
    #[prop(optional)] detail: Detail,
) -> impl IntoView {
    if articles.is_empty() {
        return view! { <EmptyState title="No headlines yet" glyph=Glyph::News /> }.into_any();
    }
    let rows = articles.into_iter().map(|article| view! { <NewsRow article as_of detail /> }).collect_view();
    view! { <ol class="news">{rows}</ol> }.into_any()
}

#[component]
fn NewsRow(article: Article, as_of: DateTime<Utc>, detail: Detail) -> impl IntoView {
    // What is no address of the web is no link, wherever it came from.
    let url = article.url.as_deref().and_then(safe_link).map(str::to_string);
    let title = match url {
        Some(url) => view! {
            <a class="news-title" href=url target="_blank" rel="noopener noreferrer nofollow">
                {article.title}
            </a>
        }
        .into_any(),
        None => view! { <span class="news-title">{article.title}</span> }.into_any(),
    };
    let about = |symbol: &Symbol| view! { <a href=routes::symbol(symbol)>{symbol.to_string()}</a> };
    let symbols = article.symbol.iter().chain(&article.also).map(about).collect_view();
    let publisher = match article.source {
        Source::Sample => view! {
            <span class="sample" title="Written for Candlewick to show the place; not news.">
                "Sample"
            </span>
        }
        .into_any(),
        _ => view! { <span>{article.publisher}</span> }.into_any(),
    };
    let full = detail == Detail::Full;
    let text = article.description.filter(|_| full).map(|text| view! { <p class="news-text">{text}</p> });
    let delivered = full.then(|| {
        let words = match article.fetched_at {
            Some(at) => format!("from {}, fetched {}", source_name(article.source), format::new_york(at)),
            None => "shipped with Candlewick".to_string(),
        };
        view! { <span class="news-source">{words}</span> }
    });
    view! {
        <li class="news-item">
            {title} {text}
            <p class="news-meta">
                {symbols} {publisher}
                <time
                    datetime=article.published_at.to_rfc3339()
                    title=format::new_york(article.published_at)
                >
                    {format::ago(article.published_at, as_of)}
                </time>
                {delivered}
            </p>
            <MoodChip score=Signal::stored(Some(article.score)) />
        </li>
    }
}
