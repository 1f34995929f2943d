use super::{PriceStudy, price_chart};
use crate::{
    Bar, Interval, Series, Symbol,
    chart::{ChartSpec, Developing, Layer, PriceChartOptions, PriceStyle, Window},
    indicator::{Indicator, Study, rows},
    signal::signals,
};
use chrono::{Duration, NaiveDate};

/// A wave of daily bars, large enough to fire every rule.
fn series(count: usize, close_only: bool) -> Series {
    let start = NaiveDate::from_ymd_opt(2021, 1, 1).expect("a date");
    let bar = |at: usize| {
        let close = 100.0 + 20.0 * (at as f64 / 9.0).sin() + (at % 7) as f64;
        let part = |value: f64| (!close_only).then_some(value);
        Bar {
            time: Bar::label(start + Duration::days(at as i64)),
            open: part(close - 0.5),
            high: part(close + 1.0),
            low: part(close - 1.0),
            close,
            adj_close: None,
            volume: part(1000.0 + at as f64),
        }
    };
    let bars = (0..count).map(bar).collect();
    Series { symbol: Symbol::parse("AAPL").expect("a symbol"), interval: Interval::Day1, bars }
}

fn everything(window: Window) -> PriceChartOptions {
    let mut studies = PriceChartOptions::default().studies;
    let more = Indicator::ALL.iter().map(|each| Study::usual(*each));
    studies.extend(more.filter(|study| !PriceChartOptions::default().studies.contains(study)));
    PriceChartOptions { studies, window, ..PriceChartOptions::default() }
}

/// Each list of a chart with its length, so that none can be longer or shorter than the axis.
fn lengths(spec: &ChartSpec) -> Vec<usize> {
    let of = |layer: &Layer| match layer {
        Layer::Candles { bars } => vec![bars.len()],
        Layer::Line { values, .. } | Layer::Area { values, .. } | Layer::Histogram { values, .. } => {
            vec![values.len()]
        }
        Layer::Band { upper, lower, .. } => vec![upper.len(), lower.len()],
        Layer::Volume { values, up } => vec![values.len(), up.len()],
        Layer::Ranges { ranges, .. } => vec![ranges.len()],
        Layer::Markers { .. } => vec![],
    };
    spec.panes.iter().flat_map(|pane| pane.layers.iter().flat_map(of)).collect()
}

fn line<'a>(spec: &'a ChartSpec, wanted: &str) -> &'a [Option<f64>] {
    let layers = spec.panes.iter().flat_map(|pane| &pane.layers);
    layers
        .filter_map(|layer| match layer {
            Layer::Line { name, values, .. } if name == wanted => Some(values.as_slice()),
            _ => None,
        })
        .next()
        .expect("the line is in the chart")
}

#[test]
fn indicators_are_those_of_the_whole_series_cut_to_the_window() {
    let series = series(300, false);
    let rows = rows(&series.bars);
    let spec = price_chart(&series, &everything(Window::Last(40)));
    assert_eq!(spec.times.len(), 40);
    assert_eq!(spec.times[39], "2021-10-27");
    let expected: Vec<_> = rows[260..].iter().map(|row| row.sma200).collect();
    assert_eq!(line(&spec, "SMA 200"), expected);
    assert!(line(&spec, "MACD").iter().all(Option::is_some));
    assert!(lengths(&spec).iter().all(|length| *length == 40));
    assert_eq!(spec, price_chart(&series, &everything(Window::From(260))));
}

#[test]
fn panes_and_layers_follow_the_options() {
    let series = series(120, false);
    let titles = |spec: &ChartSpec| spec.panes.iter().map(|pane| pane.title.clone()).collect::<Vec<_>>();
    let full = price_chart(&series, &everything(Window::All));
    let below = Indicator::ALL.iter().filter(|each| !each.is_over_price()).count();
    assert_eq!(titles(&full)[..3], ["AAPL", "RSI 14", "MACD 12 26 9"]);
    assert_eq!(full.panes.len(), 1 + below);
    assert_eq!(full.panes[1].range, Some((0.0, 100.0)));
    assert_eq!(full.panes[1].levels, [30.0, 70.0]);
    assert!(matches!(full.panes[0].layers[0], Layer::Volume { .. }));
    assert!(matches!(full.panes[0].layers[1], Layer::Band { .. }));
    let bands = full.panes[0].layers.iter().filter(|layer| matches!(layer, Layer::Band { .. })).count();
    assert_eq!(bands, 4, "Bollinger, Keltner, Donchian and the cloud lie under the price");
    assert!(matches!(full.panes[0].layers[1 + bands], Layer::Candles { .. }));

    let bare = PriceChartOptions {
        style: PriceStyle::Line,
        studies: vec![],
        volume: false,
        signals: false,
        log: true,
        ..PriceChartOptions::default()
    };
    let bare = price_chart(&series, &bare);
    assert_eq!(titles(&bare), ["AAPL"]);
    assert!(matches!(bare.panes[0].layers[..], [Layer::Line { .. }]));
    assert!(bare.log);
}

