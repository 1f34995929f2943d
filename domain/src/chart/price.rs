//! The chart of a symbol's page: price with overlays, volume and signals, RSI, MACD.

use super::{
    ChartSpec, Clock, Developing, Ink, Layer, Mark, Overlay, Pane, PriceChartOptions, PriceStyle, Window,
    time_label,
};
use crate::{
    Bar, Interval, Series, Symbol, figure,
    indicator::{IndicatorRow, usable},
    signal::{Action, Signal, SignalWatch},
};
use chrono::{DateTime, Utc};

/// The chart of `series` as `options` ask for it; see [`PriceStudy::chart`].
pub fn price_chart(series: &Series, options: &PriceChartOptions) -> ChartSpec {
    PriceStudy::of(series).chart(options, None)
}

/// A series with its indicators and signals worked out once, to be drawn in many ways and with every live price.
/// Bars without a usable close are left out.
#[derive(Debug, Clone)]
pub struct PriceStudy {
    symbol: Symbol,
    interval: Interval,
    /// Times of all bars, also of those left out: [`Window::From`] counts them.
    times: Vec<DateTime<Utc>>,
    bars: Vec<Bar>,
    rows: Vec<IndicatorRow>,
    fired: Vec<Vec<Signal>>,
    watch: SignalWatch,
}

impl PriceStudy {
    /// Works out the indicators and signals of the whole series.
    pub fn of(series: &Series) -> PriceStudy {
        let bars: Vec<Bar> = series.bars.iter().filter(|bar| usable(bar.close).is_some()).copied().collect();
        let mut watch = SignalWatch::new();
        let (rows, fired) = bars.iter().map(|bar| watch.next_with_row(bar)).unzip();
        let times = series.bars.iter().map(|bar| bar.time).collect();
        PriceStudy {
            symbol: series.symbol.clone(),
            interval: series.interval,
            times,
            bars,
            rows,
            fired,
            watch,
        }
    }

    /// The chart as `options` ask for it: indicators and signals of the whole series, cut to the visible window
    /// afterwards, and the bar of now behind them.
    pub fn chart(&self, options: &PriceChartOptions, now: Option<&Developing>) -> ChartSpec {
        let first = self.first_visible(options.window);
        let now = now.filter(|_| first < self.bars.len());
        let mut view = View {
            before: first.checked_sub(1).map(|index| &self.bars[index]),
            bars: self.bars[first..].to_vec(),
            rows: self.rows[first..].to_vec(),
            fired: self.fired[first..].to_vec(),
        };
        if let Some(now) = now {
            let (row, fired) = self.watch.clone().next_with_row(&now.bar);
            view.bars.push(now.bar);
            view.rows.push(row);
            view.fired.push(fired);
        }
        let mut panes = Vec::new();
        if !view.bars.is_empty() {
            panes.push(price_pane(&self.symbol, &view, options));
            panes.extend(options.rsi.then(|| rsi_pane(&view)));
            panes.extend(options.macd.then(|| macd_pane(&view)));
        }
        ChartSpec {
            alternative: self.alternative(options.clock),
            times: view.bars.iter().map(|bar| time_label(bar.time, self.interval, options.clock)).collect(),
            panes,
            log: options.log && view.bars.iter().all(|bar| bar.low.unwrap_or(bar.close) > 0.0),
            developing: now.copied(),
        }
    }

    /// Where the window begins among the bars.
    fn first_visible(&self, window: Window) -> usize {
        match window {
            Window::From(index) => match self.times.get(index as usize) {
                Some(from) => self.bars.partition_point(|bar| bar.time < *from),
                None => self.bars.len(),
            },
            other => other.first(self.bars.len()),
        }
    }

    /// "AAPL closed at 158.52 on 10 Mar 2022, down 2.7 %, below its 50-day mean"; what is not known is left out.
    fn alternative(&self, clock: Clock) -> String {
        let (Some(last), Some(row)) = (self.bars.last(), self.rows.last()) else {
            return format!("{} has no prices yet", self.symbol);
        };
        let daily = self.interval.is_daily_or_longer();
        let when = if daily {
            last.date().format("%-d %b %Y")
        } else {
            clock.at(last.time).format("%-d %b %Y %H:%M")
        };
        let mut text = format!("{} closed at {} on {when}", self.symbol, figure::price(last.close));
        let before = self.bars.iter().rev().nth(1).filter(|before| before.close > 0.0);
        if let Some(before) = before {
            let percent = (last.close - before.close) / before.close * 100.0;
            let size = figure::grouped(percent.abs(), 1);
            text += &match percent {
                _ if size == "0.0" => ", unchanged".to_string(),
                up if up > 0.0 => format!(", up {size} %"),
                _ => format!(", down {size} %"),
            };
        }
        if let Some(mean) = row.sma50 {
            let side = if last.close < mean { "below" } else { "above" };
            let unit = match self.interval {
                Interval::Day1 => "day",
                Interval::Week1 => "week",
                Interval::Month1 => "month",
                _ => "bar",
            };
            text += &format!(", {side} its 50-{unit} mean");
        }
        text
    }
}

