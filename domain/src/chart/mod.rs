//! What a chart shows, said once for two painters: plotters on the server, ECharts in the browser.
//!
//! [`ChartSpec`] is the description; the other files build one from data. Nothing here paints.

mod spec;

pub use spec::{ChartSpec, Ink, Layer, Mark, Pane};
