//! The cone of a forecast.

use super::{
    bridge,
    legend::legend_part,
    option::{self, Look},
};
use crate::theme;
use domain::chart::{ChartSpec, palette::Palette};
use leptos::prelude::*;
use std::ops::Range;

const ID: &str = "forecast-chart";

/// What is expected, behind what was: the server's picture, taken over in the same box by the interactive chart.
#[component]
pub fn ForecastChart(#[prop(into)] spec: Signal<ChartSpec>, svg: String) -> impl IntoView {
    let cursor = RwSignal::new(None);
    let zoom = RwSignal::new(None::<Range<usize>>);
    let looks = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let redraw =
            window_event_listener_untyped(bridge::REDRAW, move |_| looks.update(|count| *count += 1));
        let cursor = window_event_listener_untyped(bridge::CURSOR, move |event| {
            if let Some(at) = bridge::cursor(&event, ID) {
                cursor.set(at);
            }
        });
        let zoom = window_event_listener_untyped(bridge::ZOOM, move |event| {
            if let Some(shown) = bridge::zoom(&event, ID) {
                zoom.set(Some(shown));
            }
        });
        on_cleanup(move || {
            [redraw, cursor, zoom].into_iter().for_each(WindowListenerHandle::remove);
            bridge::dispose(ID);
        });
        bridge::load();
    });
    // What was drawn before tells whether all of it has to be drawn anew.
    Effect::new(move |before: Option<Option<(u32, Vec<String>)>>| {
        let (looks, zoomed, spec) = (looks.get(), zoom.get(), spec.read());
        let (width_px, height_px) = bridge::size_px(ID)?;
        let safe = theme::current("data-colours").as_deref() == Some("safe");
        let look = Look { colours: Palette::of(theme::is_dark(), safe), width_px, height_px };
        let before = before.flatten();
        let same = before.as_ref().is_some_and(|(_, times)| *times == spec.times);
        let shown = zoomed.filter(|_| same).unwrap_or(0..spec.times.len());
        if same && before.is_some_and(|(drawn, _)| drawn == looks) {
            bridge::change(ID, &option::moving(&spec, look, shown));
        } else {
            bridge::draw(ID, &option::of(&spec, look, shown));
        }
        Some((looks, spec.times.clone()))
    });
    let legend = move || {
        let spec = spec.read();
        let at = cursor.get().unwrap_or(usize::MAX).min(spec.times.len().saturating_sub(1));
        spec.legend(at).into_iter().map(legend_part).collect_view()
    };
    view! {
        <p class="chart-legend" id="forecast-chart-legend">
            {legend}
        </p>
        <div
            class="chart"
            id=ID
            role="img"
            tabindex="0"
            aria-label=move || spec.read().alternative.clone()
        >
            <div class="chart-picture" inner_html=svg></div>
            <div class="chart-canvas"></div>
        </div>
    }
}
