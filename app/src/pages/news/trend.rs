//! How the last thirty days sounded, beside the price.

use crate::{
    components::{Column, EmptyState, Glyph, MoodChip, TableHead},
    format,
};
use domain::sentiment::{Analyser, DayMood, Mood};
use leptos::prelude::*;

/// The server's picture, the figures of it, and what an analyser wrote.
#[component]
pub fn Trend(name: String, svg: String, trend: Vec<DayMood>, mood: Option<Mood>) -> impl IntoView {
    let written = mood.filter(|mood| mood.analyser != Analyser::Vader).and_then(|mood| {
        let words = mood.analysis?;
        Some(view! {
            <p class="card-body news-analysis">
                <strong>{format!("{} writes: ", mood.analyser.name())}</strong>
                {words}
                <span class="muted">" Written by a machine about headlines of strangers; not advice."</span>
            </p>
        })
    });
    let body = if trend.is_empty() || svg.is_empty() {
        view! { <EmptyState title="No headlines in the last 30 days" glyph=Glyph::News /> }.into_any()
    } else {
        view! {
            <div class="chart news-chart" inner_html=svg></div>
            <details class="card-foot news-table">
                <summary>"Figures"</summary>
                <Figures trend />
            </details>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="trend-title">
            <header class="card-head">
                <h2 id="trend-title">{format!("Mood beside price: {name}, 30 days")}</h2>
            </header>
            {written}
            {body}
        </section>
    }
}

#[component]
fn Figures(trend: Vec<DayMood>) -> impl IntoView {
    let rows = trend
        .into_iter()
        .rev()
        .map(|day| {
            view! {
                <tr>
                    <th scope="row">{format::date(day.date)}</th>
                    <td class="cell-num">
                        <MoodChip score=Signal::stored(Some(day.score)) with_label=true />
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <caption class="sr-only">"Mean mood of each day that has headlines, newest first"</caption>
            <TableHead columns=[Column::words("Day (UTC)"), Column::figures("Mood")] />
            <tbody>{rows}</tbody>
        </table>
    }
}
