//! A chart's description as an option of ECharts, made of charming's types. What those have no words for (ticks at
//! given places, colours of candles) is added to the part it belongs to, by [`said`].
//!
//! [`of`] is the whole option. [`moving`] is what a zoom or a live price changes of it: the scales, their labels,
//! the tags and the newest values; [`changed`] is what another input of an indicator does. All take the places from
//! [`Layout`], as the server's picture does.

mod axes;
mod series;

use charming::{
    component::{DataZoom, DataZoomType, Grid, Title},
    element::{AxisPointer, AxisPointerType, Label, TextStyle, Tooltip, Trigger},
};
use domain::chart::{
    ChartSpec, Layer, Layout, Sketch,
    palette::{Palette, rules},
};
use serde::Serialize;
use serde_json::{Value, json};
use std::ops::Range;

/// What a chart is drawn with.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub colours: &'a Palette,
    /// Of the box, in CSS pixels.
    pub width_px: f64,
    pub height_px: f64,
}

/// The whole option, zoomed to the times `shown`.
pub fn of(spec: &ChartSpec, look: Look, shown: Range<usize>) -> Value {
    let layout = Layout::of(spec, shown, f64::from(rules::PAGE_PX.1));
    let Look { colours, height_px, .. } = look;
    let plot_px = (height_px - rules::AXIS_HEIGHT_PX).max(0.0);
    let label_px = rules::LABEL_PX;
    let (mut grids, mut titles, mut x, mut y, mut series) = (vec![], vec![], vec![], vec![], vec![]);
    for (at, (pane, frame)) in spec.panes.iter().zip(&layout.panes).enumerate() {
        let top_px = frame.top * plot_px;
        let grid = Grid::new().left(0).right(rules::AXIS_WIDTH_PX).top(top_px).height(frame.height * plot_px);
        grids.push(said(grid, json!({ "outerBoundsMode": "none" })));
        let title_px = if at == 0 { top_px } else { top_px - rules::GAP_SHARE * plot_px };
        let words = TextStyle::new().color(colours.muted).font_size(label_px);
        let title = Title::new().text(pane.title.clone()).left(4).top(title_px + 2.0).padding(0.0);
        let plain = json!({ "textStyle": { "fontWeight": "normal" } });
        titles.push(said(title.text_style(words), plain));
        x.push(axes::time(spec, colours, at));
        let value_axis = y.len();
        y.push(axes::value(colours, pane, frame, at));
        if pane.layers.iter().any(|layer| matches!(layer, Layer::Volume { .. })) {
            y.push(axes::volume(at));
        }
        for part in series::parts(spec, pane, at, colours) {
            let axis = value_axis + usize::from(part.on_volume);
            series.push(part.placed(at, axis, series.len()));
        }
        series.push(series::tag_holder(at, value_axis));
    }
    let all: Vec<f64> = (0..x.len()).map(|at| at as f64).collect();
    let label = Label::new().background_color(colours.muted).color(colours.background).font_size(label_px);
    let pointer = AxisPointer::new().type_(AxisPointerType::Cross).label(label.padding((3, 4, 3, 4)));
    let (muted, end) = (json!({ "color": colours.muted }), layout.shown.end.saturating_sub(1));
    let zoom = DataZoom::new().type_(DataZoomType::Inside).x_axis_index(all).min_value_span(5);
    let zoom = zoom.start_value(layout.shown.start as f64).end_value(end as f64);
    // The wheel scrolls the page; `public/charts.js` zooms with Ctrl held. A finger moves the page up and down.
    let gestures =
        json!({ "zoomOnMouseWheel": false, "moveOnMouseWheel": false, "preventDefaultMouseMove": false });
    let mut option = json!({
        "animation": false,
        "backgroundColor": "transparent",
        "textStyle": { "fontSize": label_px, "color": colours.muted },
        "axisPointer": { "link": [{ "xAxisIndex": "all" }] },
        "tooltip": said(
            Tooltip::new().trigger(Trigger::Axis).axis_pointer(pointer),
            json!({ "showContent": false, "axisPointer": { "lineStyle": muted, "crossStyle": muted } }),
        ),
        "dataZoom": [said(zoom, gestures)],
        "title": titles,
        "grid": grids,
        "xAxis": x,
        "yAxis": y,
        "series": series,
        "now": spec.developing.map(|now| now.words()),
    });
    for (key, changes) in scales(spec, look, &layout) {
        let Some(parts) = option[key].as_array_mut() else { continue };
        for change in changes {
            if let Some(part) = parts.iter_mut().find(|part| part["id"] == change["id"]) {
                add(part, change);
            }
        }
    }
    option
}

/// What differs while the same chart is zoomed or its newest bar moves.
pub fn moving(spec: &ChartSpec, look: Look, shown: Range<usize>) -> Value {
    let layout = Layout::of(spec, shown, f64::from(rules::PAGE_PX.1));
    let [(_, x), (_, y), (_, mut tags)] = scales(spec, look, &layout);
    tags.extend(series::latest(spec, look.colours));
    json!({ "xAxis": x, "yAxis": y, "series": tags })
}

/// What another input changes: as [`moving`], and the titles and whole series of what is not as it was. Both specs have
/// the same shape.
pub fn changed(before: &ChartSpec, spec: &ChartSpec, look: Look, shown: Range<usize>) -> Value {
    let layout = Layout::of(spec, shown, f64::from(rules::PAGE_PX.1));
    let [(_, x), (_, y), (_, mut series)] = scales(spec, look, &layout);
    series.extend(series::changed(before, spec, look.colours));
    let titles: Vec<Value> = spec.panes.iter().map(|pane| json!({ "text": pane.title })).collect();
    json!({ "xAxis": x, "yAxis": y, "series": series, "title": titles })
}

/// What moves with a slider, layer by layer: values, and how they are drawn.
pub fn sketch(sketch: &Sketch, colours: &Palette) -> Value {
    let layers = sketch.layers.iter().filter_map(|(place, layer)| {
        let mut part = series::sketched(layer, colours)?;
        part["of"] = json!(format!("{}-{place}", sketch.pane));
        Some(part)
    });
    json!({ "pane": sketch.pane, "layers": layers.collect::<Vec<_>>() })
}

/// Scales, labels and tags, under the keys of the option, each with the id of the part it belongs to.
fn scales(spec: &ChartSpec, look: Look, layout: &Layout) -> [(&'static str, Vec<Value>); 3] {
    let is_narrow = look.width_px < rules::NARROW_PX;
    let x = (0..spec.panes.len()).map(|at| axes::time_scale(spec, layout, at, is_narrow)).collect();
    let frames = || layout.panes.iter().enumerate();
    let y = frames().flat_map(|(at, frame)| axes::value_scale(frame, at)).collect();
    let tags = frames().map(|(at, frame)| series::tag(look.colours, frame, at)).collect();
    [("xAxis", x), ("yAxis", y), ("series", tags)]
}

/// A part as charming says it, and what it has no words for.
fn said(part: impl Serialize, more: Value) -> Value {
    // Charming's types hold numbers, words and lists alone: nothing that JSON could not.
    let mut part = serde_json::to_value(part).unwrap_or_default();
    add(&mut part, more);
    part
}

fn add(to: &mut Value, more: Value) {
    match (to, more) {
        (Value::Object(to), Value::Object(more)) => {
            more.into_iter().for_each(|(key, value)| add(to.entry(key).or_insert(Value::Null), value));
        }
        (to, more) => *to = more,
    }
}

#[cfg(test)]
mod tests;
