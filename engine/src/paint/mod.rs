//! Pictures on the server: a [`ChartSpec`] painted by plotters as SVG for pages, and by [`crate::pdf`] on paper.
//!
//! The server does not know the reader's theme, so the picture names no colour: every shape carries a class
//! (`k-candle k-up`) and `style/components/chart.css` gives it the token's colour. Everything is placed in
//! shares of the box, so the picture fits any width without distorting its words, and the interactive chart,
//! laid out by the same [`domain::chart::Layout`], takes over in place.

mod backend;
mod chart;
mod part;
mod preview;

pub(crate) use backend::UNITS;
pub(crate) use chart::paint_on;
pub(crate) use part::Part;
pub use preview::preview;

use crate::{Engine, Error, Result, analysis::blocking};
use domain::chart::{ChartSpec, palette::rules::PAGE_PX};

/// The size a picture is laid out for, in CSS pixels. It may be shown at another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// With the labels at the right.
    pub width: u32,
    /// With the labels at the foot.
    pub height: u32,
}

impl Size {
    /// The chart of a symbol's page.
    pub const PAGE: Size = Size { width: PAGE_PX.0, height: PAGE_PX.1 };
    /// A chart among others.
    pub const SMALL: Size = Size { width: 1080, height: 240 };
    /// A line beside a number. Below 80 pixels a chart has no axes.
    pub const SPARK: Size = Size { width: 120, height: 32 };

    fn is_bare(self) -> bool {
        self.height < 80
    }
}

/// Paints the whole of a chart as an `<svg>` element to put into a page.
///
/// The result holds no inline style and no script, and its words are escaped.
///
/// # Errors
/// [`Error::Internal`] when plotters can not draw.
pub fn svg(spec: &ChartSpec, size: Size) -> Result<String> {
    chart::paint(spec, size).map_err(|why| Error::Internal(format!("painting a chart: {why}")))
}

impl Engine {
    /// Makes and paints a chart off the threads that answer requests.
    ///
    /// # Errors
    /// As [`svg`].
    pub async fn paint(
        &self,
        make: impl FnOnce() -> ChartSpec + Send + 'static,
        size: Size,
    ) -> Result<String> {
        blocking(move || svg(&make(), size)).await?
    }
}
