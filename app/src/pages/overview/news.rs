//! Headlines with their mood.

use crate::{
    components::{EmptyState, Glyph, MoodChip},
    format, routes,
};
use chrono::{DateTime, Utc};
use domain::{news::Article, source::Source};
use leptos::prelude::*;

/// Headlines, newest first; ages count from `as_of`.
#[component]
pub fn NewsList(articles: Vec<Article>, as_of: DateTime<Utc>) -> impl IntoView {
    if articles.is_empty() {
        return view! { <EmptyState title="No headlines yet" glyph=Glyph::News /> }.into_any();
    }
    let rows = articles.into_iter().map(|article| view! { <NewsRow article as_of /> }).collect_view();
    view! { <ol class="news">{rows}</ol> }.into_any()
}

#[component]
fn NewsRow(article: Article, as_of: DateTime<Utc>) -> impl IntoView {
    let title = match article.url {
        Some(url) => view! {
            <a class="news-title" href=url target="_blank" rel="noopener noreferrer nofollow">
                {article.title}
            </a>
        }
        .into_any(),
        None => view! { <span class="news-title">{article.title}</span> }.into_any(),
    };
    let symbol = article.symbol.map(|symbol| {
        view! { <a href=routes::symbol(&symbol)>{symbol.to_string()}</a> }
    });
    let publisher = match article.source {
        Source::Sample => view! {
            <span class="sample" title="Written for Candlewick to show the place; not news.">
                "Sample"
            </span>
        }
        .into_any(),
        _ => view! { <span>{article.publisher}</span> }.into_any(),
    };
    view! {
        <li class="news-item">
            {title}
            <p class="news-meta">
                {symbol} {publisher} <span>{format::ago(article.published_at, as_of)}</span>
            </p>
            <MoodChip score=Signal::stored(Some(article.score)) />
        </li>
    }
}
