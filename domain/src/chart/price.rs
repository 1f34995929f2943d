//! The chart of a symbol's page: price with volume, signals and the studies a reader chose.

use super::{
    ChartSpec, Clock, Developing, Grain, Ink, Layer, Mark, Pane, PriceChartOptions, PriceStyle, Window,
    studies::{self, Line},
    time_label,
};
use crate::{
    Bar, Interval, Series, Symbol, figure,
    indicator::{Indicator, Study, Values, Worked, usable},
    signal::{Action, Signal, SignalWatch},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
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

/// The lines of one study, and where in the chart they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// Index among the panes.
    pub pane: usize,
    /// Each with its index among the layers of the pane.
    pub layers: Vec<(usize, Layer)>,
}

/// Each once, in their order.
fn different(studies: &[Study]) -> Vec<Study> {
    let mut different: Vec<Study> = Vec::new();
    for study in studies {
        if !different.contains(study) {
            different.push(*study);
        }
    }
    different
}

impl Works {
    /// The studies over these bars, each once, in their order.
    fn of(&self, studies: &[Study], bars: &[Bar]) -> Vec<(Study, Arc<Worked>)> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let worked = |study: Study| {
            let kept = known.iter().find(|(other, _)| *other == study).map(|(_, worked)| worked.clone());
            (study, kept.unwrap_or_else(|| Arc::new(Worked::of(study, bars))))
        };
        let shown: Vec<_> = different(studies).into_iter().map(worked).collect();
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
        let now = self.behind(&grain, now);
        let base = self.kept_base(&grain, options.clock);
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
            let shown = |(study, worked): &(Study, Arc<Worked>)| {
                let value = |line: usize, index: usize| *worked.lines()[line].get(index)?;
                (*study, lines(*study, &grain, value, now.map(|now| worked.after(&now.bar))))
            };
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

    /// What becomes of that chart's lines of a study while its inputs move: `study` in the place of `options.studies[at]`.
    /// Far less work than [`PriceStudy::chart`]; `None` where the chart shows no such study.
    pub fn sketch(
        &self,
        options: &PriceChartOptions,
        at: usize,
        study: Study,
        now: Option<&Developing>,
    ) -> Option<Sketch> {
        let grain = self.grain(options);
        let now = self.behind(&grain, now);
        let base = self.kept_base(&grain, options.clock);
        let was = options.studies.get(at).filter(|_| !grain.bars.is_empty())?;
        let aheads: BTreeSet<usize> = (0..study.lines()).map(|line| ahead(study, line)).collect();
        let mut wanted: Vec<usize> = aheads
            .into_iter()
            .flat_map(|ahead| {
                grain
                    .lasts()
                    .chain([grain.bars.end])
                    .filter_map(move |last| last.checked_sub(ahead))
                    .collect::<Vec<_>>()
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let picked = Worked::at(study, &self.bars, wanted);
        let value = |line: usize, index: usize| picked.value(line, index);
        let lines = lines(study, &grain, value, now.map(|now| picked.after(&now.bar)));
        let is_over = |study: &Study| study.indicator().is_over_price();
        let (over, below): (Vec<Study>, Vec<Study>) =
            different(&options.studies).into_iter().partition(is_over);
        if let Some(at) = below.iter().position(|other| other == was) {
            let layers = studies::pane(study, lines).layers;
            return Some(Sketch { pane: 1 + at, layers: layers.into_iter().enumerate().collect() });
        }
        // As `price_pane` lays them out: volume, the bands of all, the price, the lines of all.
        let at = over.iter().position(|other| other == was)?;
        let before = &over[..at];
        let ink = before.iter().map(|study| studies::inks(study.indicator())).sum();
        let count = |studies: &[Study], bands: bool| {
            studies
                .iter()
                .flat_map(|each| studies::over(*each, Vec::new(), 0))
                .filter(|layer| is_band(layer) == bands)
                .count()
        };
        let has_volume = options.volume
            && base
                .bars
                .iter()
                .chain(now.map(|now| &now.bar))
                .any(|bar| bar.volume.and_then(usable).is_some());
        let bands = usize::from(has_volume);
        let price = bands + count(&over, true);
        let (mut band, mut line) = (bands + count(before, true), price + 1 + count(before, false));
        let place = |layer: Layer| {
            let next = if is_band(&layer) { &mut band } else { &mut line };
            *next += 1;
            (*next - 1, layer)
        };
        let layers = studies::over(study, lines, ink).into_iter().map(place).collect();
        Some(Sketch { pane: 0, layers })
    }

    /// The bar of now, where the latest bars are shown.
    fn behind<'a>(&self, grain: &Grain, now: Option<&'a Developing>) -> Option<&'a Developing> {
        now.filter(|_| grain.bars.end == self.bars.len() && !grain.bars.is_empty())
    }

    fn kept_base(&self, grain: &Grain, clock: Clock) -> Arc<Base> {
        self.base.or(|base| base.grain == *grain && base.clock == clock, || self.base(grain, clock))
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

/// The lines of a study at the places shown, and behind them at the bar of now. `value` is that of a line at a bar.
fn lines(
    study: Study,
    grain: &Grain,
    value: impl Fn(usize, usize) -> Option<f64>,
    after: Option<Values>,
) -> Vec<Line> {
    let line = |at: usize| {
        let ahead = ahead(study, at);
        let value = |last: usize| last.checked_sub(ahead).and_then(|index| value(at, index));
        let mut line = Line::with_capacity(grain.places() + 1);
        line.extend(grain.lasts().map(value));
        if let Some(after) = after {
            line.push(if ahead == 0 { after[at] } else { value(grain.bars.end) });
        }
        line
    };
    (0..study.lines()).map(line).collect()
}

/// How many bars ahead a line is drawn: the cloud of Ichimoku as many as its base has.
fn ahead(study: Study, line: usize) -> usize {
    match study.indicator() {
        Indicator::Ichimoku if line >= 2 => study.inputs().nth(1).unwrap_or_default() as usize,
        _ => 0,
    }
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
    let (bands, lines): (Vec<Layer>, Vec<Layer>) = drawn.into_iter().partition(is_band);
    layers.extend(bands);
    layers.push(price(view, options.style));
    layers.extend(lines);
    if options.signals {
        layers.push(Layer::Markers { marks: view.marks.clone() });
    }
    Pane { title: symbol.to_string(), weight: 6.0, range: None, levels: Vec::new(), layers }
}

fn is_band(layer: &Layer) -> bool {
    matches!(layer, Layer::Band { .. })
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
