//! What holds for indicators and signals whatever the prices are.

use chrono::{Duration, NaiveDate};
use domain::{
    Bar,
    indicator::{self, IndicatorRow, IndicatorSet, Reset, rows},
    signal::{Composite, SignalWatch, latest_badge, signals},
};
use proptest::prelude::*;

/// Close, reach up and down as shares of it, volume.
type Price = (f64, Option<(f64, f64)>, Option<f64>);

fn bars(prices: &[Price]) -> Vec<Bar> {
    let start = NaiveDate::from_ymd_opt(2000, 1, 3).expect("a date");
    let bar = |(at, (close, reach, volume)): (usize, &Price)| Bar {
        time: Bar::label(start + Duration::days(at as i64)),
        open: reach.map(|_| *close),
        high: reach.map(|(up, _)| close * (1.0 + up)),
        low: reach.map(|(_, down)| close * (1.0 - down)),
        close: *close,
        adj_close: None,
        volume: *volume,
    };
    prices.iter().enumerate().map(bar).collect()
}

/// From 1e-9 to 1e9, evenly over the magnitudes.
fn price() -> impl Strategy<Value = f64> {
    (-9.0..9.0f64).prop_map(|magnitude| 10f64.powf(magnitude))
}

fn histories(close: impl Strategy<Value = f64>) -> impl Strategy<Value = Vec<Bar>> {
    let reach = proptest::option::weighted(0.9, (0.0..0.1f64, 0.0..0.1f64));
    let volume = proptest::option::weighted(0.9, 0.0..1e12f64);
    proptest::collection::vec((close, reach, volume), 1..300).prop_map(|prices| bars(&prices))
}

/// Runs of equal prices with jumps between them.
fn flat_histories() -> impl Strategy<Value = Vec<Bar>> {
    proptest::collection::vec((price(), 1..80usize), 1..5).prop_map(|runs| {
        let closes = runs.into_iter().flat_map(|(price, count)| std::iter::repeat_n(price, count));
        bars(&closes.map(|close| (close, Some((0.0, 0.0)), Some(1.0))).collect::<Vec<_>>())
    })
}

fn is_sound(row: &IndicatorRow) {
    let all = row.named().map(|(_, value)| value);
    assert!(all.iter().flatten().all(|value| value.is_finite()), "{row:?}");
    assert!(row.rsi14.is_none_or(|rsi| (0.0..=100.0).contains(&rsi)), "{row:?}");
    assert!(row.atr14.is_none_or(|atr| atr >= 0.0), "{row:?}");
    for share in [row.stoch_k, row.stoch_d, row.adx14, row.mfi14, row.willr14.map(|value| -value)]
        .into_iter()
        .flatten()
    {
        assert!((-1e-9..=100.0 + 1e-9).contains(&share), "{row:?}");
    }
    if let (Some(upper), Some(middle), Some(lower)) = (row.bb_upper, row.bb_middle, row.bb_lower) {
        assert!(lower <= middle && middle <= upper, "{row:?}");
    }
    assert_eq!(row.bb_middle, row.sma20);
}

/// The indicators that stand outside the set.
fn others_are_sound(bars: &[Bar]) {
    let closes: Vec<f64> = bars.iter().map(|bar| bar.close).collect();
    let bands = [indicator::donchian(bars, 20), indicator::keltner(bars, 20, 10, 2.0)]
        .into_iter()
        .flatten()
        .flatten();
    for bands in bands {
        assert!(
            bands.lower <= bands.middle && bands.middle <= bands.upper && bands.upper.is_finite(),
            "{bands:?}"
        );
    }
    for lines in indicator::aroon(bars, 14).into_iter().flatten() {
        assert!([lines.up, lines.down].iter().all(|line| (0.0..=100.0).contains(line)), "{lines:?}");
    }
    for lines in indicator::stoch_rsi(&closes, 14, 14, 3, 3).into_iter().flatten() {
        assert!([lines.k, lines.d].iter().all(|line| (-1e-9..=100.0 + 1e-9).contains(line)), "{lines:?}");
    }
    assert!(indicator::sar(bars, 0.02, 0.2).into_iter().flatten().all(f64::is_finite));
    let leads =
        indicator::ichimoku(bars, 9, 26, 52).into_iter().filter_map(|lines| lines.lead_a.zip(lines.lead_b));
    assert!(leads.into_iter().all(|(a, b)| a.is_finite() && b.is_finite()));
    let cut = bars.len() / 2;
    assert_eq!(indicator::sar(&bars[..cut], 0.02, 0.2), indicator::sar(bars, 0.02, 0.2)[..cut]);
    assert_eq!(indicator::aroon(&bars[..cut], 14), indicator::aroon(bars, 14)[..cut]);
}

