//! What a chart shows, said once for two painters: plotters on the server, ECharts in the browser.
//!
//! [`ChartSpec`] is the description; the other files build one from data. Nothing here paints.

mod layout;
pub mod palette;
mod spec;
mod ticks;

pub use layout::{Frame, Layout, Scale, Tag};
pub use spec::{ChartSpec, Ink, Layer, Mark, Pane};
pub use ticks::{Tick, TimeTick, label, quoted_decimals};
