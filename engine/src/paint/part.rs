//! What a shape is, carried through plotters in the place of its colour.

use domain::chart::Ink;
use plotters::style::RGBColor;
use plotters_backend::BackendColor;

/// The role of a shape; with an [`Ink`] it becomes its CSS classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Grid,
    Level,
    Fill,
    Band,
    Volume,
    Histogram,
    Candle,
    Developing,
    Line,
    Last,
    Mark,
    Title,
    Value,
    Time,
    TimeMinor,
    Tag,
    OpenTag,
}

const PARTS: [Part; 17] = [
    Part::Grid,
    Part::Level,
    Part::Fill,
    Part::Band,
    Part::Volume,
    Part::Histogram,
    Part::Candle,
    Part::Developing,
    Part::Line,
    Part::Last,
    Part::Mark,
    Part::Title,
    Part::Value,
    Part::Time,
    Part::TimeMinor,
    Part::Tag,
    Part::OpenTag,
];

impl Part {
    /// The stand-in colour plotters is given.
    pub fn with(self, ink: Ink) -> RGBColor {
        let ink = match ink {
            Ink::Price => 0,
            Ink::Up => 1,
            Ink::Down => 2,
            Ink::Muted => 3,
            Ink::Accent => 4,
            Ink::Series(number) => 5 + number % 8,
        };
        RGBColor(self as u8, ink, 0)
    }

    /// Reads back [`Part::with`]: the part and the classes that colour it.
    pub fn read(color: BackendColor) -> Option<(Part, String)> {
        let (part, ink, _) = color.rgb;
        let part = *PARTS.get(usize::from(part))?;
        let word = match part {
            Part::Grid => return Some((part, "k-grid".into())),
            Part::Level => return Some((part, "k-level".into())),
            Part::Title => return Some((part, "k-title".into())),
            Part::Value | Part::Time => return Some((part, "k-label".into())),
            Part::TimeMinor => return Some((part, "k-label k-minor".into())),
            Part::Fill => "k-fill",
            Part::Band => "k-band",
            Part::Volume => "k-volume",
            Part::Histogram => "k-histogram",
            Part::Candle => "k-candle",
            Part::Developing => "k-candle k-developing",
            Part::Line => "k-line",
            Part::Last => "k-last",
            Part::Mark => "k-mark",
            Part::Tag => "k-tag",
            Part::OpenTag => "k-tag k-open",
        };
        let ink = match ink {
            0 => "k-price".into(),
            1 => "k-up".into(),
            2 => "k-down".into(),
            3 => "k-muted".into(),
            4 => "k-accent".into(),
            series => format!("k-s{}", series - 5),
        };
        Some((part, format!("{word} {ink}")))
    }
}
