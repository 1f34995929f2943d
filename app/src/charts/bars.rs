//! The table that says the same as a price chart in numbers.

use crate::{
    components::{Column, DataTable},
    format,
};
use domain::{Bar, Series};
use leptos::prelude::*;

const ROWS: usize = 20;

/// The latest bars in numbers, newest first. Stored ones alone: a live price is no bar yet.
#[component]
pub fn Bars(series: Signal<Series>) -> impl IntoView {
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
    let columns = [
        Column::words("Date"),
        Column::figures("Open"),
        Column::figures("High"),
        Column::figures("Low"),
        Column::figures("Close"),
        Column::figures("Volume"),
    ];
    view! {
        <DataTable caption="The latest bars" columns>
            {move || latest.get().into_iter().map(row).collect_view()}
        </DataTable>
    }
}
