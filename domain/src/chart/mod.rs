//! What a chart shows, said once for two painters: plotters on the server, ECharts in the browser.
//!
//! [`ChartSpec`] is the description; [`price_chart`] and [`sparkline`] make one from data. Nothing here paints.

mod axis;
mod options;
mod price;
mod sparkline;
mod spec;

pub use axis::{Clock, time_label};
pub use options::{Overlay, PriceChartOptions, PriceStyle, Window};
pub use price::price_chart;
pub use sparkline::sparkline;
pub use spec::{ChartSpec, Ink, Layer, Mark, Pane};
