//! What a place looks like before its data is there, in its final shape.

use leptos::prelude::*;

/// The final shape to hold open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Lines of text.
    Text,
    /// [`super::KpiTile`]s.
    Tiles,
    /// Rows of a table or list.
    Rows,
    /// A chart.
    Chart,
}

/// Grey bars in the shape of what is coming.
///
/// - `shape`: see [`Shape`]. `count`: how many lines, tiles or rows; 3 unless said.
/// - `label`: what is being loaded, for screen readers.
#[component]
pub fn Skeleton(
    shape: Shape,
    #[prop(default = 3)] count: u8,
    #[prop(default = "Loading")] label: &'static str,
) -> impl IntoView {
    let (name, count) = match shape {
        Shape::Text => ("text", count),
        Shape::Tiles => ("tiles", count),
        Shape::Rows => ("rows", count),
        Shape::Chart => ("chart", 1),
    };
    let bars = (0..count).map(|_| view! { <span class="skeleton-bar"></span> }).collect_view();
    view! {
        <div class="skeleton" data-shape=name role="status">
            <span class="sr-only">{label}</span>
            {bars}
        </div>
    }
}
