//! The composite: every opinion about a symbol in one figure, with its parts.

use crate::{Bar, figure, indicator::IndicatorRow};
use serde::{Deserialize, Serialize};

/// What a part of the composite looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PartKind {
    Rsi,
    Macd,
    Trend,
    Bollinger,
    Breakout,
    Sentiment,
}

impl PartKind {
    /// Its share of the composite; together 100.
    pub fn weight(self) -> f64 {
        match self {
            PartKind::Rsi | PartKind::Macd => 20.0,
            PartKind::Trend => 25.0,
            PartKind::Bollinger | PartKind::Sentiment => 10.0,
            PartKind::Breakout => 15.0,
        }
    }

    /// The word people read.
    pub fn as_str(self) -> &'static str {
        match self {
            PartKind::Rsi => "RSI",
            PartKind::Macd => "MACD",
            PartKind::Trend => "Trend",
            PartKind::Bollinger => "Bollinger",
            PartKind::Breakout => "Breakout",
            PartKind::Sentiment => "Sentiment",
        }
    }
}

/// One opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What it looks at.
    pub kind: PartKind,
    /// -1 (sell) to 1 (buy).
    pub score: f64,
    /// In plain words.
    pub reason: String,
}

/// All opinions in one figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Composite {
    /// -100 (sell) to 100 (buy): the sum of weight times score over the parts, rescaled to the weights that are there.
    pub score: f64,
    /// In the order of [`PartKind`]; what cannot be said for want of history or data is left out.
    pub parts: Vec<Part>,
}

impl Composite {
    /// Of the indicators at one bar, what the breakout rule says there, and the mood of the headlines by then, -1 to 1.
    /// `None` without any part.
    ///
    /// RSI `clamp((50 - rsi) / 20)`, MACD `clamp(histogram / (0.5 ATR))`, trend 1 for close > SMA 50 > SMA 200, -1 for the
    /// reverse, else 0.5 by the close against SMA 200, Bollinger `clamp((middle - close) / (upper - middle))`, breakout and
    /// sentiment as they are; weights 20, 20, 25, 10, 15, 10.
    ///
    /// ```
    /// use domain::{Bar, indicator::IndicatorRow, signal::Composite};
    /// let row: IndicatorRow = serde_json::from_str(r#"{"time":"1970-01-01T00:00:00Z","rsi14":40.0}"#).unwrap();
    /// let bar = Bar { time: row.time, open: None, high: None, low: None, close: 10.0, adj_close: None, volume: None };
    /// // RSI alone: half of its weight, rescaled. With a glad mood of 1: (20 * 0.5 + 10 * 1) / 30.
    /// assert_eq!(Composite::of(&bar, &row, None, None).unwrap().score, 50.0);
    /// assert!((Composite::of(&bar, &row, None, Some(1.0)).unwrap().score - 200.0 / 3.0).abs() < 1e-12);
    /// ```
    pub fn of(bar: &Bar, row: &IndicatorRow, breakout: Option<f64>, mood: Option<f64>) -> Option<Composite> {
        let parts: Vec<Part> = [
            rsi(row),
            macd(row),
            trend(bar, row),
            bollinger(bar, row),
            breakout.map(said_by_breakout),
            mood.map(said_by_headlines),
        ]
        .into_iter()
        .flatten()
        .collect();
        let weights: f64 = parts.iter().map(|part| part.kind.weight()).sum();
        let sum: f64 = parts.iter().map(|part| part.kind.weight() * part.score).sum();
        (weights > 0.0).then(|| Composite { score: 100.0 * sum / weights, parts })
    }
}

fn part(kind: PartKind, score: f64, reason: String) -> Part {
    Part { kind, score: score.clamp(-1.0, 1.0), reason }
}

fn rsi(row: &IndicatorRow) -> Option<Part> {
    let rsi = row.rsi14?;
    Some(part(PartKind::Rsi, (50.0 - rsi) / 20.0, format!("RSI 14 is {}", figure::grouped(rsi, 1))))
}

fn macd(row: &IndicatorRow) -> Option<Part> {
    let (histogram, atr) = (row.macd_histogram?, row.atr14.filter(|atr| *atr > 0.0)?);
    let side = if histogram >= 0.0 { "above" } else { "below" };
    let share = figure::grouped((histogram / atr).abs(), 2);
    Some(part(
        PartKind::Macd,
        histogram / (0.5 * atr),
        format!("MACD is {side} its signal line by {share} ATR"),
    ))
}

fn trend(bar: &Bar, row: &IndicatorRow) -> Option<Part> {
    let (close, fast, slow) = (bar.close, row.sma50?, row.sma200?);
    let (score, words) = match () {
        () if close > fast && fast > slow => {
            (1.0, "Close above the 50-day mean, and that above the 200-day mean")
        }
        () if close < fast && fast < slow => {
            (-1.0, "Close below the 50-day mean, and that below the 200-day mean")
        }
        () if close > slow => (0.5, "Close above the 200-day mean, the 50-day mean elsewhere"),
        () if close < slow => (-0.5, "Close below the 200-day mean, the 50-day mean elsewhere"),
        () => (0.0, "Close at the 200-day mean"),
    };
    Some(part(PartKind::Trend, score, words.to_string()))
}

fn bollinger(bar: &Bar, row: &IndicatorRow) -> Option<Part> {
    let (upper, middle) = (row.bb_upper?, row.bb_middle?);
    let reach = upper - middle;
    if reach <= 0.0 {
        return None;
    }
    let place = (bar.close - middle) / reach;
    let side = if place >= 0.0 { "above" } else { "below" };
    let share = figure::grouped(100.0 * place.abs(), 0);
    Some(part(
        PartKind::Bollinger,
        -place,
        format!("Close {side} the middle band by {share} % of the way to its edge"),
    ))
}

fn said_by_breakout(score: f64) -> Part {
    let words = match score {
        score if score > 0.0 => "Broke out of its 20-day range in the last five days",
        score if score < 0.0 => "Broke down from its 20-day range in the last five days",
        _ => "No breakout in the last five days",
    };
    part(PartKind::Breakout, score, words.to_string())
}

fn said_by_headlines(score: f64) -> Part {
    part(
        PartKind::Sentiment,
        score,
        format!("Mean score of the latest headlines is {}", figure::grouped(score, 2)),
    )
}
