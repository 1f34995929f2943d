//! The colours and measures of a chart, one set for both painters.
//!
//! The browser's canvas needs colours as hex; the server's picture uses the same tokens through CSS classes.
//! A test holds these values to `style/tokens.css`.

use super::Ink;

/// Colours of one theme, as sRGB hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// What a chart stands on, and the words on a coloured tag.
    pub background: &'static str,
    /// Grid lines.
    pub line: &'static str,
    /// The price line, words that matter.
    pub text: &'static str,
    /// Labels.
    pub muted: &'static str,
    /// The flame.
    pub accent: &'static str,
    /// Rising.
    pub up: &'static str,
    /// Falling.
    pub down: &'static str,
    /// Told apart by colour-blind readers.
    pub series: [&'static str; 8],
}

/// The dark "war room".
pub const DARK: Palette = Palette {
    background: "#0c1016",
    line: "#292e36",
    text: "#e4e8ef",
    muted: "#9da5b1",
    accent: "#f2af48",
    up: "#2cce99",
    down: "#fa6863",
    series: ["#5cb4ef", "#f2af48", "#3fbe90", "#e488be", "#87d7f7", "#f37344", "#ebe377", "#8b939f"],
};

/// The light theme, also for print.
pub const LIGHT: Palette = Palette {
    background: "#fbfaf8",
    line: "#e3e1dd",
    text: "#1a2029",
    muted: "#525864",
    accent: "#bb6802",
    up: "#007852",
    down: "#c51d28",
    series: ["#1777b8", "#c5770f", "#1b8864", "#b6508e", "#3e9cbd", "#bf4306", "#ab9925", "#4f5661"],
};

/// [`DARK`] with the colour-blind-safe pair for up and down.
pub const DARK_SAFE: Palette = Palette { up: "#56acf0", down: "#f2943c", ..DARK };

/// [`LIGHT`] with the colour-blind-safe pair for up and down.
pub const LIGHT_SAFE: Palette = Palette { up: "#0f68a2", down: "#a05600", ..LIGHT };

impl Palette {
    /// The palette of a theme and of the setting for colour-blind readers.
    pub fn of(dark: bool, safe: bool) -> &'static Palette {
        match (dark, safe) {
            (true, false) => &DARK,
            (true, true) => &DARK_SAFE,
            (false, false) => &LIGHT,
            (false, true) => &LIGHT_SAFE,
        }
    }

    /// The colour of a role. Series beyond the eighth start over.
    pub fn ink(&self, ink: Ink) -> &'static str {
        match ink {
            Ink::Price => self.text,
            Ink::Up => self.up,
            Ink::Down => self.down,
            Ink::Muted => self.muted,
            Ink::Accent => self.accent,
            Ink::Series(number) => self.series[usize::from(number) % self.series.len()],
        }
    }
}

/// Measures both painters keep to. Lengths are CSS pixels unless the name says otherwise; what
/// `style/components/chart.css` repeats of them is held to these by a test.
pub mod rules {
    /// The size a symbol's chart is laid out for. Both painters show as many labels as fit there, whatever the
    /// size they are drawn at, so that they show the same.
    pub const PAGE_PX: (u32, u32) = (1080, 560);
    /// Places of a chart at most: more would share pixels, and every one is drawn anew with each change.
    pub const MOST_PLACES: u32 = 1500;
    /// Width and height of the tag of the last value.
    pub const TAG_PX: (f64, f64) = (58.0, 18.0);
    /// Gap between the panes and the tag.
    pub const TAG_GAP_PX: f64 = 3.0;
    /// Closer to the tag than this, a label gives way, so that they stay apart in a lower box too.
    pub const TAG_CLEARANCE_PX: f64 = 22.0;
    /// Size of every label.
    pub const LABEL_PX: f64 = 11.0;
    /// Room for the labels of the vertical axes, right of the panes.
    pub const AXIS_WIDTH_PX: f64 = 64.0;
    /// Room for the labels of the time axis, under the last pane.
    pub const AXIS_HEIGHT_PX: f64 = 24.0;
    /// Width of lines.
    pub const LINE_PX: f64 = 1.5;
    /// Width of a candle's body as a share of its place.
    pub const CANDLE_RATIO: f64 = 0.7;
    /// Width of the tick in the middle of a range, in places.
    pub const RANGE_RATIO: f64 = 3.0;
    /// Opacity of grid lines.
    pub const GRID_OPACITY: f64 = 0.6;
    /// Opacity of the volume columns.
    pub const VOLUME_OPACITY: f64 = 0.3;
    /// Opacity of a histogram's columns.
    pub const HISTOGRAM_OPACITY: f64 = 0.6;
    /// Opacity of what lies under an area's line.
    pub const AREA_OPACITY: f64 = 0.14;
    /// Opacity between the lines of a band.
    pub const BAND_OPACITY: f64 = 0.08;
    /// Share of a pane's height the tallest volume column takes.
    pub const VOLUME_SHARE: f64 = 0.22;
    /// Share of the whole height between two panes, holding the lower one's title.
    pub const GAP_SHARE: f64 = 0.05;
    /// Share of the whole height above the first pane.
    pub const TOP_SHARE: f64 = 0.02;
    /// Room above and below the values shown, as a share of their range.
    pub const PADDING_SHARE: f64 = 0.05;
    /// Labels of the time axis at most: in a wide chart, and in one narrower than [`NARROW_PX`].
    pub const TIME_LABELS: usize = 10;
    /// Below this width every second label of the time axis is left out.
    pub const NARROW_PX: f64 = 640.0;
}