#[test]
fn marks_stand_where_signals_fired() {
    let series = series(300, false);
    let spec = price_chart(&series, &everything(Window::From(100)));
    let Some(Layer::Markers { marks }) = spec.panes[0].layers.last() else { panic!("marks come last") };
    assert!(!marks.is_empty());
    let fired = signals(&series.bars);
    for mark in marks {
        let bar = &series.bars[100 + mark.at as usize];
        let reasons: Vec<_> = fired.iter().filter(|signal| signal.time == bar.time).collect();
        assert!(reasons.iter().any(|signal| mark.text.contains(&signal.reason)), "{mark:?}");
        assert_eq!(Some(mark.value), if mark.up { bar.low } else { bar.high });
    }
    let visible = fired.iter().filter(|signal| signal.time >= series.bars[100].time);
    assert_eq!(visible.count(), marks.iter().map(|mark| mark.text.split("; ").count()).sum::<usize>());
}

#[test]
fn a_close_only_series_is_an_area_without_volume() {
    let spec = price_chart(&series(60, true), &PriceChartOptions::default());
    assert!(matches!(spec.panes[0].layers[0], Layer::Area { .. }));
    assert!(!spec.panes[0].layers.iter().any(|layer| matches!(layer, Layer::Volume { .. })));
}

#[test]
fn the_alternative_says_what_the_chart_shows() {
    let mut series = series(60, false);
    // The last two closes of AAPL in the example of the design: 162.95, then 158.52.
    for bar in &mut series.bars {
        bar.close = 170.0;
    }
    series.bars[58].close = 162.95;
    series.bars[59].close = 158.52;
    series.bars[59].time = Bar::label(NaiveDate::from_ymd_opt(2022, 3, 10).expect("a date"));
    let words = |series: &Series| price_chart(series, &PriceChartOptions::default()).alternative;
    assert_eq!(words(&series), "AAPL closed at 158.52 on 10 Mar 2022, down 2.7 %, below its 50-day mean");

    series.bars.truncate(2);
    assert_eq!(words(&series), "AAPL closed at 170.00 on 2 Jan 2021, unchanged");
    series.bars.truncate(1);
    assert_eq!(words(&series), "AAPL closed at 170.00 on 1 Jan 2021");
    series.interval = Interval::Minute5;
    series.bars[0].time = chrono::DateTime::from_timestamp(1_646_944_200, 0).expect("a time");
    assert_eq!(words(&series), "AAPL closed at 170.00 on 10 Mar 2022 15:30");
    series.bars.clear();
    let empty = price_chart(&series, &PriceChartOptions::default());
    assert_eq!(empty.alternative, "AAPL has no prices yet");
    assert!(empty.times.is_empty() && empty.panes.is_empty());
}

#[test]
fn windows_beyond_the_series_and_broken_bars_are_harmless() {
    let mut series = series(50, false);
    assert_eq!(price_chart(&series, &everything(Window::Last(500))).times.len(), 50);
    assert!(price_chart(&series, &everything(Window::From(500))).times.is_empty());
    series.bars[10].close = f64::NAN;
    series.bars[20].low = Some(-1.0);
    let options = PriceChartOptions { log: true, ..everything(Window::From(9)) };
    let spec = price_chart(&series, &options);
    assert_eq!((spec.times.len(), spec.log), (40, false));
    let wire = serde_json::to_string(&spec).expect("a chart can be written");
    let back = serde_json::from_str::<ChartSpec>(&wire).expect("and read back");
    assert_eq!(back.times, spec.times);
}

#[test]
fn the_bar_of_now_stands_behind_the_history_and_changes_nothing_before_it() {
    let series = series(300, false);
    let options = everything(Window::Last(40));
    let now = Developing::of(&series.bars, 140.0, series.bars[299].time, true).expect("a bar");
    let (with, without) =
        (PriceStudy::of(&series).chart(&options, Some(&now)), PriceStudy::of(&series).chart(&options, None));
    assert_eq!((with.times.len(), without.times.len()), (41, 40));
    assert_eq!(lengths(&with).into_iter().max(), Some(41));
    assert_eq!(line(&with, "SMA 50")[..40], line(&without, "SMA 50")[..]);
    // The mean of the last 49 closes and the price of now, by hand.
    let closes: f64 = series.bars[251..].iter().map(|bar| bar.close).sum();
    let mean = line(&with, "SMA 50")[40].expect("a mean");
    assert!((mean - (closes + 140.0) / 50.0).abs() < 1e-9);
    assert_eq!(with.alternative, without.alternative, "it tells the last close");
}

