//! Several symbols on one scale: how much each has changed since the first day.

use super::{ChartSpec, Ink, Layer, Pane, palette::rules, time_words};
use crate::compare::{Compared, Comparison};
use chrono::NaiveDate;

/// One line a symbol: its change since the first of the days compared, in percent. A line ends where the prices of its symbol
/// end. Of more days than a chart has places, every second, third and so on is drawn, the last one always.
///
/// ```
/// use domain::{Symbol, chart::comparison_chart, compare::compare, portfolio::{Daily, Span}};
/// let day = |day| chrono::NaiveDate::from_ymd_opt(2022, 3, day).unwrap();
/// let closes = Daily::new([(day(3), 50.0), (day(4), 60.0), (day(7), 45.0)]);
/// let told = compare(&[(Symbol::parse("AAPL").unwrap(), closes)], Span { from: None, to: day(31) });
/// let spec = comparison_chart(&told);
/// assert_eq!(spec.times, ["2022-03-03", "2022-03-04", "2022-03-07"]);
/// assert_eq!(spec.alternative, "From 3 Mar 2022 to 7 Mar 2022: AAPL -10.00 %.");
/// ```
pub fn comparison_chart(of: &Comparison) -> ChartSpec {
    let step = of.days.len().div_ceil(rules::MOST_PLACES as usize).max(1);
    let places: Vec<usize> = (0..of.days.len()).rev().step_by(step).collect();
    let line = |(at, row): (usize, &Compared)| Layer::Line {
        name: row.symbol.to_string(),
        ink: Ink::Series(u8::try_from(at).unwrap_or_default()),
        values: places.iter().rev().map(|place| row.growth.get(*place).map(percent)).collect(),
    };
    let layers = of.rows.iter().enumerate().filter(|(_, row)| !row.growth.is_empty()).map(line).collect();
    let pane = Pane { title: "Change, %".into(), weight: 1.0, range: None, levels: Vec::new(), layers };
    ChartSpec {
        alternative: words(of),
        times: places.iter().rev().map(|place| of.days[*place].to_string()).collect(),
        panes: vec![pane],
        log: false,
        developing: None,
    }
}

fn percent(growth: &f64) -> f64 {
    (growth - 1.0) * 100.0
}

fn words(of: &Comparison) -> String {
    let (Some(from), Some(to)) = (of.days.first(), of.days.last()) else {
        return "There is no day that all of them have in common.".into();
    };
    let change = |row: &Compared| Some(format!("{} {:+.2} %", row.symbol, row.change? * 100.0));
    let changes: Vec<String> = of.rows.iter().filter_map(change).collect();
    let day = |date: &NaiveDate| time_words(&date.to_string());
    format!("From {} to {}: {}.", day(from), day(to), changes.join(", "))
}
