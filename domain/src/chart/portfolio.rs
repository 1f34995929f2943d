//! The charts of a portfolio: what it is worth over time, and how it did beside a benchmark.

use super::{ChartSpec, Ink, Layer, Pane, time_words};
use crate::figure::grouped;
use crate::portfolio::{Decimal, Performance, Point};
use rust_decimal::prelude::ToPrimitive;

/// Money as it is drawn.
fn drawn(value: Decimal) -> Option<f64> {
    value.to_f64().filter(|value| value.is_finite())
}

fn pane(title: String, weight: f64, layers: Vec<Layer>) -> Pane {
    Pane { title, weight, range: None, levels: Vec::new(), layers }
}

fn spec(performance: &Performance, alternative: String, panes: Vec<Pane>) -> ChartSpec {
    let times = performance.series.iter().map(|point| point.date.to_string()).collect();
    ChartSpec { alternative, times, panes, log: false, developing: None }
}

/// The same money on the same days in the benchmark: it starts with the value the series starts with, moves with the
/// benchmark's level, and takes each day's net flow at its close.
///
/// ```
/// use domain::{chart::in_benchmark, portfolio::{Decimal, Point}};
/// let day = |day, flow, level| Point {
///     date: chrono::NaiveDate::from_ymd_opt(2022, 3, day).unwrap(),
///     value: Decimal::from(100),
///     net_flow: Decimal::from(flow),
///     twr_index: None,
///     benchmark_index: Some(level),
/// };
/// // 100 becomes 110; 40 more come in; 150 falls by a tenth.
/// let worth = in_benchmark(&[day(1, 0, 1.0), day(2, 40, 1.1), day(3, 0, 0.99)]);
/// let worth: Vec<f64> = worth.into_iter().map(|value| (value.unwrap() * 1e6).round() / 1e6).collect();
/// assert_eq!(worth, [100.0, 150.0, 135.0]);
/// ```
pub fn in_benchmark(series: &[Point]) -> Vec<Option<f64>> {
    let mut worth: Option<f64> = None;
    let mut before: Option<f64> = None;
    let mut values = Vec::with_capacity(series.len());
    for point in series {
        worth = match (worth, before, point.benchmark_index) {
            (Some(worth), Some(before), Some(level)) => {
                drawn(point.net_flow).map(|flow| worth * level / before + flow)
            }
            (None, None, Some(_)) => drawn(point.value),
            _ => None,
        };
        before = point.benchmark_index;
        values.push(worth);
    }
    values
}

/// The value over the days asked for, with what was put in, the same money in the benchmark, and the flows below.
/// The flows before the first day shown stand in its value.
pub fn value_chart(performance: &Performance) -> ChartSpec {
    let series = &performance.series;
    let mut put_in = series.first().map(|point| point.value).unwrap_or_default();
    let paid = series.iter().enumerate().map(|(at, point)| {
        if at > 0 {
            put_in += point.net_flow;
        }
        drawn(put_in)
    });
    let paid: Vec<Option<f64>> = paid.collect();
    let values = series.iter().map(|point| drawn(point.value)).collect();
    let mut layers = vec![
        Layer::Area { name: "Value".into(), ink: Ink::Series(0), values },
        Layer::Line { name: "Put in".into(), ink: Ink::Muted, values: paid },
    ];
    if let Some(symbol) = &performance.benchmark {
        let values = in_benchmark(series);
        if values.iter().any(Option::is_some) {
            layers.push(Layer::Line { name: format!("Same in {symbol}"), ink: Ink::Series(1), values });
        }
    }
    let mut panes = vec![pane(String::new(), 4.0, layers)];
    // The first day's flow is what the value starts with.
    let flow = |(at, point): (usize, &Point)| {
        (at > 0 && !point.net_flow.is_zero()).then(|| drawn(point.net_flow)).flatten()
    };
    let flows: Vec<Option<f64>> = series.iter().enumerate().map(flow).collect();
    if flows.iter().any(Option::is_some) {
        let layers = vec![Layer::Histogram { name: "Flow".into(), values: flows }];
        panes.push(pane("Money in and out".into(), 1.0, layers));
    }
    spec(performance, value_words(performance), panes)
}

/// Growth of 100 beside the benchmark, and how far below its peak it was.
pub fn growth_chart(performance: &Performance) -> ChartSpec {
    let series = &performance.series;
    let hundred = |index: Option<f64>| index.map(|index| index * 100.0);
    let own: Vec<Option<f64>> = series.iter().map(|point| hundred(point.twr_index)).collect();
    let mut layers = vec![Layer::Line { name: "Portfolio".into(), ink: Ink::Series(0), values: own.clone() }];
    if let Some(symbol) = &performance.benchmark {
        let values: Vec<_> = series.iter().map(|point| hundred(point.benchmark_index)).collect();
        if values.iter().any(Option::is_some) {
            layers.push(Layer::Line { name: symbol.to_string(), ink: Ink::Series(1), values });
        }
    }
    let mut peak = f64::NEG_INFINITY;
    let below = own.iter().map(|index| {
        index.map(|index| {
            peak = peak.max(index);
            (index / peak - 1.0) * 100.0
        })
    });
    let below = Layer::Line { name: "Below its peak, %".into(), ink: Ink::Down, values: below.collect() };
    let panes =
        vec![pane("Growth of 100".into(), 3.0, layers), pane("Below its peak, %".into(), 1.2, vec![below])];
    spec(performance, growth_words(performance), panes)
}

fn days(performance: &Performance) -> Option<(String, String)> {
    let (first, last) = (performance.series.first()?, performance.series.last()?);
    Some((time_words(&first.date.to_string()), time_words(&last.date.to_string())))
}

fn value_words(performance: &Performance) -> String {
    let Some((from, to)) = days(performance) else { return "No value yet.".into() };
    let (currency, value) = (performance.currency, performance.series.last().and_then(|p| drawn(p.value)));
    let value = value.map_or_else(|| "not known".into(), |value| grouped(value, 2));
    format!("The portfolio from {from} to {to}: worth {currency} {value} at the end.")
}

fn growth_words(performance: &Performance) -> String {
    let Some((from, to)) = days(performance) else { return "No return yet.".into() };
    let percent = |ratio: Option<f64>| {
        ratio.map_or_else(|| "not known".to_string(), |ratio| format!("{:+.2} %", ratio * 100.0))
    };
    let mut words = format!("From {from} to {to} the portfolio returned {}", percent(performance.twr));
    if let Some(symbol) = &performance.benchmark {
        words += &format!(", {symbol} {}", percent(performance.benchmark_return));
    }
    words + "."
}
