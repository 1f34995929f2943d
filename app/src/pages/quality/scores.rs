//! How good and how fresh each source is.

use crate::{
    components::{EmptyState, Sparkline},
    format,
};
use domain::{
    etl::{EtlSource, Freshness, QualityScore},
    quality::Dimension,
};
use leptos::prelude::*;

/// A card per source: age, and a line per dimension with its latest score and its course.
#[component]
pub fn ScoreBoard(scores: Vec<QualityScore>, freshness: Vec<Freshness>) -> impl IntoView {
    let cards = EtlSource::ALL
        .map(|source| {
            let of: Vec<QualityScore> = scores.iter().filter(|each| each.source == source).cloned().collect();
            let fresh = freshness.iter().find(|each| each.source == source).cloned();
            view! { <SourceCard source scores=of fresh /> }
        })
        .collect_view();
    view! { <div class="quality-board">{cards}</div> }
}

#[component]
fn SourceCard(source: EtlSource, scores: Vec<QualityScore>, fresh: Option<Freshness>) -> impl IntoView {
    let lines: Vec<_> = Dimension::ALL
        .into_iter()
        .filter_map(|dimension| {
            let course: Vec<f64> =
                scores.iter().filter(|each| each.dimension == dimension).map(|each| each.score).collect();
            Some((dimension, *course.last()?, course))
        })
        .collect();
    let body = if lines.is_empty() {
        view! { <EmptyState title="Not collected yet" text="Collect it with the button above." /> }.into_any()
    } else {
        let rows = lines
            .into_iter()
            .map(|(dimension, score, course)| {
                let words = dimension_in_words(dimension);
                let grade = grade(score);
                view! {
                    <li class="quality-line">
                        <span class="quality-name">{words}</span>
                        <Sparkline
                            values=course
                            label=format!("{words} day by day, now {}", score_in_words(score))
                        />
                        <span class="quality-score num" data-grade=grade.0>
                            {score_in_words(score)}
                            <span class="sr-only">{format!(", {}", grade.1)}</span>
                        </span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="quality-lines">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-label=source.title()>
            <div class="card-head">
                <h2>{source.title()}</h2>
                {fresh.map(|fresh| view! { <Age fresh /> })}
            </div>
            <div class="card-body">{body}</div>
        </section>
    }
}

#[component]
fn Age(fresh: Freshness) -> impl IntoView {
    let newest = fresh.newest.map_or(format::NONE.to_string(), format::date);
    let share = format!("{} of {} fresh", fresh.fresh, fresh.subjects);
    view! {
        <span class="muted quality-age" title="Newest record, and how many are as new as they can be">
            {newest} " · " {share}
        </span>
    }
}

/// As percent.
pub fn score_in_words(score: f64) -> String {
    // Nothing but perfect is 100 %.
    let shown = if score < 1.0 { score.min(0.9999) } else { 1.0 };
    format!("{} %", format::number(shown * 100.0, if shown < 1.0 { 2 } else { 0 }))
}

/// For colour, and the same in words.
fn grade(score: f64) -> (&'static str, &'static str) {
    match score {
        score if score >= 0.99 => ("good", "good"),
        score if score >= 0.9 => ("fair", "fair"),
        _ => ("poor", "poor"),
    }
}

/// What people read.
pub fn dimension_in_words(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Completeness => "Completeness",
        Dimension::Consistency => "Consistency",
        Dimension::Accuracy => "Accuracy",
        Dimension::Timeliness => "Timeliness",
        Dimension::Uniqueness => "Uniqueness",
    }
}
