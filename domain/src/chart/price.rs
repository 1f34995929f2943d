//! The chart of a symbol's page: price with volume, signals and the studies a reader chose.

use super::{
    ChartSpec, Clock, Developing, Grain, Ink, Layer, Mark, Pane, PriceChartOptions, PriceStyle, Window,
    studies::{self, Line},
    time_label,
};
use crate::{
    Bar, Interval, Series, Symbol, figure,
    indicator::{Indicator, Study, Worked, usable},
    signal::{Action, Signal, SignalWatch},
};
use chrono::{DateTime, Utc};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// The chart of `series` as `options` ask for it; see [`PriceStudy::chart`].
pub fn price_chart(series: &Series, options: &PriceChartOptions) -> ChartSpec {
    PriceStudy::of(series).chart(options, None)
}

/// A series with its signals worked out once, to be drawn in many ways and with every live price. Studies are worked out
/// when they are first asked for and kept while they are shown, so that another input costs that one study alone.
/// Bars without a usable close are left out.
#[derive(Debug, Clone)]
pub struct PriceStudy {
    symbol: Symbol,
    interval: Interval,
    /// Times of all bars, also of those left out: [`Window::From`] counts them.
    times: Vec<DateTime<Utc>>,
    bars: Vec<Bar>,
    fired: Vec<Vec<Signal>>,
    watch: SignalWatch,
    /// After the last bar.
    sma50: Option<f64>,
    works: Works,
    base: Last<Base>,
}

/// What a chart is made of whatever the studies: kept while the same bars are shown.
#[derive(Debug)]
struct Base {
    grain: Grain,
    clock: Clock,
    /// A bar to a place.
    bars: Vec<Bar>,
    times: Vec<String>,
    marks: Vec<Mark>,
}

/// The latest of its kind; a copy begins without.
#[derive(Debug)]
struct Last<T>(Mutex<Option<Arc<T>>>);

impl<T> Default for Last<T> {
    fn default() -> Last<T> {
        Last(Mutex::new(None))
    }
}

impl<T> Clone for Last<T> {
    fn clone(&self) -> Last<T> {
        Last::default()
    }
}

impl<T> Last<T> {
    /// The kept one where it still is what is wanted, else a new one.
    fn or(&self, is_wanted: impl FnOnce(&T) -> bool, new: impl FnOnce() -> T) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.take().filter(|known| is_wanted(known));
        kept.insert(known.unwrap_or_else(|| Arc::new(new()))).clone()
    }
}

/// The studies shown last.
#[derive(Debug, Default)]
struct Works(Mutex<Vec<(Study, Arc<Worked>)>>);

impl Clone for Works {
    fn clone(&self) -> Works {
        Works::default()
    }
}

impl Works {
    /// The studies over these bars, each once, in their order.
    fn of(&self, studies: &[Study], bars: &[Bar]) -> Vec<(Study, Arc<Worked>)> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shown: Vec<(Study, Arc<Worked>)> = Vec::new();
        for study in studies {
            if shown.iter().any(|(other, _)| other == study) {
                continue;
            }
            let kept = known.iter().find(|(other, _)| other == study).map(|(_, worked)| worked.clone());
            shown.push((*study, kept.unwrap_or_else(|| Arc::new(Worked::of(*study, bars)))));
        }
        known.clone_from(&shown);
        shown
    }
}

impl PriceStudy {
    /// Works out the signals of the whole series.
    pub fn of(series: &Series) -> PriceStudy {
        let bars: Vec<Bar> = series.bars.iter().filter(|bar| usable(bar.close).is_some()).copied().collect();
        let (mut watch, mut sma50) = (SignalWatch::new(), None);
        let fire = |bar: &Bar| {
            let (row, fired) = watch.next_with_row(bar);
            sma50 = row.sma50;
            fired
        };
        let fired = bars.iter().map(fire).collect();
        let times = series.bars.iter().map(|bar| bar.time).collect();
        PriceStudy {
            symbol: series.symbol.clone(),
            interval: series.interval,
            times,
            bars,
            fired,
            watch,
            sma50,
            works: Works::default(),
            base: Last::default(),
        }
    }

    /// How many bars there are to be shown.
    pub fn count(&self) -> usize {
        self.bars.len()
    }

    /// The window of these bars.
    pub fn window_of(&self, bars: &Range<usize>) -> Window {
        let place = |index: usize| match self.bars.get(index) {
            Some(bar) => self.times.partition_point(|time| *time < bar.time),
            None => self.times.len(),
        };
        let wide = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        Window::Between(wide(place(bars.start)), wide(place(bars.end)))
    }

    /// Which bars [`PriceStudy::chart`] shows at which place.
    pub fn grain(&self, options: &PriceChartOptions) -> Grain {
        let first = self.place_of(options.window.first(self.times.len()), options.window);
        let end = match options.window {
            Window::Between(_, end) => self.place_of(end as usize, options.window).max(first),
            _ => self.bars.len(),
        };
        Grain::of(first..end, options.most)
    }

