//! The cone: what is expected of a symbol, behind what was, with earlier forecasts beside what came.

use super::{ChartSpec, Clock, Ink, Layer, Pane, Spread, time_label};
use crate::{
    Bar, Interval, Kind, figure,
    forecast::{History, Horizon, Past, Prediction, Sheet},
};

/// Closes shown before the forecast begins: a year.
const SHOWN: usize = 252;

/// The chart of a forecast; `None` where there is none, or where it starts from no close of the history.
///
/// Forecasts are made for day 7, 30 and 90. Between them the cone is drawn along the square root of time, in log prices,
/// as the spread of a random walk grows. Earlier forecasts stand where they were due: what was said 30 days before, each
/// with its 80 % interval.
pub fn forecast_chart(history: &History, kind: Kind, sheet: &Sheet) -> Option<ChartSpec> {
    let prediction = sheet.prediction.as_ref()?;
    let end = history.dates.binary_search(&prediction.as_of).ok()? + 1;
    let first = end.saturating_sub(SHOWN);
    let days = &history.dates[first..end];
    let ahead = Horizon::Long.days(kind, prediction.as_of);
    let (known, count) = (days.len(), days.len() + ahead.len());
    let label = |day| time_label(Bar::label(day), Interval::Day1, Clock::Utc);
    let times = days.iter().chain(&ahead).map(|day| label(*day)).collect();

    let closes = history.closes[first..end].iter().map(|close| Some(*close));
    let cone: Vec<Option<Spread>> =
        (0..count).map(|at| (at + 1 >= known).then(|| cone_at(prediction, at + 1 - known))).collect();
    let side = |pick: fn(&Spread) -> f64| cone.iter().map(|spread| spread.as_ref().map(pick)).collect();
    let ranges = |within: bool| {
        let mut ranges = vec![None; count];
        let due = |past: &&Past| past.horizon == Horizon::Medium && past.is_within() == within;
        for past in sheet.past.iter().filter(due) {
            if let Ok(at) = days.binary_search(&past.due) {
                let target = past.target;
                ranges[at] =
                    Some(Spread { low: target.low80, middle: target.target_price, high: target.high80 });
            }
        }
        ranges
    };
    let layers = vec![
        Layer::Band {
            name: "80 % up to".into(),
            ink: Ink::Accent,
            upper: side(|spread| spread.high),
            lower: side(|spread| spread.low),
        },
        Layer::Ranges { name: "Said 30 days before, held".into(), ink: Ink::Muted, ranges: ranges(true) },
        Layer::Ranges { name: "Said 30 days before, missed".into(), ink: Ink::Down, ranges: ranges(false) },
        Layer::Line {
            name: "Close".into(),
            ink: Ink::Price,
            values: closes.chain(vec![None; ahead.len()]).collect(),
        },
        Layer::Line { name: "Forecast".into(), ink: Ink::Accent, values: side(|spread| spread.middle) },
    ];
    let title = format!("{} and what is expected", history.symbol);
    let pane = Pane { title, weight: 1.0, range: None, levels: Vec::new(), layers };
    let alternative = alternative(history, prediction);
    Some(ChartSpec { alternative, times, panes: vec![pane], log: false, developing: None })
}

/// The cone so many days on; day 0 is the last close.
fn cone_at(prediction: &Prediction, day: usize) -> Spread {
    let price = prediction.current_price;
    let start = Spread { low: price, middle: price, high: price };
    let mut before = (0, start);
    for (horizon, target) in Horizon::ALL.into_iter().zip(prediction.targets()) {
        let spread = Spread { low: target.low80, middle: target.target_price, high: target.high80 };
        let bars = horizon.bars();
        if day <= bars {
            let root = |days: usize| (days as f64).sqrt();
            let share = (root(day) - root(before.0)) / (root(bars) - root(before.0));
            let between = |from: f64, to: f64| from * (to / from).powf(share);
            return Spread {
                low: between(before.1.low, spread.low),
                middle: between(before.1.middle, spread.middle),
                high: between(before.1.high, spread.high),
            };
        }
        before = (bars, spread);
    }
    before.1
}

