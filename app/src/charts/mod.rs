//! Charts: one spec, painted by the server first and by ECharts once the page is alive.

mod bars;
mod bridge;
mod controls;
mod layouts;
mod legend;
mod option;
mod price_chart;
mod spec_chart;
mod studies;

pub use bridge::when_touched;
pub use price_chart::PriceChart;
pub use spec_chart::SpecChart;
