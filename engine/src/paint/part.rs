//! What a shape is, carried through plotters in the place of its colour.

use domain::chart::Ink;
use plotters::style::RGBColor;
use plotters_backend::BackendColor;

/// The role of a shape; with an [`Ink`] it becomes its CSS classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
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

    /// Reads back [`Part::with`].
    pub fn inked(color: BackendColor) -> Option<(Part, Ink)> {
        let (part, ink, _) = color.rgb;
        let ink = match ink {
            0 => Ink::Price,
            1 => Ink::Up,
            2 => Ink::Down,
            3 => Ink::Muted,
            4 => Ink::Accent,
            series => Ink::Series(series - 5),
        };
        Some((*PARTS.get(usize::from(part))?, ink))
    }

    /// Reads back [`Part::with`]: the part and the classes that colour it.
    pub fn read(color: BackendColor) -> Option<(Part, String)> {
        let (part, ink) = Part::inked(color)?;
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
            Ink::Price => "k-price".into(),
            Ink::Up => "k-up".into(),
            Ink::Down => "k-down".into(),
            Ink::Muted => "k-muted".into(),
            Ink::Accent => "k-accent".into(),
            Ink::Series(number) => format!("k-s{number}"),
        };
        Some((part, format!("{word} {ink}")))
    }
}
