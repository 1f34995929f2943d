//! Which way something went: the one place that turns a change into an arrow and a colour.

use super::Glyph;
use domain::signal::Action;

/// Up, down or unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Trend {
    Up,
    Down,
    Flat,
}

impl Trend {
    /// The trend of a change as it is shown with two decimals: what rounds to zero is flat.
    pub fn of(change: Option<f64>) -> Trend {
        match change {
            Some(change) if change >= 0.005 => Trend::Up,
            Some(change) if change <= -0.005 => Trend::Down,
            _ => Trend::Flat,
        }
    }

    /// Where a signal points.
    pub fn of_action(action: Action) -> Trend {
        match action {
            Action::Buy => Trend::Up,
            Action::Sell => Trend::Down,
            Action::Neutral | Action::NoData => Trend::Flat,
        }
    }

    /// The value of `data-trend`, which style sheets colour.
    pub fn as_str(self) -> &'static str {
        match self {
            Trend::Up => "up",
            Trend::Down => "down",
            Trend::Flat => "flat",
        }
    }

    /// The arrow that says it without colour.
    pub fn glyph(self) -> Glyph {
        match self {
            Trend::Up => Glyph::Up,
            Trend::Down => Glyph::Down,
            Trend::Flat => Glyph::Flat,
        }
    }
}
