//! Axes: what stays, and the scales that follow what is shown.

use super::said;
use charming::{
    component::Axis,
    element::{AxisLabel, AxisLine, AxisTick, AxisType, LineStyle, LineStyleType, SplitLine},
};
use domain::chart::{
    ChartSpec, Frame, Layout, Pane,
    palette::{Palette, rules},
};
use serde_json::{Value, json};

fn plain(colours: &Palette, id: String, at: usize) -> Axis {
    let label = AxisLabel::new().color(colours.muted).font_size(rules::LABEL_PX);
    Axis::new()
        .id(id)
        .grid_index(at as f64)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .axis_label(label)
}

fn faint(colours: &Palette) -> LineStyle {
    LineStyle::new().color(colours.line).opacity(rules::GRID_OPACITY)
}

/// The time axis of a pane; only the last one has words.
pub fn time(spec: &ChartSpec, colours: &Palette, at: usize) -> Value {
    let is_last = at + 1 == spec.panes.len();
    let lines = SplitLine::new().show(true).line_style(faint(colours));
    let axis = plain(colours, format!("time-{at}"), at).type_(AxisType::Category).data(spec.times.clone());
    let more = json!({
        "axisLabel": { "show": is_last, "margin": 7, "hideOverlap": false },
        "splitLine": { "alignWithLabel": true },
        "axisPointer": { "label": { "show": is_last } },
    });
    said(axis.split_line(lines), more)
}

/// The vertical axis of a pane, at its right. Levels are dashed.
pub fn value(colours: &Palette, pane: &Pane, frame: &Frame, at: usize) -> Value {
    let line = match pane.levels.is_empty() {
        true => faint(colours),
        false => faint(colours).color(colours.muted).type_(LineStyleType::Dashed),
    };
    let kind = if frame.scale.log { AxisType::Log } else { AxisType::Value };
    let axis = plain(colours, format!("value-{at}"), at).type_(kind).position("right");
    let dashes =
        if pane.levels.is_empty() { Value::Null } else { json!({ "lineStyle": { "type": [4, 4] } }) };
    let mut more = json!({ "axisLabel": { "margin": 8 } });
    if !dashes.is_null() {
        more["splitLine"] = dashes;
    }
    said(axis.split_line(SplitLine::new().show(true).line_style(line)), more)
}

/// The hidden axis of the volume at the foot of a pane.
pub fn volume(at: usize) -> Value {
    let axis = Axis::new().id(format!("volume-{at}")).grid_index(at as f64).show(false).min(0);
    said(axis.type_(AxisType::Value), json!({ "axisPointer": { "show": false } }))
}

/// Where the time axis has labels. `words` are written by `public/charts.js`.
pub fn time_scale(spec: &ChartSpec, layout: &Layout, at: usize, is_narrow: bool) -> Value {
    let places: Vec<usize> = layout.times.iter().map(|tick| tick.at).collect();
    let labelled: Vec<_> = layout.times.iter().filter(|tick| !(is_narrow && tick.minor)).collect();
    json!({
        "id": format!("time-{at}"),
        "axisTick": { "customValues": places },
        "axisLabel": { "customValues": labelled.iter().map(|tick| tick.at).collect::<Vec<_>>() },
        "words": labelled.iter().map(|tick| json!([spec.times[tick.at], tick.label])).collect::<Vec<_>>(),
    })
}

/// The ends of a pane's vertical axes, and where the first has labels.
pub fn value_scale(frame: &Frame, at: usize) -> Vec<Value> {
    let labelled: Vec<_> = frame.ticks.iter().filter(|tick| !tick.hidden).collect();
    let scale = json!({
        "id": format!("value-{at}"),
        "min": frame.scale.low,
        "max": frame.scale.high,
        "axisTick": { "customValues": frame.ticks.iter().map(|tick| tick.value).collect::<Vec<_>>() },
        "axisLabel": { "customValues": labelled.iter().map(|tick| tick.value).collect::<Vec<_>>() },
        "words": labelled.iter().map(|tick| json!([tick.value, tick.label])).collect::<Vec<_>>(),
    });
    let volume = frame.volume_top.map(|top| json!({ "id": format!("volume-{at}"), "max": top }));
    std::iter::once(scale).chain(volume).collect()
}
