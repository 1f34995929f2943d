//! The price chart of a symbol's page.

use super::{
    bridge,
    controls::{Choice, Controls},
    option,
};
use crate::{
    components::{ColumnHead, DataTable},
    format, theme,
};
use domain::{
    Bar, Series,
    chart::{palette::Palette, price_chart},
};
use leptos::prelude::*;

const ID: &str = "price-chart";

/// Rows of the table that says the same in numbers.
const ROWS: usize = 20;

/// The price chart of a symbol: the server's picture, taken over in the same box by the interactive chart.
///
/// - `series`: daily bars, oldest first. `svg`: the picture of the last year with the default options.
#[component]
pub fn PriceChart(#[prop(into)] series: Signal<Series>, svg: String) -> impl IntoView {
    let choice = Choice::new();
    let spec = Memo::new(move |_| series.with(|series| price_chart(series, &choice.options(series))));
    let drawn = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let listener =
            window_event_listener_untyped(bridge::REDRAW, move |_| drawn.update(|count| *count += 1));
        on_cleanup(move || {
            listener.remove();
            bridge::dispose(ID);
        });
        bridge::load();
    });
    Effect::new(move |_| {
        drawn.track();
        let safe = theme::current("data-colours").as_deref() == Some("safe");
        let colours = Palette::of(theme::is_dark(), safe);
        let spec = spec.read();
        if let Some(height_px) = bridge::height_px(ID).filter(|_| !spec.times.is_empty()) {
            bridge::draw(ID, &option::of(&spec, colours, height_px));
        }
    });
    let alternative = move || spec.read().alternative.clone();
    view! {
        <Controls choice />
        <p class="chart-legend" id="price-chart-legend"></p>
        <div class="chart chart-large" id=ID role="img" tabindex="0" aria-label=alternative>
            <div class="chart-picture" inner_html=svg></div>
            <div class="chart-canvas"></div>
        </div>
        <details class="chart-table">
            <summary>"Table"</summary>
            <Bars series />
        </details>
    }
}

/// The latest bars in numbers, newest first.
#[component]
fn Bars(series: Signal<Series>) -> impl IntoView {
    let latest =
        Memo::new(move |_| series.read().bars.iter().rev().take(ROWS).copied().collect::<Vec<Bar>>());
    let price = |value: Option<f64>| value.map_or(format::NONE.to_string(), format::price);
    let row = move |bar: Bar| {
        view! {
            <tr>
                <td class="cell-key">{format::date(bar.date())}</td>
                <td class="cell-num">{price(bar.open)}</td>
                <td class="cell-num">{price(bar.high)}</td>
                <td class="cell-num">{price(bar.low)}</td>
                <td class="cell-num cell-main">{format::price(bar.close)}</td>
                <td class="cell-num">{bar.volume.map_or(format::NONE.to_string(), format::compact)}</td>
            </tr>
        }
    };
    view! {
        <DataTable caption="The latest bars">
            <thead>
                <tr>
                    <ColumnHead>"Date"</ColumnHead>
                    <ColumnHead numeric=true>"Open"</ColumnHead>
                    <ColumnHead numeric=true>"High"</ColumnHead>
                    <ColumnHead numeric=true>"Low"</ColumnHead>
                    <ColumnHead numeric=true>"Close"</ColumnHead>
                    <ColumnHead numeric=true>"Volume"</ColumnHead>
                </tr>
            </thead>
            <tbody>{move || latest.get().into_iter().map(row).collect_view()}</tbody>
        </DataTable>
    }
}
