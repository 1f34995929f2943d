//! Charts: one spec, painted by the server first and by ECharts once the page is alive.

use domain::Series;
use leptos::prelude::*;

/// The price chart of a symbol.
#[component]
pub fn PriceChart(#[prop(into)] series: Signal<Series>, svg: String) -> impl IntoView {
    let _ = series;
    view! { <div class="chart-svg" inner_html=svg></div> }
}
