//! Every indicator there is, whatever its inputs and the prices are: streamed and in one go the same bits, a value or
//! none and never something else, and no look ahead.

use chrono::{Duration, NaiveDate};
use domain::{
    Bar,
    indicator::{self, Bands, Indicator, StochasticLines, Study, Values, Worked},
};
use proptest::prelude::*;

type Line = Vec<Option<f64>>;
/// How far a bar reaches up and down, as shares of its close; and its volume.
type More = (Option<(f64, f64)>, Option<f64>);

fn history(bars: Vec<(f64, More)>) -> Vec<Bar> {
    let start = NaiveDate::from_ymd_opt(2000, 1, 3).expect("a date");
    let bar = |(at, (close, (reach, volume))): (usize, (f64, More))| Bar {
        time: Bar::label(start + Duration::days(at as i64)),
        open: reach.map(|_| close),
        high: reach.map(|(up, _)| close * (1.0 + up)),
        low: reach.map(|(_, down)| close * (1.0 - down)),
        close,
        adj_close: None,
        volume,
    };
    bars.into_iter().enumerate().map(bar).collect()
}

/// Calm, from 1e-9 to 1e9, flat, leaping between both ends, and without a value at all.
fn close() -> impl Strategy<Value = Vec<f64>> {
    let many = 1..260usize;
    prop_oneof![
        proptest::collection::vec(90.0..110.0f64, many.clone()),
        proptest::collection::vec((-9.0..9.0f64).prop_map(|power| 10f64.powf(power)), many.clone()),
        (prop_oneof![Just(1e-9), Just(0.1), Just(1e9)], many.clone())
            .prop_map(|(price, count)| vec![price; count]),
        proptest::collection::vec(prop_oneof![Just(1e-9), Just(1e9)], many.clone()),
        proptest::collection::vec(prop_oneof![9 => 90.0..110.0f64, 1 => Just(f64::NAN)], many),
    ]
}

fn hostile() -> impl Strategy<Value = Vec<Bar>> {
    let reach = proptest::option::weighted(0.9, (0.0..0.1f64, 0.0..0.1f64));
    let volume = prop_oneof![
        3 => (0.0..1e12f64).prop_map(Some),
        1 => Just(Some(0.0)),
        1 => Just(None),
    ];
    let more = proptest::collection::vec((reach, volume), 260);
    let quiet = any::<bool>();
    (close(), more, quiet).prop_map(|(closes, more, quiet)| {
        let bar = |(close, more): (f64, More)| match quiet {
            true => (close, (Some((0.0, 0.0)), Some(0.0))),
            false => (close, more),
        };
        history(closes.into_iter().zip(more).map(bar).collect())
    })
}

/// An indicator with inputs at any share between their ends.
fn studies() -> impl Strategy<Value = Vec<Study>> {
    let shares = proptest::collection::vec(0.0..=1.0f64, 4);
    shares.prop_map(|shares| {
        let study = |indicator: &Indicator| {
            let inputs = indicator.inputs().iter().zip(&shares).enumerate();
            inputs.fold(Study::usual(*indicator), |study, (at, (input, share))| {
                study.with(at, input.low + share * share * (input.high - input.low))
            })
        };
        Indicator::ALL.iter().map(study).collect()
    })
}

fn columns(values: impl IntoIterator<Item = Values>, count: usize) -> Vec<Line> {
    let mut lines = vec![Line::new(); count];
    for row in values {
        lines.iter_mut().zip(row).for_each(|(line, value)| line.push(value));
    }
    lines
}

fn bands(of: Vec<Option<Bands>>) -> Vec<Line> {
    columns(
        of.into_iter()
            .map(|each| [each.map(|b| b.upper), each.map(|b| b.middle), each.map(|b| b.lower), None]),
        3,
    )
}

fn stochastic(of: Vec<Option<StochasticLines>>) -> Vec<Line> {
    columns(of.into_iter().map(|each| [each.map(|l| l.k), each.map(|l| l.d), None, None]), 2)
}

