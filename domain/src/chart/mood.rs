//! How a symbol's headlines sounded, under its price.

use super::{ChartSpec, Ink, Layer, Pane};
use crate::{
    Bar, figure,
    indicator::usable,
    sentiment::{DayMood, Label},
};
use chrono::{Days, NaiveDate};

/// The last [`DayMood::DAYS`] calendar days up to `until`: the close of `name` above, the mean compound of each day's
/// headlines below. Headlines come on weekends too, so the axis has every day; on a day without a session the price
/// is the last close. Days without headlines have no column. Bars are daily and oldest first; without any in the window
/// or before it there is no price pane, without moods no mood pane.
///
/// ```
/// use domain::{chart::mood_chart, sentiment::DayMood};
/// let date = "2022-03-10".parse().unwrap();
/// let spec = mood_chart("AAPL", &[], &[DayMood { date, score: -0.4 }], date);
/// assert_eq!((spec.times.len(), spec.panes.len()), (30, 1));
/// assert_eq!(spec.alternative, "Mood of headlines about AAPL, day by day over 30 days: 0 positive, 1 negative, 0 neutral");
/// ```
pub fn mood_chart(name: &str, bars: &[Bar], moods: &[DayMood], until: NaiveDate) -> ChartSpec {
    let back = |days: u64| until.checked_sub_days(Days::new(days));
    let days: Vec<NaiveDate> = (0..DayMood::DAYS as u64).rev().filter_map(back).collect();
    let closes: Vec<Option<f64>> = days.iter().map(|day| close_on(bars, *day)).collect();
    let scores: Vec<Option<f64>> = days
        .iter()
        .map(|day| moods.iter().find(|mood| mood.date == *day).and_then(|mood| usable(mood.score)))
        .collect();
    let mut panes = Vec::new();
    if closes.iter().any(Option::is_some) {
        let line = Layer::Line { name: "Close".into(), ink: Ink::Price, values: closes.clone() };
        panes.push(pane(name, 3.0, None, vec![line]));
    }
    if scores.iter().any(Option::is_some) {
        let columns = Layer::Histogram { name: "Mood".into(), values: scores.clone() };
        panes.push(pane("Mood", 2.0, Some((-1.0, 1.0)), vec![columns]));
    }
    ChartSpec {
        alternative: words(name, &closes, &scores),
        times: days.iter().map(NaiveDate::to_string).collect(),
        panes,
        log: false,
        developing: None,
    }
}

fn pane(title: &str, weight: f64, range: Option<(f64, f64)>, layers: Vec<Layer>) -> Pane {
    Pane { title: title.into(), weight, range, levels: Vec::new(), layers }
}

/// The close of that day, else the last one before it within the week before.
fn close_on(bars: &[Bar], day: NaiveDate) -> Option<f64> {
    let end = bars.partition_point(|bar| bar.date() <= day);
    let bar = bars.get(end.checked_sub(1)?)?;
    usable(bar.close).filter(|_| (day - bar.date()).num_days() < 7)
}

fn words(name: &str, closes: &[Option<f64>], scores: &[Option<f64>]) -> String {
    let of = |label| scores.iter().flatten().filter(|score| Label::of(**score) == label).count();
    let (glad, bad, flat) = (of(Label::Positive), of(Label::Negative), of(Label::Neutral));
    let days = DayMood::DAYS;
    let mut text = format!(
        "Mood of headlines about {name}, day by day over {days} days: {glad} positive, {bad} negative, {flat} neutral"
    );
    let known: Vec<f64> = closes.iter().copied().flatten().collect();
    if let (Some(first), Some(last)) = (known.first(), known.last())
        && *first > 0.0
    {
        let percent = (last - first) / first * 100.0;
        let way = if percent < 0.0 { "down" } else { "up" };
        text += &format!("; price {way} {} %", figure::grouped(percent.abs(), 1));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn bar(date: &str, close: f64) -> Bar {
        let time = Bar::label(day(date));
        Bar { time, open: None, high: None, low: None, close, adj_close: None, volume: None }
    }

    fn values(layer: &Layer) -> &[Option<f64>] {
        match layer {
            Layer::Line { values, .. } | Layer::Histogram { values, .. } => values,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_weekend_has_fridays_close_and_its_own_mood() {
        // 11 March 2022 was a Friday.
        let bars = [bar("2022-03-10", 158.52), bar("2022-03-11", 154.73), bar("2022-03-14", 150.62)];
        let moods = [
            DayMood { date: day("2022-03-12"), score: 0.5 },
            DayMood { date: day("2022-03-14"), score: f64::NAN },
        ];
        let spec = mood_chart("AAPL", &bars, &moods, day("2022-03-14"));
        assert_eq!(spec.times[26..], ["2022-03-11", "2022-03-12", "2022-03-13", "2022-03-14"]);
        let closes = values(&spec.panes[0].layers[0]);
        assert_eq!(
            closes[24..],
            [None, Some(158.52), Some(154.73), Some(154.73), Some(154.73), Some(150.62)]
        );
        assert_eq!(values(&spec.panes[1].layers[0])[26..], [None, Some(0.5), None, None]);
        assert_eq!(
            spec.alternative,
            "Mood of headlines about AAPL, day by day over 30 days: 1 positive, 0 negative, 0 neutral; price down 5.0 %"
        );
    }

    #[test]
    fn a_price_of_long_ago_is_not_carried_on() {
        let spec = mood_chart("AAPL", &[bar("2021-03-10", 119.98)], &[], day("2022-03-14"));
        assert!(spec.panes.is_empty());
        assert_eq!(spec.times.len(), 30);
    }
}
