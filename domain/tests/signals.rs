//! When each rule fires, how strongly and in which words, on rows written by hand.

use chrono::{DateTime, Utc};
use domain::{
    Bar,
    indicator::IndicatorRow,
    signal::{Action, BollingerRule, MacdRule, RsiRule, Signal, SignalKind, badge},
};

fn bar(close: f64) -> Bar {
    let time = DateTime::<Utc>::UNIX_EPOCH;
    Bar { time, open: None, high: None, low: None, close, adj_close: None, volume: None }
}

fn row() -> IndicatorRow {
    serde_json::from_value(serde_json::json!({ "time": DateTime::<Utc>::UNIX_EPOCH }))
        .expect("a row of nothing")
}

fn said(signal: &Option<Signal>) -> Option<(Action, &str)> {
    signal.as_ref().map(|signal| (signal.action, signal.reason.as_str()))
}

#[test]
fn rsi_fires_once_when_it_enters_and_again_after_it_left() {
    let mut rule = RsiRule::default();
    let fired: Vec<_> = [25.0, 30.0, 29.97, 20.0, 50.0, 80.0, 75.0, 28.4]
        .map(|rsi| rule.next(&bar(1.0), &IndicatorRow { rsi14: Some(rsi), ..row() }))
        .to_vec();
    let words: Vec<_> = fired.iter().map(said).collect();
    let none = None::<(Action, &str)>;
    let entered = Some((Action::Buy, "RSI 14 fell to 29.97, below 30"));
    let over = Some((Action::Sell, "RSI 14 rose to 80.0, above 70"));
    let under = Some((Action::Buy, "RSI 14 fell to 28.4, below 30"));
    // The first value is no crossing, although it is below 30; 30 itself is not below 30.
    assert_eq!(words, [none, none, entered, none, none, over, none, under]);
    assert_eq!(fired[5].as_ref().and_then(|signal| signal.strength), Some(50.0));
}

#[test]
fn macd_fires_when_it_changes_sides_and_not_for_a_touch() {
    let mut rule = MacdRule::default();
    let mut next = |histogram: f64, atr14| {
        let (macd, line) = (1.0 + histogram, 1.0);
        let lines = (Some(macd), Some(line), Some(histogram));
        let (macd, macd_signal, macd_histogram) = lines;
        rule.next(&bar(100.0), &IndicatorRow { macd, macd_signal, macd_histogram, atr14, ..row() })
    };
    assert_eq!(next(-0.5, Some(1.0)), None);
    assert_eq!(next(0.0, Some(1.0)), None);
    assert_eq!(next(-0.5, Some(1.0)), None);
    assert_eq!(next(0.0, Some(1.0)), None);
    let up = next(0.5, Some(1.0)).expect("it crossed");
    // Half an ATR beyond the line; two are 100.
    assert_eq!((up.kind, up.action, up.strength), (SignalKind::Macd, Action::Buy, Some(25.0)));
    assert_eq!(up.reason, "MACD crossed above its signal line, 1.50 against 1.00");
    let down = next(-9.0, None).expect("it crossed back");
    // No high and low, no ATR: nothing to measure by.
    assert_eq!((down.action, down.strength), (Action::Sell, None));
}

#[test]
fn bollinger_fires_when_the_close_leaves_the_bands() {
    let mut rule = BollingerRule::default();
    let bands = IndicatorRow { bb_upper: Some(110.0), bb_lower: Some(90.0), atr14: Some(4.0), ..row() };
    let fired: Vec<_> =
        [110.0, 112.0, 113.0, 80.0, 100.0].map(|close| rule.next(&bar(close), &bands)).to_vec();
    let above = Some((Action::Sell, "Close 112.00 rose above the upper Bollinger band at 110.00"));
    let below = Some((Action::Buy, "Close 80.00 fell below the lower Bollinger band at 90.00"));
    assert_eq!(fired.iter().map(said).collect::<Vec<_>>(), [None, above, None, below, None]);
    let strengths: Vec<_> = fired.iter().flatten().map(|signal| signal.strength).collect();
    assert_eq!(strengths, [Some(25.0), Some(100.0)]);
}

#[test]
fn a_badge_grows_to_full_strength_twenty_points_beyond_its_threshold() {
    for (rsi, text, strength) in [
        (30.0, "NEUTRAL", 0.0),
        (20.0, "BUY (Oversold)", 50.0),
        (5.0, "BUY (Oversold)", 100.0),
        (70.0, "NEUTRAL", 0.0),
        (75.0, "SELL (Overbought)", 25.0),
        (95.0, "SELL (Overbought)", 100.0),
    ] {
        let badge = badge(Some(rsi), 15);
        assert_eq!((badge.text.as_str(), badge.strength, badge.rsi), (text, strength, Some(rsi)));
    }
}
