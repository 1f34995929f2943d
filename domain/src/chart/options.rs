//! What of a price chart is shown.

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

/// A line or band over the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Overlay {
    Sma20,
    Sma50,
    Sma200,
    Ema12,
    Ema26,
    Bollinger,
}

impl Overlay {
    /// All overlays in the order people expect them.
    pub const ALL: [Overlay; 6] =
        [Overlay::Sma20, Overlay::Sma50, Overlay::Sma200, Overlay::Ema12, Overlay::Ema26, Overlay::Bollinger];

    /// The word on the wire and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Overlay::Sma20 => "sma20",
            Overlay::Sma50 => "sma50",
            Overlay::Sma200 => "sma200",
            Overlay::Ema12 => "ema12",
            Overlay::Ema26 => "ema26",
            Overlay::Bollinger => "bollinger",
        }
    }

    /// Reads back [`Overlay::as_str`].
    pub fn parse(word: &str) -> Option<Overlay> {
        Overlay::ALL.into_iter().find(|overlay| overlay.as_str() == word)
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Overlay::Sma20 => "SMA 20",
            Overlay::Sma50 => "SMA 50",
            Overlay::Sma200 => "SMA 200",
            Overlay::Ema12 => "EMA 12",
            Overlay::Ema26 => "EMA 26",
            Overlay::Bollinger => "Bollinger 20, 2",
        }
    }
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
}

impl Window {
    /// Index of the first visible one of `count` bars.
    pub fn first(self, count: usize) -> usize {
        match self {
            Window::All => 0,
            Window::Last(bars) => count.saturating_sub(bars as usize),
            Window::From(index) => (index as usize).min(count),
        }
    }
}

/// What of a price chart is shown. The default is what a symbol page opens with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PriceChartOptions {
    /// How the price is drawn.
    pub style: PriceStyle,
    /// Over the price; drawn in the order of [`Overlay::ALL`].
    pub overlays: Vec<Overlay>,
    /// Columns of volume at the foot of the price.
    pub volume: bool,
    /// Markers where signals fired.
    pub signals: bool,
    /// The pane of RSI 14.
    pub rsi: bool,
    /// The pane of MACD 12/26/9.
    pub macd: bool,
    /// Logarithmic prices; ignored where a visible price is not positive.
    pub log: bool,
    /// Which bars are visible.
    pub window: Window,
    /// The clock of intraday labels.
    pub clock: super::Clock,
}

impl Default for PriceChartOptions {
    fn default() -> PriceChartOptions {
        PriceChartOptions {
            style: PriceStyle::Candles,
            overlays: vec![Overlay::Sma50, Overlay::Sma200],
            volume: true,
            signals: true,
            rsi: true,
            macd: true,
            log: false,
            window: Window::All,
            clock: super::Clock::NewYork,
        }
    }
}
