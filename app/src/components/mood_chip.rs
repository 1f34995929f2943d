//! What headlines say: a score from -1 to 1 and its word.

use super::{Icon, Trend};
use crate::format;
use domain::sentiment::Label;
use leptos::prelude::*;

/// A sentiment score with its sign, arrow and label.
///
/// - `score`: -1 to 1; `None` where there are no headlines.
/// - `with_label`: writes `Positive`, `Neutral` or `Negative` out; otherwise only screen readers hear it.
#[component]
pub fn MoodChip(
    #[prop(into)] score: Signal<Option<f64>>,
    #[prop(optional)] with_label: bool,
) -> impl IntoView {
    let trend = move || match score.get().map(Label::of) {
        Some(Label::Positive) => Trend::Up,
        Some(Label::Negative) => Trend::Down,
        Some(Label::Neutral) | None => Trend::Flat,
    };
    let word = move || score.get().map_or("No headlines", |score| Label::of(score).as_str());
    view! {
        <span class="mood num" data-trend=move || trend().as_str() title=word>
            <Icon glyph=Signal::derive(move || trend().glyph()) />
            <span>{move || score.get().map_or_else(|| format::NONE.to_string(), |score| format::signed(score, 2))}</span>
            <span class=if with_label { "mood-label" } else { "sr-only" }>{word}</span>
        </span>
    }
}
