//! On which basis a bar stands: a split divides the prices of every day before it, a dividend lowers their adjusted
//! closes. Nothing is converted here: what stands on another basis is asked for again, or goes.

use chrono::{DateTime, Utc};
use domain::Bar;

/// Whether two bars of the same time are further apart than `tolerance`, a share: in the close, or in what dividends
/// took off it.
pub(super) fn apart(told: &Bar, stored: &Bar, tolerance: f64) -> bool {
    let away = |a: f64, b: f64| (a / b - 1.0).abs() > tolerance;
    let factor = |bar: &Bar| bar.adj_close.map(|adjusted| adjusted / bar.close);
    let factors = factor(told).zip(factor(stored));
    away(told.close, stored.close) || factors.is_some_and(|(told, stored)| away(told, stored))
}

/// Nearly every dividend is a larger share of the price, and what sources round off is a smaller one.
const SAME: f64 = 0.0005;

/// The stored bars that a whole history leaves on another basis, since it has none of their time. Splits and
/// dividends change every day before them, so a bar may stay where the nearest one before it that is told again
/// reads as it is stored. All oldest first.
pub(super) fn left_behind(stored: &[Bar], told: &[Bar]) -> Vec<DateTime<Utc>> {
    let (mut left, mut moved) = (Vec::new(), true);
    for bar in stored {
        match told.binary_search_by_key(&bar.time, |each| each.time) {
            Ok(at) => moved = apart(&told[at], bar, SAME),
            Err(_) if moved => left.push(bar.time),
            Err(_) => {}
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(day: u32, close: f64, adjusted: f64) -> Bar {
        let date = chrono::NaiveDate::from_ymd_opt(2022, 3, day).unwrap();
        let (open, high, low, volume) = (None, None, None, None);
        Bar { time: Bar::label(date), open, high, low, close, adj_close: Some(adjusted), volume }
    }

    fn days(left: &[DateTime<Utc>]) -> Vec<String> {
        left.iter().map(|time| time.format("%-d").to_string()).collect()
    }

    #[test]
    fn bars_that_are_not_told_again_go_before_a_split_or_dividend_and_stay_after_it() {
        let stored = [1, 2, 3, 4, 7, 8].map(|day| bar(day, 100.0, 100.0));
        assert!(days(&left_behind(&stored, &[stored[0], stored[4]])).is_empty(), "nothing was restated");
        // On the third, 2:1; on the third, a dividend of 1 %.
        for (close, adjusted) in [(50.0, 50.0), (100.0, 99.0)] {
            let told = [bar(1, close, adjusted), stored[2], stored[4]];
            assert_eq!(days(&left_behind(&stored, &told)), ["2"]);
            let all_before = [bar(1, close, adjusted), bar(3, close, adjusted)];
            assert_eq!(days(&left_behind(&stored, &all_before)), ["2", "4", "7", "8"]);
        }
        assert_eq!(days(&left_behind(&stored, &[stored[2]])), ["1", "2"], "nothing tells their basis");
    }
}
