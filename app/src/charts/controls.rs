//! What a reader may change about the price chart, and the row of controls for it. Without JavaScript the row is a form
//! of its own page: what it asks for is in the address, and the server paints it.

use super::studies::Studies;
use crate::components::{Button, CheckField, Glyph, Icon, SegmentedControl};
use domain::{
    chart::PriceStyle,
    layout::{ChartLayout, Span},
};
use leptos::prelude::*;

/// The row over the chart. `sliding`: which study's slider moves. `children`: at the foot of the menu.
#[component]
pub fn Controls(
    layout: RwSignal<ChartLayout>,
    sliding: RwSignal<Option<usize>>,
    children: Children,
) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let spans = Span::ALL.map(|span| (span.as_str().to_string(), span.as_str().to_string())).to_vec();
    let styles = [("candles", "Candles"), ("line", "Line")];
    let style = move || match layout.read().style {
        PriceStyle::Candles => "candles".to_string(),
        PriceStyle::Line | PriceStyle::Area => "line".to_string(),
    };
    view! {
        <form
            class="chart-tools"
            aria-label="Chart settings"
            method="get"
            on:submit=move |event| event.prevent_default()
        >
            <SegmentedControl
                name="chart-range"
                legend="Range"
                options=spans
                selected=Signal::derive(move || layout.read().span.as_str().to_string())
                on_change=move |word: String| {
                    if let Some(chosen) = Span::parse(&word) {
                        layout.update(|layout| layout.span = chosen);
                    }
                }
            />
            <SegmentedControl
                name="chart-style"
                legend="Prices as"
                options=styles.map(|(value, words)| (value.to_string(), words.to_string())).to_vec()
                selected=Signal::derive(style)
                on_change=move |word: String| {
                    let style = if word == "line" { PriceStyle::Line } else { PriceStyle::Candles };
                    layout.update(|layout| layout.style = style);
                }
            />
            {switch("Log", "log", layout, |layout| &mut layout.log)}
            <Show when=move || !alive.get()>
                <Button kind="submit" small=true>
                    "Show"
                </Button>
            </Show>
            <details class="menu chart-menu">
                <summary class="button button-small">
                    <Icon glyph=Glyph::Plus />
                    "Indicators"
                </summary>
                <div class="menu-panel">
                    <Studies layout sliding alive />
                    <div class="row study-marks">
                        {switch("Volume", "volume", layout, |layout| &mut layout.volume)}
                        {switch("Signals", "signals", layout, |layout| &mut layout.signals)}
                    </div>
                    {children()}
                </div>
            </details>
        </form>
    }
}

/// A yes or no of the layout; `part` finds it in there.
fn switch(
    words: &'static str,
    name: &'static str,
    layout: RwSignal<ChartLayout>,
    part: fn(&mut ChartLayout) -> &mut bool,
) -> impl IntoView {
    let shown = Signal::derive(move || *part(&mut layout.get()));
    let change = Callback::new(move |on| layout.update(|layout| *part(layout) = on));
    view! { <CheckField label=words name=format!("chart-{name}") checked=shown on_change=change /> }
}