/// "AAPL is expected at 160.26 on day 30 after 10 Mar 2022 (158.52), between 141.90 and 177.80 with a probability of 80 %".
fn alternative(history: &History, prediction: &Prediction) -> String {
    let month = prediction.medium_term;
    format!(
        "{} is expected at {} on day 30 after {} ({}), between {} and {} with a probability of 80 %",
        history.symbol,
        figure::price(month.target_price),
        prediction.as_of.format("%-d %b %Y"),
        figure::price(prediction.current_price),
        figure::price(month.low80),
        figure::price(month.high80),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{Forecaster, RandomWalk, came};
    use chrono::{Duration, NaiveDate};

    fn sheet() -> (History, Sheet) {
        let closes: Vec<f64> =
            (0..700).map(|at| 100.0 + 10.0 * (f64::from(at) / 9.0).sin() + f64::from(at % 7)).collect();
        let start: NaiveDate = "2020-01-01".parse().unwrap();
        let dates = (0..700).map(|day| start + Duration::days(day)).collect();
        let history = History { symbol: crate::Symbol::parse("WAVE").unwrap(), dates, closes };
        let training = RandomWalk.train(std::slice::from_ref(&history), &|| false).unwrap();
        let speaker = RandomWalk.read(&training.version, &training.body).unwrap();
        let prediction = Some(Prediction::of(speaker.forecast(&history).unwrap(), Vec::new()));
        let past = came(&history, &training.past);
        (history, Sheet { prediction, past, records: Vec::new() })
    }

    #[test]
    fn the_cone_starts_at_the_last_close_and_passes_through_every_target() {
        let (history, sheet) = sheet();
        let spec = forecast_chart(&history, Kind::Crypto, &sheet).unwrap();
        assert_eq!(spec.times.len(), 252 + 90);
        let prediction = sheet.prediction.unwrap();
        let Layer::Band { upper, lower, .. } = &spec.panes[0].layers[0] else { panic!("a band") };
        let Layer::Line { values, .. } = &spec.panes[0].layers[4] else { panic!("a line") };
        assert_eq!((values[250], values[251]), (None, history.closes.last().copied()));
        for (bars, target) in [7, 30, 90].into_iter().zip(prediction.targets()) {
            let near =
                |value: Option<f64>, wanted: f64| assert!((value.unwrap() / wanted - 1.0).abs() < 1e-12);
            near(values[251 + bars], target.target_price);
            near(upper[251 + bars], target.high80);
            near(lower[251 + bars], target.low80);
        }
        assert!((252..340).all(|at| upper[at] < upper[at + 1]), "it opens all the way");
    }

    #[test]
    fn earlier_forecasts_stand_where_they_were_due_and_say_whether_they_held() {
        let (history, sheet) = sheet();
        let spec = forecast_chart(&history, Kind::Crypto, &sheet).unwrap();
        let count = |layer: &Layer| match layer {
            Layer::Ranges { ranges, .. } => ranges.iter().flatten().count(),
            _ => 0,
        };
        let drawn: Vec<usize> = spec.panes[0].layers.iter().map(count).collect();
        let due = |within: bool| {
            let start = history.dates[700 - 252];
            let of = |past: &&Past| past.horizon == Horizon::Medium && past.is_within() == within;
            sheet.past.iter().filter(of).filter(|past| past.due >= start).count()
        };
        assert_eq!((drawn[1], drawn[2]), (due(true), due(false)));
        assert!(drawn[1] + drawn[2] > 8);
    }

    #[test]
    fn without_a_forecast_there_is_no_cone() {
        let (history, _) = sheet();
        assert_eq!(forecast_chart(&history, Kind::Equity, &Sheet::default()), None);
    }
}
