//! Charts: one spec, painted by the server first and by ECharts once the page is alive.

mod bars;
mod bridge;
mod controls;
mod layouts;
mod option;
mod price_chart;
mod studies;

pub use price_chart::PriceChart;