/// The composite after each bar, with a mood.
fn composites(bars: &[Bar]) -> Vec<Option<Composite>> {
    let mut watch = SignalWatch::new();
    let after = |bar: &Bar| {
        watch.next(bar);
        watch.composite(Some(0.5))
    };
    bars.iter().map(after).collect()
}

fn check(bars: &[Bar]) {
    others_are_sound(bars);
    let all = rows(bars);
    all.iter().for_each(is_sound);
    let fired = signals(bars);
    for signal in &fired {
        assert!(signal.strength.is_none_or(|strength| (0.0..=100.0).contains(&strength)), "{signal:?}");
    }
    let composed = composites(bars);
    for composite in composed.iter().flatten() {
        assert!((-100.0..=100.0).contains(&composite.score), "{composite:?}");
    }
    let (mut set, mut watch) = (IndicatorSet::new(), SignalWatch::new());
    let streamed: Vec<_> = bars.iter().map(|bar| set.next(bar)).collect();
    assert_eq!(streamed, all);
    assert_eq!(bars.iter().flat_map(|bar| watch.next(bar)).collect::<Vec<_>>(), fired);
    set.reset();
    assert_eq!(bars.iter().map(|bar| set.next(bar)).collect::<Vec<_>>(), all);
    for cut in [0, 1, bars.len() / 3, bars.len() / 2, bars.len() - 1] {
        assert_eq!(rows(&bars[..cut]), all[..cut]);
        assert_eq!(composites(&bars[..cut]), composed[..cut]);
        let until = bars[..cut].last().map(|bar| bar.time);
        let early: Vec<_> = fired.iter().filter(|signal| Some(signal.time) <= until).cloned().collect();
        assert_eq!(signals(&bars[..cut]), early);
    }
    assert!((0.0..=100.0).contains(&latest_badge(bars).strength));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wild_prices_are_sound_streamed_and_never_look_ahead(bars in histories(price())) {
        check(&bars);
    }

    #[test]
    fn calm_prices_are_sound_streamed_and_never_look_ahead(bars in histories(90.0..110.0f64)) {
        check(&bars);
    }

    #[test]
    fn flat_prices_are_sound_streamed_and_never_look_ahead(bars in flat_histories()) {
        check(&bars);
    }

    #[test]
    fn a_bar_with_an_unusable_close_changes_nothing_after_it(
        bars in histories(90.0..110.0f64),
        at in any::<prop::sample::Index>(),
        broken in prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY), Just(f64::MAX)],
    ) {
        let at = at.index(bars.len());
        let mut with = bars.clone();
        with.insert(at, Bar { close: broken, ..bars[at] });
        let mut seen = rows(&with);
        let row = seen.remove(at);
        prop_assert!(row.named().iter().all(|(_, value)| value.is_none()));
        prop_assert_eq!(seen, rows(&bars));
        prop_assert_eq!(signals(&with), signals(&bars));
        prop_assert_eq!(latest_badge(&with), latest_badge(&bars));
    }
}

#[test]
fn flat_prices_have_no_rsi_and_a_neutral_badge() {
    for price in [1e-9, 0.1, 1e9] {
        let flat = bars(&vec![(price, Some((0.0, 0.0)), Some(1.0)); 300]);
        let last = *rows(&flat).last().expect("rows");
        assert_eq!(last.rsi14, None);
        assert_eq!((last.bb_upper, last.bb_lower), (Some(price), Some(price)));
        let badge = latest_badge(&flat);
        assert_eq!((badge.text.as_str(), badge.rsi, badge.strength), ("NEUTRAL", None, 0.0));
        assert_eq!(signals(&flat), []);
    }
}

#[test]
fn fourteen_closes_are_no_data_and_fifteen_are_enough() {
    let rising: Vec<_> = (0..15).map(|at| (100.0 + f64::from(at), None, None)).collect();
    assert_eq!(latest_badge(&bars(&rising[..14])).text, "NO DATA");
    assert_eq!(latest_badge(&[]).text, "NO DATA");
    // Only gains: RSI is 100, 30 points beyond 70.
    let badge = latest_badge(&bars(&rising));
    assert_eq!((badge.text.as_str(), badge.rsi, badge.strength), ("SELL (Overbought)", Some(100.0), 100.0));
}

#[test]
fn a_close_only_series_has_no_atr_and_no_obv() {
    let closes: Vec<_> = (0..60).map(|at| (100.0 + f64::from(at % 7), None, None)).collect();
    for row in rows(&bars(&closes)) {
        assert_eq!((row.atr14, row.obv), (None, None));
    }
}
