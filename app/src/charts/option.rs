//! A chart's description as an option of ECharts.

use domain::{
    Bar,
    chart::{
        ChartSpec, Frame, Ink, Layer, Layout, Mark, Pane,
        palette::{Palette, rules},
    },
};
use serde_json::{Value, json};

/// The option for a box of this height. An axis with `fit` is one that `public/charts.js` keeps around the
/// values in view, with that share of room.
pub fn of(spec: &ChartSpec, colours: &Palette, height_px: f64) -> Value {
    let layout = Layout::of(spec, 0..spec.times.len(), height_px);
    let plot = (height_px - rules::AXIS_HEIGHT_PX).max(0.0);
    let mut parts = Parts { colours, grids: vec![], x: vec![], y: vec![], series: vec![] };
    for (at, (pane, frame)) in spec.panes.iter().zip(&layout.panes).enumerate() {
        parts.grids.push(json!({
            "left": 0, "right": rules::AXIS_WIDTH_PX, "outerBoundsMode": "none",
            "top": frame.top * plot, "height": frame.height * plot,
        }));
        parts.x.push(time_axis(spec, colours, at));
        parts.pane(at, pane, frame);
    }
    let all: Vec<usize> = (0..parts.x.len()).collect();
    json!({
        "animation": false,
        "backgroundColor": "transparent",
        "textStyle": { "fontSize": rules::LABEL_PX, "color": colours.muted },
        "axisPointer": { "link": [{ "xAxisIndex": "all" }] },
        "tooltip": {
            "trigger": "axis",
            "showContent": false,
            "axisPointer": {
                "type": "cross",
                "lineStyle": { "color": colours.muted },
                "crossStyle": { "color": colours.muted },
                "label": {
                    "backgroundColor": colours.muted, "color": colours.background,
                    "fontSize": rules::LABEL_PX, "padding": [3, 4],
                },
            },
        },
        "dataZoom": [{ "type": "inside", "xAxisIndex": all, "minValueSpan": 5 }],
        "grid": parts.grids,
        "xAxis": parts.x,
        "yAxis": parts.y,
        "series": parts.series,
    })
}

fn time_axis(spec: &ChartSpec, colours: &Palette, at: usize) -> Value {
    let is_last = at + 1 == spec.panes.len();
    json!({
        "type": "category",
        "gridIndex": at,
        "data": spec.times,
        "axisLine": { "lineStyle": { "color": colours.line } },
        "axisTick": { "show": false },
        "axisLabel": { "show": is_last, "color": colours.muted, "fontSize": rules::LABEL_PX, "hideOverlap": true },
        "axisPointer": { "label": { "show": is_last } },
    })
}

struct Parts<'a> {
    colours: &'a Palette,
    grids: Vec<Value>,
    x: Vec<Value>,
    y: Vec<Value>,
    series: Vec<Value>,
}

impl Parts<'_> {
    fn pane(&mut self, at: usize, pane: &Pane, frame: &Frame) {
        let axis = self.y.len();
        self.y.push(self.value_axis(at, pane, frame));
        let first = self.series.len();
        for layer in &pane.layers {
            self.layer(at, axis, layer, frame);
        }
        // What the pane is about carries its levels and its last value.
        let own = |series: &Value| series["yAxisIndex"] == axis && series["type"] != "scatter";
        let main = |series: &Value| own(series) && series["id"] == "price";
        let shown = &mut self.series[first..];
        let holder = shown.iter().position(main).or_else(|| shown.iter().position(own));
        if let Some(holder) = holder {
            shown[holder]["markLine"] = marked_values(self.colours, pane, frame);
        }
    }

    fn value_axis(&self, at: usize, pane: &Pane, frame: &Frame) -> Value {
        let mut axis = json!({
            "type": if frame.scale.log { "log" } else { "value" },
            "gridIndex": at,
            "position": "right",
            "scale": true,
            "splitNumber": frame.ticks.len().max(2),
            "axisLabel": {
                "color": self.colours.muted, "fontSize": rules::LABEL_PX,
                "showMinLabel": false, "showMaxLabel": false,
            },
            "splitLine": { "lineStyle": { "color": self.colours.line, "opacity": rules::GRID_OPACITY } },
        });
        if at > 0 {
            axis["name"] = json!(pane.title);
            axis["nameGap"] = json!(6);
            axis["nameTextStyle"] =
                json!({ "align": "right", "color": self.colours.muted, "fontSize": rules::LABEL_PX });
        }
        if frame.scale.log || pane.range.is_some() {
            let ticks: Vec<f64> = frame.ticks.iter().map(|tick| tick.value).collect();
            axis["min"] = json!(frame.scale.low);
            axis["max"] = json!(frame.scale.high);
            axis["axisTick"] = json!({ "show": false, "customValues": ticks });
            axis["axisLabel"] = json!({
                "color": self.colours.muted, "fontSize": rules::LABEL_PX, "customValues": ticks,
            });
        } else {
            axis["fit"] = json!(rules::PADDING_SHARE);
        }
        axis
    }

    fn layer(&mut self, at: usize, axis: usize, layer: &Layer, frame: &Frame) {
        let colours = self.colours;
        match layer {
            Layer::Candles { bars } => self.add(at, axis, candles(colours, bars)),
            Layer::Line { name, ink, values } => {
                let mut series = line(colours, name, *ink, values);
                if *ink == Ink::Price {
                    series["id"] = json!("price");
                }
                self.add(at, axis, series);
            }
            Layer::Area { name, ink, values } => {
                let mut series = line(colours, name, *ink, values);
                series["id"] = json!("price");
                series["areaStyle"] = json!({ "opacity": rules::AREA_OPACITY, "origin": "start" });
                self.add(at, axis, series);
            }
            Layer::Band { name, ink, upper, lower } => {
                let width: Vec<Option<f64>> =
                    upper.iter().zip(lower).map(|(upper, lower)| Some((*upper)? - (*lower)?)).collect();
                let mut foot = line(colours, &format!("{name} lower"), *ink, lower);
                foot["stack"] = json!(name);
                let mut rest = line(colours, &format!("{name} upper"), *ink, &width);
                rest["stack"] = json!(name);
                rest["areaStyle"] = json!({ "opacity": rules::BAND_OPACITY });
                self.add(at, axis, foot);
                self.add(at, axis, rest);
            }
            Layer::Histogram { name, values } => {
                let up = values.iter().map(|value| value.is_none_or(|value| value >= 0.0));
                self.add(at, axis, columns(colours, name, values, up, rules::HISTOGRAM_OPACITY));
            }
            Layer::Volume { values, up } => {
                let own = self.y.len();
                let top = frame.volume_top.unwrap_or(1.0);
                self.y.push(json!({ "gridIndex": at, "show": false, "min": 0, "max": top, "axisPointer": { "show": false } }));
                let up = up.iter().copied();
                self.add(at, own, columns(colours, "Volume", values, up, rules::VOLUME_OPACITY));
            }
            Layer::Markers { marks } => {
                self.add(at, axis, markers(colours, marks, true));
                self.add(at, axis, markers(colours, marks, false));
            }
        }
    }

    fn add(&mut self, at: usize, axis: usize, mut series: Value) {
        series["xAxisIndex"] = json!(at);
        series["yAxisIndex"] = json!(axis);
        series["z"] = json!(2 + self.series.len());
        self.series.push(series);
    }
}

