//! The description of a chart, without how it is painted.
//!
//! A spec holds values and roles, never colours or pixels of a line: both painters take those from the same
//! tokens, so that the interactive chart takes over from the server's picture without a jump.

use crate::Bar;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A whole chart: panes under each other over one shared time axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChartSpec {
    /// Says what the chart shows, for those who do not see it ("AAPL closed at 158.52 on 10 Mar 2022, ...").
    pub alternative: String,
    /// Labels of the shared axis, oldest first: `2022-03-10` or `2022-03-10 15:30`.
    pub times: Vec<String>,
    /// From top to bottom.
    pub panes: Vec<Pane>,
    /// Vertical scale of the first pane.
    pub log: bool,
    /// Whether the newest of [`ChartSpec::times`] is still moving; painters draw it hollow.
    pub developing: Option<Developing>,
}

impl ChartSpec {
    /// Whether both have the same times, panes and layers, so that one follows from the other by values alone.
    pub fn has_shape_of(&self, other: &ChartSpec) -> bool {
        let alike = |(one, other): (&Pane, &Pane)| {
            let kinds = |pane: &Pane| pane.layers.iter().map(std::mem::discriminant).collect::<Vec<_>>();
            one.levels == other.levels && one.weight == other.weight && kinds(one) == kinds(other)
        };
        self.log == other.log
            && self.developing.is_some() == other.developing.is_some()
            && self.panes.len() == other.panes.len()
            && self.panes.iter().zip(&other.panes).all(alike)
            && self.times == other.times
    }
}

/// A bar that is not closed yet, beyond the stored history.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Developing {
    /// The bar so far.
    pub bar: Bar,
    /// Made up by the simulated feed; said wherever it is shown.
    pub simulated: bool,
}

impl Developing {
    /// What a live price adds to a daily history; `None` where it is not newer than the history, or no price.
    pub fn of(bars: &[Bar], price: f64, time: DateTime<Utc>, simulated: bool) -> Option<Developing> {
        let last = bars.last()?;
        let is_newer = simulated || time.date_naive() > last.date();
        let bar = Bar::developing(last, crate::indicator::usable(price)?, time);
        is_newer.then_some(Developing { bar, simulated })
    }

    /// In the place of the time: `Now, simulated`.
    pub fn words(self) -> &'static str {
        if self.simulated { "Now, simulated" } else { "Now" }
    }
}

/// One of the charts stacked over the shared axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pane {
    /// Shown at the top left, as `RSI 14`.
    pub title: String,
    /// Share of the height, relative to the other panes.
    pub weight: f64,
    /// Fixed ends of the vertical axis; `None` fits the values shown.
    pub range: Option<(f64, f64)>,
    /// Horizontal lines, as RSI's 30 and 70.
    pub levels: Vec<f64>,
    /// Painted in order, later ones on top.
    pub layers: Vec<Layer>,
}

/// A thing drawn in a pane. All value lists are as long as [`ChartSpec::times`]; `None` is a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Layer {
    Candles {
        bars: Vec<Bar>,
    },
    Line {
        name: String,
        ink: Ink,
        values: Vec<Option<f64>>,
    },
    Area {
        name: String,
        ink: Ink,
        values: Vec<Option<f64>>,
    },
    Band {
        name: String,
        ink: Ink,
        upper: Vec<Option<f64>>,
        lower: Vec<Option<f64>>,
    },
    /// Columns from zero, coloured by sign.
    Histogram {
        name: String,
        values: Vec<Option<f64>>,
    },
    /// Columns at 30 % opacity at the foot of the pane; `up` colours each.
    Volume {
        values: Vec<Option<f64>>,
        up: Vec<bool>,
    },
    Markers {
        marks: Vec<Mark>,
    },
    /// Upright lines with a tick at the middle, as forecasts that were made for one day.
    Ranges {
        name: String,
        ink: Ink,
        ranges: Vec<Option<Spread>>,
    },
}

/// What lies between two ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Spread {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
}

/// A point worth noticing, as a signal that fired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Index into [`ChartSpec::times`].
    pub at: u32,
    /// Where on the vertical axis.
    pub value: f64,
    /// True points up (buy), false down (sell).
    pub up: bool,
    /// Shown on hover.
    pub text: String,
}

/// A colour by role; both painters look it up in the same palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Ink {
    Price,
    Up,
    Down,
    Muted,
    Accent,
    /// One of the eight series colours, 0 to 7.
    Series(u8),
}
