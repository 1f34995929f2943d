use super::{Trend, lay};
use crate::Bar;
use chrono::{Duration, NaiveDate};

/// A bar a day around each close, one wide.
fn bars(closes: impl IntoIterator<Item = f64>) -> Vec<Bar> {
    let start = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date");
    let bar = |(at, close): (usize, f64)| Bar {
        time: Bar::label(start + Duration::days(at as i64)),
        open: Some(close),
        high: Some(close + 0.5),
        low: Some(close - 0.5),
        close,
        adj_close: None,
        volume: Some(1.0),
    };
    closes.into_iter().enumerate().map(bar).collect()
}

/// Between 100 and 110 and back, one a day: a period of 20 bars.
fn waves(count: usize) -> Vec<Bar> {
    bars((0..count).map(|at| 100.0 + (at % 20).min(20 - at % 20) as f64))
}

#[test]
fn a_steady_rise_is_up_and_its_mirror_down() {
    let rise: Vec<f64> = (0..300).map(|at| 100.0 + f64::from(at)).collect();
    assert_eq!(lay(&bars(rise.iter().copied())).trend, Some(Trend::Up));
    assert_eq!(lay(&bars(rise.iter().rev().copied())).trend, Some(Trend::Down));
    assert_eq!(lay(&waves(300)).trend, Some(Trend::Sideways));
    assert_eq!(lay(&bars(rise.into_iter().take(199))).trend, None);
}

/// By hand: the waves turn at highs of 110.5 and lows of 99.5. Of 305 bars the last 252 are those from 53 on; a turn
/// needs five bars on each side, so highs count from bar 70 to 290 (every 20: 12) and lows from 60 to 280... and 300 has
/// only four bars after it (12).
#[test]
fn waves_turn_at_two_levels() {
    let bars = waves(305);
    let lay = lay(&bars);
    assert_eq!(bars[304].close, 104.0);
    let said = |levels: &[super::Level]| {
        levels.iter().map(|level| (level.price, level.touches, level.last_touch)).collect::<Vec<_>>()
    };
    assert_eq!(said(&lay.support), [(99.5, 12, bars[280].time)]);
    assert_eq!(said(&lay.resistance), [(110.5, 12, bars[290].time)]);
}

#[test]
fn one_turn_is_no_level_and_too_few_bars_say_nothing() {
    let peak = bars((0..41).map(|at: i32| 100.0 - f64::from((at - 20).abs())));
    assert_eq!(lay(&peak).resistance, []);
    assert_eq!(lay(&[]), super::Lay::default());
    assert_eq!(lay(&waves(10)), super::Lay::default());
}