fn candles(colours: &Palette, bars: &[Bar]) -> Value {
    let data: Vec<_> = bars.iter().map(|bar| json!([bar.open, bar.close, bar.low, bar.high])).collect();
    let (up, down) = (colours.up, colours.down);
    json!({
        "type": "candlestick", "id": "price", "name": "Price", "data": data,
        "barWidth": share(rules::CANDLE_RATIO), "largeThreshold": 1300,
        "itemStyle": { "color": up, "color0": down, "borderColor": up, "borderColor0": down },
    })
}

fn line(colours: &Palette, name: &str, ink: Ink, values: &[Option<f64>]) -> Value {
    let colour = colours.ink(ink);
    json!({
        "type": "line", "name": name, "data": values, "color": colour, "showSymbol": false, "silent": true,
        "lineStyle": { "color": colour, "width": rules::LINE_PX },
    })
}

fn columns(
    colours: &Palette,
    name: &str,
    values: &[Option<f64>],
    up: impl Iterator<Item = bool>,
    opacity: f64,
) -> Value {
    let colour = |up| if up { colours.up } else { colours.down };
    let column =
        |(value, up): (&Option<f64>, bool)| json!({ "value": value, "itemStyle": { "color": colour(up) } });
    json!({
        "type": "bar", "name": name, "color": colours.muted, "silent": true,
        "barWidth": share(rules::CANDLE_RATIO), "itemStyle": { "opacity": opacity },
        "data": values.iter().zip(up).map(column).collect::<Vec<_>>(),
    })
}

/// The marks of one direction; each tells its reasons by its name.
fn markers(colours: &Palette, marks: &[Mark], up: bool) -> Value {
    let (name, colour) = if up { ("Buy", colours.up) } else { ("Sell", colours.down) };
    let point = |mark: &Mark| json!({ "value": [mark.at, mark.value], "name": mark.text });
    json!({
        "type": "scatter", "name": name, "color": colour, "silent": true, "symbol": "triangle",
        "symbolSize": 9, "symbolRotate": if up { 0 } else { 180 },
        "symbolOffset": [0, if up { 10 } else { -10 }],
        "data": marks.iter().filter(|mark| mark.up == up).map(point).collect::<Vec<_>>(),
    })
}

/// The levels of a pane as dashed lines, and its last value as a tag on the axis.
fn marked_values(colours: &Palette, pane: &Pane, frame: &Frame) -> Value {
    let dashed = json!({ "color": colours.muted, "type": [4, 4], "opacity": rules::GRID_OPACITY });
    let level = |value: &f64| json!({ "yAxis": value, "label": { "show": false }, "lineStyle": dashed });
    let mut data: Vec<Value> = pane.levels.iter().map(level).collect();
    if let Some(tag) = &frame.last {
        let colour = colours.ink(tag.ink);
        data.push(json!({
            "yAxis": tag.value,
            "lineStyle": { "color": colour, "type": [1, 3], "opacity": rules::GRID_OPACITY },
            "label": {
                "position": "end", "opacity": 1, "distance": 4, "formatter": tag.label, "fontSize": rules::LABEL_PX,
                "color": colours.background, "backgroundColor": colour, "padding": [3, 4], "borderRadius": 2,
            },
        }));
    }
    json!({ "silent": true, "symbol": "none", "animation": false, "data": data })
}

fn share(ratio: f64) -> String {
    format!("{:.0}%", ratio * 100.0)
}