    /// The chart as `options` ask for it: studies and signals of the whole series, cut to the visible window
    /// afterwards, and the bar of now behind them.
    pub fn chart(&self, options: &PriceChartOptions, now: Option<&Developing>) -> ChartSpec {
        let grain = self.grain(options);
        let is_latest = grain.bars.end == self.bars.len();
        let now = now.filter(|_| is_latest && !grain.bars.is_empty());
        let base = self.base.or(
            |base| base.grain == grain && base.clock == options.clock,
            || self.base(&grain, options.clock),
        );
        let mut view = View {
            before: grain.bars.start.checked_sub(1).map(|index| &self.bars[index]),
            bars: base.bars.clone(),
            marks: base.marks.clone(),
        };
        let mut times = base.times.clone();
        if let Some(now) = now {
            let fired = self.watch.clone().next_with_row(&now.bar).1;
            view.marks.extend(marks(view.bars.len(), &now.bar, &fired));
            view.bars.push(now.bar);
            times.push(time_label(now.bar.time, self.interval, options.clock));
        }
        let mut panes = Vec::new();
        if !view.bars.is_empty() {
            let works = self.works.of(&options.studies, &self.bars);
            let shown = |(study, worked): &(Study, Arc<Worked>)| (*study, lines(*study, worked, &grain, now));
            let (over, below): (Vec<_>, Vec<_>) =
                works.iter().map(shown).partition(|(study, _)| study.indicator().is_over_price());
            panes.push(price_pane(&self.symbol, &view, options, over));
            panes.extend(below.into_iter().map(|(study, lines)| studies::pane(study, lines)));
        }
        ChartSpec {
            alternative: self.alternative(options.clock),
            times,
            panes,
            log: options.log && view.bars.iter().all(|bar| bar.low.unwrap_or(bar.close) > 0.0),
            developing: now.copied(),
        }
    }

    fn base(&self, grain: &Grain, clock: Clock) -> Base {
        let bars: Vec<Bar> = (0..grain.places()).map(|place| grain.joined(&self.bars, place)).collect();
        let of = |(place, bar): (usize, &Bar)| {
            let fired = self.fired[grain.bars_of(&(place..place + 1))].iter().flatten();
            marks(place, bar, fired)
        };
        Base {
            grain: grain.clone(),
            clock,
            times: bars.iter().map(|bar| time_label(bar.time, self.interval, clock)).collect(),
            marks: bars.iter().enumerate().flat_map(of).collect(),
            bars,
        }
    }

    /// Where an index of the series is among the bars that are shown.
    fn place_of(&self, index: usize, window: Window) -> usize {
        match window {
            Window::Last(_) => self.bars.len() - self.bars.len().min(self.times.len() - index),
            _ => match self.times.get(index) {
                Some(from) => self.bars.partition_point(|bar| bar.time < *from),
                None => self.bars.len(),
            },
        }
    }

    /// "AAPL closed at 158.52 on 10 Mar 2022, down 2.7 %, below its 50-day mean"; what is not known is left out.
    fn alternative(&self, clock: Clock) -> String {
        let Some(last) = self.bars.last() else {
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
        if let Some(mean) = self.sma50 {
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

/// The lines of a study at the places shown, and behind them at the bar of now.
fn lines(study: Study, worked: &Worked, grain: &Grain, now: Option<&Developing>) -> Vec<Line> {
    // The cloud of Ichimoku is drawn as many bars ahead as its base has.
    let ahead = |line: usize| match study.indicator() {
        Indicator::Ichimoku if line >= 2 => study.inputs().nth(1).unwrap_or_default() as usize,
        _ => 0,
    };
    let after = now.map(|now| worked.after(&now.bar));
    let mut shown: Vec<Line> = Vec::new();
    for (at, values) in worked.lines().iter().enumerate() {
        let ahead = ahead(at);
        let value = |last: usize| last.checked_sub(ahead).and_then(|index| *values.get(index)?);
        let mut line = Line::with_capacity(grain.places() + 1);
        line.extend(grain.lasts().map(value));
        if let Some(after) = after {
            line.push(if ahead == 0 { after[at] } else { value(values.len()) });
        }
        shown.push(line);
    }
    shown
}

/// The visible part of a series, a bar to a place.
struct View<'a> {
    /// The bar left of the window.
    before: Option<&'a Bar>,
    bars: Vec<Bar>,
    marks: Vec<Mark>,
}

fn price_pane(
    symbol: &Symbol,
    view: &View,
    options: &PriceChartOptions,
    over: Vec<(Study, Vec<Line>)>,
) -> Pane {
    let mut layers = Vec::new();
    if options.volume {
        layers.extend(volume(view));
    }
    let mut ink = 0;
    let mut drawn: Vec<Layer> = Vec::new();
    for (study, lines) in over {
        drawn.extend(studies::over(study, lines, ink));
        ink += studies::inks(study.indicator());
    }
    // Bands lie under the price, lines over it.
    let (bands, lines): (Vec<Layer>, Vec<Layer>) =
        drawn.into_iter().partition(|layer| matches!(layer, Layer::Band { .. }));
    layers.extend(bands);
    layers.push(price(view, options.style));
    layers.extend(lines);
    if options.signals {
        layers.push(Layer::Markers { marks: view.marks.clone() });
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

/// One mark per direction of a place, below the bar for buy and above it for sell; reasons are joined.
fn marks<'a>(place: usize, bar: &Bar, fired: impl IntoIterator<Item = &'a Signal>) -> Vec<Mark> {
    let fired: Vec<&Signal> = fired.into_iter().collect();
    let mut marks = Vec::new();
    for (action, up, edge) in [(Action::Buy, true, bar.low), (Action::Sell, false, bar.high)] {
        let of = fired.iter().filter(|signal| signal.action == action);
        let reasons: Vec<&str> = of.map(|signal| &*signal.reason).collect();
        if !reasons.is_empty() {
            let value = edge.and_then(usable).unwrap_or(bar.close);
            marks.push(Mark { at: place as u32, value, up, text: reasons.join("; ") });
        }
    }
    marks
}

#[cfg(test)]
#[path = "price_tests.rs"]
mod tests;
