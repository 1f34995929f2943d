//! Charts: one spec, painted by the server first and by ECharts once the page is alive.

mod bars;
mod bridge;
mod controls;
mod option;
mod price_chart;

pub use price_chart::PriceChart;
