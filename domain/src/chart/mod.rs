//! What a chart shows, said once for two painters: plotters on the server, ECharts in the browser.
//!
//! [`ChartSpec`] is the description; [`price_chart`], [`mood_chart`] and [`sparkline`] make one from data.
//! Nothing here paints.

mod axis;
mod compare;
mod forecast;
mod grain;
mod layout;
mod legend;
mod mood;
mod options;
pub mod palette;
mod portfolio;
mod price;
mod sparkline;
mod spec;
mod studies;
mod ticks;

pub use axis::{Clock, time_label, time_words};
pub use compare::comparison_chart;
pub use forecast::forecast_chart;
pub use grain::Grain;
pub use layout::{Frame, Layout, Scale, Tag};
pub use legend::LegendPart;
pub use mood::mood_chart;
pub use options::{PriceChartOptions, PriceStyle, Window};
pub use portfolio::{growth_chart, in_benchmark, value_chart};
pub use price::{PriceStudy, Sketch, price_chart};
pub use sparkline::sparkline;
pub use spec::{ChartSpec, Developing, Ink, Layer, Mark, Pane, Spread};
pub use ticks::{Tick, TimeTick, label, quoted_decimals};
