//! The price chart of a symbol's page.

use super::{
    bars::Bars,
    bridge,
    controls::{Choice, Controls},
    legend::legend_part,
    option::{self, Look},
};
use crate::theme;
use domain::{
    Series,
    chart::{ChartSpec, Developing, PriceChartOptions, PriceStudy, palette::Palette},
};
use leptos::prelude::*;
use std::ops::Range;

const ID: &str = "price-chart";

/// The price chart of a symbol: the server's picture, taken over in the same box by the interactive chart.
///
/// - `series`: daily bars, oldest first. `now`: the bar a live price develops behind them.
/// - `svg`: the picture of the last year with the default options.
#[component]
pub fn PriceChart(
    #[prop(into)] series: Signal<Series>,
    #[prop(into)] now: Signal<Option<Developing>>,
    svg: String,
) -> impl IntoView {
    let choice = Choice::new();
    // A study has no equality of its own; a new series is a new study.
    let study = Memo::new_with_compare(move |_| series.with(PriceStudy::of), |_, _| true);
    let options = Memo::new(move |_| series.with(|series| choice.options(series)));
    let spec = Memo::new(move |_| {
        now.with(|now| study.with(|study| options.with(|options| study.chart(options, now.as_ref()))))
    });
    let cursor = RwSignal::new(None);
    let zoom = RwSignal::new(None);
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
    Effect::new(move |before: Option<Option<Drawn>>| {
        let drawn = Drawn {
            options: options.get(),
            bars: series.with(|series| series.bars.len()),
            times: spec.with(|spec| spec.times.len()),
            looks: looks.get(),
        };
        draw(drawn, before.flatten(), &spec.read(), zoom)
    });
    let legend = move || {
        let spec = spec.read();
        let last = spec.times.len().saturating_sub(1);
        let at = cursor.get().map_or(last, |at| last.min(at));
        spec.legend(at).into_iter().map(legend_part).collect_view()
    };
    view! {
        <Controls choice />
        <p class="chart-legend" id="price-chart-legend">
            {legend}
        </p>
        <div
            class="chart chart-large"
            id=ID
            role="img"
            tabindex="0"
            aria-label=move || spec.read().alternative.clone()
        >
            <div class="chart-picture" inner_html=svg></div>
            <div class="chart-canvas"></div>
        </div>
        <details class="chart-table">
            <summary>
                <span>"Table"</span>
                <span class="chart-hint" aria-hidden="true">
                    "Drag moves, Ctrl and the wheel zoom, arrows step"
                </span>
            </summary>
            <Bars series />
        </details>
    }
}

/// What the chart on the page was drawn from; while it stays the same, only what moves is sent.
#[derive(Debug, Clone, PartialEq)]
struct Drawn {
    options: PriceChartOptions,
    bars: usize,
    times: usize,
    looks: u32,
}

/// Draws anew, or changes what moved. `None` while there is nothing to draw into.
fn draw(
    drawn: Drawn,
    before: Option<Drawn>,
    spec: &ChartSpec,
    zoom: RwSignal<Option<Range<usize>>>,
) -> Option<Drawn> {
    let zoomed = zoom.get();
    let (width_px, height_px) = bridge::size_px(ID).filter(|_| !spec.times.is_empty())?;
    let safe = theme::current("data-colours").as_deref() == Some("safe");
    let look = Look { colours: Palette::of(theme::is_dark(), safe), width_px, height_px };
    // Another range or interval begins unzoomed; another theme or size keeps the view.
    let same =
        before.as_ref().is_some_and(|before| before.options == drawn.options && before.times == drawn.times);
    let shown = zoomed.filter(|_| same).unwrap_or(0..spec.times.len());
    if before.as_ref() == Some(&drawn) {
        bridge::change(ID, &option::moving(spec, look, shown));
    } else {
        if !same {
            zoom.update_untracked(|zoom| *zoom = None);
        }
        bridge::draw(ID, &option::of(spec, look, shown));
    }
    Some(drawn)
}
