//! What of a price chart is shown.

use crate::indicator::{Indicator, Study};
use serde::{Deserialize, Serialize};

/// How the price itself is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum PriceStyle {
    /// Drawn as an area where the visible bars lack an open, high or low.
    #[default]
    Candles,
    Line,
    Area,
}

/// Which bars are visible. Indicators are always worked out on the whole series before it is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Window {
    /// Every bar.
    #[default]
    All,
    /// The latest so many.
    Last(u32),
    /// From this index of the series to its end.
    From(u32),
    /// From this index of the series to before that one.
    Between(u32, u32),
}

impl Window {
    /// Index of the first visible one of `count` bars.
    pub fn first(self, count: usize) -> usize {
        match self {
            Window::All => 0,
            Window::Last(bars) => count.saturating_sub(bars as usize),
            Window::From(index) | Window::Between(index, _) => (index as usize).min(count),
        }
    }
}

/// What of a price chart is shown. The default is what a symbol page opens with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PriceChartOptions {
    /// How the price is drawn.
    pub style: PriceStyle,
    /// Over the price or in a pane of its own, each drawn once.
    pub studies: Vec<Study>,
    /// Columns of volume at the foot of the price.
    pub volume: bool,
    /// Markers where signals fired.
    pub signals: bool,
    /// Logarithmic prices; ignored where a visible price is not positive.
    pub log: bool,
    /// Which bars are visible.
    pub window: Window,
    /// The clock of intraday labels.
    pub clock: super::Clock,
    /// Places drawn at most: of more bars, several share one. Indicators are never worked out on shared ones.
    pub most: Option<u32>,
}

impl Default for PriceChartOptions {
    fn default() -> PriceChartOptions {
        PriceChartOptions {
            style: PriceStyle::Candles,
            studies: vec![
                Study::usual(Indicator::Sma).with(0, 50.0),
                Study::usual(Indicator::Sma).with(0, 200.0),
                Study::usual(Indicator::Rsi),
                Study::usual(Indicator::Macd),
            ],
            volume: true,
            signals: true,
            log: false,
            window: Window::All,
            clock: super::Clock::NewYork,
            most: None,
        }
    }
}
