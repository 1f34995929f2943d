use super::*;
use domain::{
    Bar, Interval, Series, Symbol,
    chart::{Developing, PriceChartOptions, PriceStudy, palette::DARK},
};

const LOOK: Look = Look { colours: &DARK, width_px: 900.0, height_px: 560.0 };

fn spec(now: bool) -> ChartSpec {
    let start = chrono::NaiveDate::from_ymd_opt(2021, 3, 1).expect("a date");
    let bar = |at: u64| {
        let close = 100.0 + at as f64;
        let time = Bar::label(start + chrono::Days::new(at));
        Bar {
            time,
            open: Some(close),
            high: Some(close),
            low: Some(close),
            close,
            adj_close: None,
            volume: Some(5.0),
        }
    };
    let symbol = Symbol::parse("AAPL").expect("a symbol");
    let series = Series { symbol, interval: Interval::Day1, bars: (0..100).map(bar).collect() };
    let now = now.then(|| Developing::of(&series.bars, 220.0, series.bars[99].time, true).expect("a bar"));
    PriceStudy::of(&series).chart(&PriceChartOptions::default(), now.as_ref())
}

fn ids(option: &Value, key: &str) -> Vec<String> {
    let parts = option[key].as_array().expect("a list");
    parts.iter().map(|part| part["id"].as_str().expect("an id").to_string()).collect()
}

#[test]
fn every_axis_and_series_has_an_id_of_its_own_and_a_change_names_only_those() {
    let spec = spec(true);
    let (whole, change) = (of(&spec, LOOK, 0..101), moving(&spec, LOOK, 0..101));
    for key in ["xAxis", "yAxis", "series"] {
        let all = ids(&whole, key);
        let mut unique = all.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), all.len(), "{key}: {all:?}");
        assert!(ids(&change, key).iter().all(|id| all.contains(id)), "{key}");
    }
}

#[test]
fn the_scales_and_labels_are_those_of_the_layout() {
    let spec = spec(false);
    let layout = Layout::of(&spec, 0..100, f64::from(rules::PAGE_PX.1));
    let option = of(&spec, LOOK, 0..100);
    for (axis, frame) in ["value-0", "value-1", "value-2"].iter().zip(&layout.panes) {
        let found = option["yAxis"].as_array().and_then(|all| all.iter().find(|each| each["id"] == *axis));
        let found = found.expect("the axis");
        assert_eq!((&found["min"], &found["max"]), (&json!(frame.scale.low), &json!(frame.scale.high)));
        let words: Vec<_> = frame
            .ticks
            .iter()
            .filter(|tick| !tick.hidden)
            .map(|tick| json!([tick.value, tick.label]))
            .collect();
        assert_eq!(found["words"], json!(words));
    }
    let labels: Vec<_> = layout.times.iter().map(|tick| json!(tick.label)).collect();
    let written = option["xAxis"][2]["words"].as_array().expect("words");
    assert_eq!(written.iter().map(|pair| pair[1].clone()).collect::<Vec<_>>(), labels);
}

#[test]
fn a_zoom_refits_the_scale_to_what_is_shown() {
    let spec = spec(false);
    let change = moving(&spec, LOOK, 0..10);
    assert!(change["yAxis"][0]["max"].as_f64().expect("a number") < 111.0);
}

#[test]
fn a_live_price_sends_one_value_a_series_and_the_candle_is_hollow() {
    let spec = spec(true);
    let change = moving(&spec, LOOK, 0..101);
    let price = change["series"].as_array().and_then(|all| all.iter().find(|each| each["id"] == "price"));
    let last = &price.expect("the price")["last"];
    assert_eq!(last["value"], json!([199.0, 220.0, 199.0, 220.0]));
    assert_eq!(last["itemStyle"]["color"], "transparent");
    assert_eq!(of(&spec, LOOK, 0..101)["series"][1]["data"][100], *last);
}

#[test]
fn a_narrow_chart_leaves_out_every_second_label_of_the_time_axis() {
    let spec = spec(false);
    let count = |width_px| {
        let option = of(&spec, Look { width_px, ..LOOK }, 0..100);
        option["xAxis"][2]["words"].as_array().map(Vec::len)
    };
    let minor = Layout::of(&spec, 0..100, 560.0).times.iter().filter(|tick| tick.minor).count();
    assert_eq!(count(900.0).map(|wide| wide - minor), count(390.0));
}

#[test]
fn another_input_sends_its_series_whole_and_the_others_not_at_all() {
    let before = spec(false);
    let mut after = before.clone();
    let Some(Layer::Line { name, values, .. }) = after.panes[0].layers.get_mut(2) else { panic!("a mean") };
    *name = "SMA 33".into();
    values[50] = Some(1.0);
    assert!(before.has_shape_of(&after));
    let change = changed(&before, &after, LOOK, 0..100);
    let series = change["series"].as_array().expect("series");
    let whole: Vec<_> = series.iter().filter(|each| each.get("data").is_some()).collect();
    assert_eq!(whole.len(), 1);
    assert_eq!((&whole[0]["name"], &whole[0]["data"][50]), (&json!("SMA 33"), &json!(1.0)));
    let all = of(&before, LOOK, 0..100);
    assert!(ids(&all, "series").contains(&whole[0]["id"].as_str().expect("an id").to_string()));
}