#[test]
fn only_a_price_newer_than_the_history_develops_a_bar() {
    let bars = series(3, false).bars;
    let last = bars[2];
    assert_eq!(Developing::of(&bars, last.close, last.time, false), None);
    assert_eq!(Developing::of(&bars, f64::NAN, last.time, true), None);
    assert_eq!(Developing::of(&[], 1.0, last.time, true), None);
    let now = Developing::of(&bars, last.close + 2.0, last.time, true).expect("a bar").bar;
    assert!(now.time > last.time);
    assert_eq!((now.open, now.low, now.high), (Some(last.close), Some(last.close), Some(last.close + 2.0)));
}

#[test]
fn of_more_bars_than_there_is_room_for_several_share_a_place_and_indicators_stay_what_they_are() {
    let series = series(1000, false);
    let study = PriceStudy::of(&series);
    let fine = PriceChartOptions::default();
    let coarse = PriceChartOptions { most: Some(500), ..fine.clone() };
    let (all, shared) = (study.chart(&fine, None), study.chart(&coarse, None));
    let grain = study.grain(&coarse);
    assert_eq!((grain.size, shared.times.len()), (4, 250));
    let lasts: Vec<usize> = grain.lasts().collect();
    for name in ["SMA 50", "RSI 14", "MACD"] {
        let expected: Vec<_> = lasts.iter().map(|last| line(&all, name)[*last]).collect();
        assert_eq!(line(&shared, name), expected, "{name}");
    }
    let now = Developing::of(&series.bars, 140.0, series.bars[999].time, true).expect("a bar");
    assert_eq!(study.chart(&coarse, Some(&now)).times.len(), 251);
    let part = PriceChartOptions { window: Window::Between(100, 300), ..coarse };
    let part = study.chart(&part, Some(&now));
    assert_eq!((part.times.len(), part.developing), (200, None));
    assert_eq!(line(&part, "SMA 50"), &line(&all, "SMA 50")[100..300]);
}

#[test]
fn another_input_changes_its_line_alone_and_is_the_indicator_itself() {
    let series = series(300, false);
    let study = PriceStudy::of(&series);
    let mut options = PriceChartOptions::default();
    let before = study.chart(&options, None);
    options.studies[0] = options.studies[0].with(0, 33.0);
    let after = study.chart(&options, None);
    let closes: Vec<f64> = series.bars.iter().map(|bar| bar.close).collect();
    assert_eq!(line(&after, "SMA 33"), crate::indicator::sma(&closes, 33));
    assert_eq!(line(&after, "SMA 200"), line(&before, "SMA 200"));
    assert_eq!(after.panes[1..], before.panes[1..]);
}

#[test]
fn the_cloud_stands_as_many_bars_ahead_as_its_base_has() {
    let series = series(300, false);
    let studies = vec![Study::usual(Indicator::Ichimoku)];
    let spec = price_chart(&series, &PriceChartOptions { studies, ..PriceChartOptions::default() });
    let lines = crate::indicator::ichimoku(&series.bars, 9, 26, 52);
    let cloud = spec.panes[0].layers.iter().find_map(|layer| match layer {
        Layer::Band { upper, lower, .. } => Some((upper[200], lower[200])),
        _ => None,
    });
    let (a, b) = (lines[174].lead_a.expect("a lead"), lines[174].lead_b.expect("a lead"));
    assert_eq!(cloud, Some((Some(a.max(b)), Some(a.min(b)))));
}

/// A sketch holds those layers of the chart with other inputs that differ, at their places, and leaves none out.
#[test]
fn a_sketch_is_what_the_chart_will_be() {
    let series = series(400, false);
    let study = PriceStudy::of(&series);
    let last = *series.bars.last().expect("a bar");
    let now = Developing {
        bar: Bar::developing(&last, last.close + 1.0, last.time + Duration::days(1)),
        simulated: true,
    };
    for (volume, now) in [(true, Some(&now)), (false, None)] {
        let options = PriceChartOptions { volume, ..everything(Window::Last(200)) };
        let before = study.chart(&options, now);
        for (at, was) in options.studies.iter().enumerate() {
            let Some(input) = was.indicator().inputs().first() else { continue };
            let moved = was.with(0, input.usual + 7.0 * input.step);
            let mut studies = options.studies.clone();
            studies[at] = moved;
            let after = study.chart(&PriceChartOptions { studies, ..options.clone() }, now);
            let sketch = study.sketch(&options, at, moved, now).expect("the study is shown");
            for (place, layer) in &sketch.layers {
                assert_eq!(after.panes[sketch.pane].layers[*place], *layer, "{}", moved.name());
            }
            for (pane, (before, after)) in before.panes.iter().zip(&after.panes).enumerate() {
                for (place, (before, after)) in before.layers.iter().zip(&after.layers).enumerate() {
                    let is_sketched =
                        pane == sketch.pane && sketch.layers.iter().any(|(other, _)| *other == place);
                    assert!(before == after || is_sketched, "{} leaves out {pane}-{place}", moved.name());
                }
            }
        }
    }
    assert_eq!(study.sketch(&everything(Window::Last(200)), 99, Study::usual(Indicator::Sma), None), None);
}
