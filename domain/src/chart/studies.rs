//! How each indicator is drawn: over the price or in a pane of its own, as lines, bands or columns.

use super::{Ink, Layer, Pane};
use crate::indicator::{Indicator, Study};

/// The values of one line at the places shown.
pub(super) type Line = Vec<Option<f64>>;

/// The layers of a study over the price; `ink` is its colour.
pub(super) fn over(study: Study, lines: Vec<Line>, ink: u8) -> Vec<Layer> {
    let name = study.name();
    let first = Ink::Series(ink);
    let mut lines = lines.into_iter();
    let mut next = || lines.next().unwrap_or_default();
    match study.indicator() {
        Indicator::Bollinger | Indicator::Keltner | Indicator::Donchian => {
            let (upper, _, lower) = (next(), next(), next());
            vec![Layer::Band { name, ink: first, upper, lower }]
        }
        Indicator::Ichimoku => {
            let (conversion, base, one, other) = (next(), next(), next(), next());
            let both = |pick: fn(f64, f64) -> f64| {
                one.iter().zip(&other).map(|(one, other)| Some(pick((*one)?, (*other)?))).collect()
            };
            vec![
                Layer::Band {
                    name: format!("{name} cloud"),
                    ink: first,
                    upper: both(f64::max),
                    lower: both(f64::min),
                },
                line("Conversion", Ink::Series(ink + 1), conversion),
                line("Base", Ink::Series(ink + 2), base),
            ]
        }
        _ => vec![line(&name, first, next())],
    }
}

/// How many colours [`over`] takes.
pub(super) fn inks(indicator: Indicator) -> u8 {
    if indicator == Indicator::Ichimoku { 3 } else { 1 }
}

/// The pane of a study that has one of its own.
pub(super) fn pane(study: Study, lines: Vec<Line>) -> Pane {
    let mut lines = lines.into_iter();
    let mut next = || lines.next().unwrap_or_default();
    let (range, levels): (Option<(f64, f64)>, &[f64]) = match study.indicator() {
        Indicator::Rsi => (Some((0.0, 100.0)), &[30.0, 70.0]),
        Indicator::Stochastic | Indicator::StochRsi | Indicator::Mfi => (Some((0.0, 100.0)), &[20.0, 80.0]),
        Indicator::Aroon => (Some((0.0, 100.0)), &[30.0, 70.0]),
        Indicator::Williams => (Some((-100.0, 0.0)), &[-80.0, -20.0]),
        Indicator::Cci => (None, &[-100.0, 100.0]),
        _ => (None, &[]),
    };
    let two = |one: &str, other: &str, first: Line, second: Line| {
        vec![line(one, Ink::Series(0), first), line(other, Ink::Series(1), second)]
    };
    let name = study.name();
    let layers = match study.indicator() {
        Indicator::Macd => {
            let (macd, signal, histogram) = (next(), next(), next());
            let columns = Layer::Histogram { name: "Histogram".into(), values: histogram };
            std::iter::once(columns).chain(two("MACD", "Signal", macd, signal)).collect()
        }
        Indicator::Stochastic | Indicator::StochRsi => two("%K", "%D", next(), next()),
        Indicator::Aroon => two("Aroon up", "Aroon down", next(), next()),
        Indicator::Adx => {
            let (adx, plus, minus) = (next(), next(), next());
            vec![line(&name, Ink::Accent, adx), line("+DI", Ink::Up, plus), line("-DI", Ink::Down, minus)]
        }
        _ => vec![line(&name, Ink::Accent, next())],
    };
    Pane { title: name, weight: 1.5, range, levels: levels.to_vec(), layers }
}

fn line(name: &str, ink: Ink, values: Line) -> Layer {
    Layer::Line { name: name.into(), ink, values }
}