/// The lines as the function over all bars gives them.
fn batch(study: Study, bars: &[Bar]) -> Vec<Line> {
    let closes: Vec<f64> = bars.iter().map(|bar| bar.close).collect();
    let inputs: Vec<f64> = study.inputs().collect();
    let n = |at: usize| inputs[at] as usize;
    match study.indicator() {
        Indicator::Sma => vec![indicator::sma(&closes, n(0))],
        Indicator::Ema => vec![indicator::ema(&closes, n(0))],
        Indicator::Bollinger => bands(indicator::bollinger(&closes, n(0), inputs[1])),
        Indicator::Keltner => bands(indicator::keltner(bars, n(0), n(1), inputs[2])),
        Indicator::Donchian => bands(indicator::donchian(bars, n(0))),
        Indicator::Ichimoku => {
            let lines = indicator::ichimoku(bars, n(0), n(1), n(2)).into_iter();
            columns(lines.map(|each| [each.conversion, each.base, each.lead_a, each.lead_b]), 4)
        }
        Indicator::Sar => vec![indicator::sar(bars, inputs[0], inputs[1])],
        Indicator::Vwap => vec![indicator::vwap(bars)],
        Indicator::Rsi => vec![indicator::rsi(&closes, n(0))],
        Indicator::Macd => {
            let lines = indicator::macd(&closes, n(0), n(1), n(2)).into_iter();
            let row = |each: Option<indicator::MacdLines>| {
                [each.map(|l| l.macd), each.map(|l| l.signal), each.map(|l| l.histogram), None]
            };
            columns(lines.map(row), 3)
        }
        Indicator::Stochastic => stochastic(indicator::stochastic(bars, n(0), n(1), n(2))),
        Indicator::StochRsi => stochastic(indicator::stoch_rsi(&closes, n(0), n(1), n(2), n(3))),
        Indicator::Adx => {
            let lines = indicator::adx(bars, n(0)).into_iter();
            let row = |each: Option<indicator::AdxLines>| {
                [each.map(|l| l.adx), each.map(|l| l.plus), each.map(|l| l.minus), None]
            };
            columns(lines.map(row), 3)
        }
        Indicator::Aroon => {
            let lines = indicator::aroon(bars, n(0)).into_iter();
            columns(lines.map(|each| [each.map(|l| l.up), each.map(|l| l.down), None, None]), 2)
        }
        Indicator::Cci => vec![indicator::cci(bars, n(0))],
        Indicator::Mfi => vec![indicator::mfi(bars, n(0))],
        Indicator::Williams => vec![indicator::williams(bars, n(0))],
        Indicator::Roc => vec![indicator::roc(&closes, n(0))],
        Indicator::Atr => vec![indicator::atr(bars, n(0))],
        Indicator::Obv => vec![indicator::obv(bars)],
    }
}

fn check(study: Study, bars: &[Bar]) {
    let worked = Worked::of(study, bars);
    for line in worked.lines() {
        assert_eq!(line.len(), bars.len(), "{study}");
        assert!(line.iter().flatten().all(|value| value.is_finite()), "{study}: {line:?}");
    }
    assert_eq!(worked.lines(), batch(study, bars), "{study}: as the function over all bars");
    let last = bars.len() - 1;
    for cut in [0, 1.min(last), bars.len() / 3, bars.len() / 2, last] {
        let before = Worked::of(study, &bars[..cut]);
        let streamed = before.after(&bars[cut]);
        for (at, line) in worked.lines().iter().enumerate() {
            assert_eq!(streamed[at], line[cut], "{study}: streamed at {cut}");
            assert_eq!(before.lines()[at], line[..cut], "{study}: looks ahead at {cut}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_indicator_is_the_same_streamed_and_in_one_go_and_sound_over_hostile_prices(
        bars in hostile(),
        studies in studies(),
    ) {
        studies.into_iter().for_each(|study| check(study, &bars));
    }
}

#[test]
fn one_bar_flat_prices_and_no_volume_are_a_value_or_none() {
    let flat = |price: f64, count: usize, volume| history(vec![(price, (Some((0.0, 0.0)), volume)); count]);
    for indicator in Indicator::ALL {
        let study = Study::usual(*indicator);
        for price in [1e-9, 1.0, 1e9] {
            for volume in [None, Some(0.0), Some(1.0)] {
                check(study, &flat(price, 1, volume));
                check(study, &flat(price, 120, volume));
                check(study, &history(vec![(price, (None, volume)); 120]));
            }
        }
    }
    // Without a range or volume these say nothing; a mean and a stop do.
    let last = |word: &str| {
        let study: Study = word.parse().expect("a study");
        Worked::of(study, &flat(2.0, 120, Some(0.0))).lines()[0][119]
    };
    let undefined = ["rsi", "stochastic", "stochrsi", "adx", "cci", "mfi", "williams", "vwap"];
    assert_eq!(undefined.map(last), [None; 8]);
    assert_eq!(["sma", "ema", "bollinger", "keltner", "donchian", "sar"].map(last), [Some(2.0); 6]);
    assert_eq!(["roc", "atr", "obv"].map(last), [Some(0.0); 3]);
}
