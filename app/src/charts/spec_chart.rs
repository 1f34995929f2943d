//! A chart that is all there from the start: the server's picture of a spec, taken over in the same box by the
//! interactive chart.

use super::{
    bridge,
    legend::legend_part,
    option::{self, Look},
};
use crate::theme;
use domain::chart::{ChartSpec, palette::Palette};
use leptos::prelude::*;
use std::ops::Range;

/// A chart of a spec.
///
/// - `id`: unique on the page. `svg`: the server's picture of `spec`.
#[component]
pub fn SpecChart(id: &'static str, spec: ChartSpec, svg: String) -> impl IntoView {
    let words = spec.alternative.clone();
    let spec = StoredValue::new(spec);
    let zoom = RwSignal::new(None::<Range<usize>>);
    let told = bridge::attend(id, move |shown| zoom.set(Some(shown)));
    // The looks it was drawn with; while they stay the same, a zoom changes scales alone.
    Effect::new(move |before: Option<Option<u32>>| {
        let (looks, zoomed) = (told.looks.get(), zoom.get());
        if !bridge::is_ready() {
            return None;
        }
        let spec = spec.read_value();
        let (width_px, height_px) = bridge::size_px(id).filter(|_| !spec.times.is_empty())?;
        let safe = theme::current("data-colours").as_deref() == Some("safe");
        let look = Look { colours: Palette::of(theme::is_dark(), safe), width_px, height_px };
        let shown = zoomed.unwrap_or(0..spec.times.len());
        if before.flatten() == Some(looks) {
            bridge::change(id, &option::moving(&spec, look, shown));
        } else {
            bridge::draw(id, &option::of(&spec, look, shown));
        }
        Some(looks)
    });
    let legend = move || {
        let spec = spec.read_value();
        let last = spec.times.len().saturating_sub(1);
        let at = told.cursor.get().map_or(last, |at| last.min(at));
        spec.legend(at).into_iter().map(legend_part).collect_view()
    };
    view! {
        <p class="chart-legend chart-legend-line" id=format!("{id}-legend")>
            {legend}
        </p>
        <div class="chart" id=id role="img" tabindex="0" aria-label=words>
            <div class="chart-picture" inner_html=svg></div>
            <div class="chart-canvas"></div>
        </div>
    }
}
