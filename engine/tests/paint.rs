//! The server's pictures: safe to put into a page, small, and honest about gaps.

use domain::Bar;
use domain::chart::{ChartSpec, Developing, Ink, Layer, Mark, Pane, Spread};
use engine::paint::{Size, svg};

fn spec(count: usize) -> ChartSpec {
    let date = |i: usize| {
        chrono::NaiveDate::from_ymd_opt(2021, 3, 10).expect("a date") + chrono::Days::new(i as u64)
    };
    let close = |i: usize| 150.0 + 20.0 * (i as f64 / 17.0).sin() + 3.0 * (i as f64 / 2.3).cos();
    let bars: Vec<Bar> = (0..count)
        .map(|i| Bar {
            time: Bar::label(date(i)),
            open: Some(close(i.saturating_sub(1))),
            high: Some(close(i).max(close(i.saturating_sub(1))) + 1.5),
            low: Some(close(i).min(close(i.saturating_sub(1))) - 1.5),
            close: close(i),
            adj_close: None,
            volume: Some(1e6),
        })
        .collect();
    let line = |from: usize| (0..count).map(|i| (i >= from).then(|| close(i) - 2.0)).collect::<Vec<_>>();
    let rsi = (0..count).map(|i| (i >= 14).then(|| 50.0 + 30.0 * (i as f64 / 9.0).sin())).collect();
    let histogram = (0..count).map(|i| (i >= 33).then(|| (i as f64 / 11.0).sin())).collect();
    let pane = |title: &str, weight, range, levels, layers| Pane {
        title: title.into(),
        weight,
        range,
        levels,
        layers,
    };
    ChartSpec {
        alternative: "AAPL <closed> at 158.52 & fell".into(),
        times: (0..count).map(|i| date(i).to_string()).collect(),
        log: false,
        developing: None,
        panes: vec![
            pane(
                "AAPL",
                3.0,
                None,
                vec![],
                vec![
                    Layer::Volume { values: vec![Some(1e6); count], up: vec![true; count] },
                    Layer::Band {
                        name: "Bollinger".into(),
                        ink: Ink::Muted,
                        upper: line(20),
                        lower: line(20),
                    },
                    Layer::Candles { bars },
                    Layer::Line { name: "SMA 20".into(), ink: Ink::Series(0), values: line(20) },
                    Layer::Line { name: "SMA 50".into(), ink: Ink::Series(1), values: line(50) },
                    Layer::Markers {
                        marks: vec![Mark { at: 3, value: 150.0, up: true, text: "RSI".into() }],
                    },
                ],
            ),
            pane(
                "RSI 14",
                1.0,
                Some((0.0, 100.0)),
                vec![30.0, 70.0],
                vec![Layer::Line { name: "RSI".into(), ink: Ink::Series(3), values: rsi }],
            ),
            pane(
                "MACD",
                1.0,
                None,
                vec![],
                vec![Layer::Histogram { name: "MACD".into(), values: histogram }],
            ),
        ],
    }
}

#[test]
fn a_year_in_three_panes_is_small_and_safe_for_a_page() {
    let picture = svg(&spec(250), Size::PAGE).expect("a picture");
    assert!(picture.len() < 60_000, "{} bytes", picture.len());
    assert!(!picture.contains("style="), "no inline style under the content security policy");
    assert!(!picture.contains('#'), "no colour of its own");
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
    assert!(picture.contains(r#"role="img""#));
    assert!(picture.contains("<title>AAPL &lt;closed&gt; at 158.52 &amp; fell</title>"));
    for class in [
        "k-candle k-up",
        "k-candle k-down",
        "k-volume k-up",
        "k-band k-muted",
        "k-histogram k-down",
        "k-mark k-up",
        "k-tag",
        "k-level",
        "k-grid",
    ] {
        assert!(picture.contains(class), "{class} is missing");
    }
    if let Some(folder) = std::env::var_os("CANDLEWICK_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join("page.svg"), &picture).expect("the folder exists");
    }
}

#[test]
fn a_simulated_bar_is_hollow_and_its_tag_too() {
    let mut now = spec(30);
    let picture = svg(&now, Size::PAGE).expect("a picture");
    assert!(!picture.contains("k-developing") && !picture.contains("k-open"));
    let bar = Bar {
        time: Bar::label(chrono::NaiveDate::from_ymd_opt(2021, 4, 8).expect("a date")),
        open: None,
        high: None,
        low: None,
        close: 1.0,
        adj_close: None,
        volume: None,
    };
    now.developing = Some(Developing { bar, simulated: true });
    let picture = svg(&now, Size::PAGE).expect("a picture");
    assert!(picture.contains("k-developing") && picture.contains("k-tag k-open"));
}

#[test]
fn a_gap_lifts_the_pen() {
    let mut gap = spec(10);
    gap.panes.truncate(1);
    let values =
        vec![Some(1.0), Some(2.0), None, Some(2.0), Some(1.0), None, None, Some(3.0), Some(1.0), Some(1.0)];
    gap.panes[0].layers = vec![Layer::Line { name: "Close".into(), ink: Ink::Price, values }];
    let picture = svg(&gap, Size::PAGE).expect("a picture");
    let path = picture.split(r#"class="k-line k-price" d=""#).nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(path.map(|d| d.matches('M').count()), Some(3));
}

#[test]
fn nothing_to_show_is_a_picture_too() {
    for count in [0, 1, 2] {
        for size in [Size::PAGE, Size::SPARK] {
            assert!(svg(&spec(count), size).expect("a picture").ends_with("</svg>"));
        }
    }
}

#[test]
fn a_spark_has_no_words_beside_its_title() {
    assert!(!svg(&spec(30), Size::SPARK).expect("a picture").contains("<text"));
}

#[test]
fn a_higher_value_stands_higher() {
    let mut rising = spec(2);
    rising.panes.truncate(1);
    rising.panes[0].layers =
        vec![Layer::Line { name: "Close".into(), ink: Ink::Price, values: vec![Some(1.0), Some(2.0)] }];
    let picture = svg(&rising, Size::PAGE).expect("a picture");
    let path = picture.split(r#"class="k-line k-price" d=""#).nth(1).and_then(|rest| rest.split('"').next());
    let path = path.expect("a line");
    assert_eq!(path.matches('-').count(), 1, "the pen moves up, to a smaller y: {path}");
}

#[test]
fn a_range_is_an_upright_line_with_a_tick_and_widens_the_scale() {
    let range = Spread { low: 90.0, middle: 150.0, high: 400.0 };
    let mut spec = spec(30);
    spec.panes.truncate(1);
    let before = svg(&spec, Size::PAGE).expect("a picture");
    let mut ranges = vec![None; 30];
    ranges[12] = Some(range);
    spec.panes[0].layers.push(Layer::Ranges { name: "Said".into(), ink: Ink::Series(6), ranges });
    let picture = svg(&spec, Size::PAGE).expect("a picture");
    assert!(!before.contains("k-line k-s6"));
    let path = picture.split(r#"<path class="k-line k-s6" d=""#).nth(1).expect("a path of its own");
    let path = &path[..path.find('"').expect("ends")];
    assert_eq!(path.matches('M').count(), 2, "upright and across: {path}");
    assert!(picture.contains(">400<") || picture.contains("400.00"), "the scale reaches its end");
}