/// The visible part of a series.
struct View<'a> {
    /// The bar left of the window.
    before: Option<&'a Bar>,
    bars: Vec<Bar>,
    rows: Vec<IndicatorRow>,
    fired: Vec<Vec<Signal>>,
}

impl View<'_> {
    fn values(&self, pick: impl Fn(&IndicatorRow) -> Option<f64>) -> Vec<Option<f64>> {
        self.rows.iter().map(pick).collect()
    }

    fn line(&self, name: &str, ink: Ink, pick: impl Fn(&IndicatorRow) -> Option<f64>) -> Layer {
        Layer::Line { name: name.into(), ink, values: self.values(pick) }
    }
}

fn price_pane(symbol: &Symbol, view: &View, options: &PriceChartOptions) -> Pane {
    let mut layers = Vec::new();
    if options.volume {
        layers.extend(volume(view));
    }
    let shown = |overlay: &&Overlay| options.overlays.contains(overlay);
    let (bands, lines): (Vec<Overlay>, Vec<Overlay>) =
        Overlay::ALL.iter().filter(shown).partition(|overlay| **overlay == Overlay::Bollinger);
    layers.extend(bands.into_iter().map(|band| overlay(view, band)));
    layers.push(price(view, options.style));
    layers.extend(lines.into_iter().map(|line| overlay(view, line)));
    if options.signals {
        layers.push(Layer::Markers { marks: marks(view) });
    }
    Pane { title: symbol.to_string(), weight: 6.0, range: None, levels: Vec::new(), layers }
}

fn price(view: &View, style: PriceStyle) -> Layer {
    let whole = |bar: &Bar| [bar.open, bar.high, bar.low].iter().all(|part| part.and_then(usable).is_some());
    let (name, ink) = ("Close".to_string(), Ink::Price);
    let values = || view.bars.iter().map(|bar| Some(bar.close)).collect();
    match style {
        PriceStyle::Candles if view.bars.iter().all(whole) => Layer::Candles { bars: view.bars.clone() },
        PriceStyle::Line => Layer::Line { name, ink, values: values() },
        PriceStyle::Candles | PriceStyle::Area => Layer::Area { name, ink, values: values() },
    }
}

/// `None` where no visible bar has a volume.
fn volume(view: &View) -> Option<Layer> {
    let values: Vec<_> = view.bars.iter().map(|bar| bar.volume.and_then(usable)).collect();
    let befores = std::iter::once(view.before).chain(view.bars.iter().map(Some));
    let up = |(bar, before): (&Bar, Option<&Bar>)| match (bar.open, before) {
        (Some(open), _) => bar.close >= open,
        (None, Some(before)) => bar.close >= before.close,
        (None, None) => true,
    };
    let up = view.bars.iter().zip(befores).map(up).collect();
    values.iter().any(Option::is_some).then_some(Layer::Volume { values, up })
}

fn overlay(view: &View, overlay: Overlay) -> Layer {
    let name = overlay.name();
    match overlay {
        Overlay::Sma20 => view.line(name, Ink::Series(0), |row| row.sma20),
        Overlay::Sma50 => view.line(name, Ink::Series(1), |row| row.sma50),
        Overlay::Sma200 => view.line(name, Ink::Series(2), |row| row.sma200),
        Overlay::Ema12 => view.line(name, Ink::Series(3), |row| row.ema12),
        Overlay::Ema26 => view.line(name, Ink::Series(4), |row| row.ema26),
        Overlay::Bollinger => Layer::Band {
            name: name.into(),
            ink: Ink::Series(5),
            upper: view.values(|row| row.bb_upper),
            lower: view.values(|row| row.bb_lower),
        },
    }
}

/// One mark per bar and direction, below the bar for buy and above it for sell; reasons are joined.
fn marks(view: &View) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (at, (bar, fired)) in view.bars.iter().zip(&view.fired).enumerate() {
        for (action, up, edge) in [(Action::Buy, true, bar.low), (Action::Sell, false, bar.high)] {
            let reasons: Vec<&str> =
                fired.iter().filter(|signal| signal.action == action).map(|signal| &*signal.reason).collect();
            if !reasons.is_empty() {
                let value = edge.and_then(usable).unwrap_or(bar.close);
                marks.push(Mark { at: at as u32, value, up, text: reasons.join("; ") });
            }
        }
    }
    marks
}

fn rsi_pane(view: &View) -> Pane {
    Pane {
        title: "RSI 14".into(),
        weight: 1.5,
        range: Some((0.0, 100.0)),
        levels: vec![30.0, 70.0],
        layers: vec![view.line("RSI 14", Ink::Accent, |row| row.rsi14)],
    }
}

fn macd_pane(view: &View) -> Pane {
    Pane {
        title: "MACD 12 26 9".into(),
        weight: 1.5,
        range: None,
        levels: Vec::new(),
        layers: vec![
            Layer::Histogram { name: "Histogram".into(), values: view.values(|row| row.macd_histogram) },
            view.line("MACD", Ink::Series(0), |row| row.macd),
            view.line("Signal", Ink::Series(1), |row| row.macd_signal),
        ],
    }
}

#[cfg(test)]
#[path = "price_tests.rs"]
mod tests;
