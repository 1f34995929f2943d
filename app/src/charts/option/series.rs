//! Layers as series, and the tag of the last value.

use super::said;
use charming::{
    element::{AreaStyle, ItemStyle, LineStyle, OriginPosition, Symbol},
    series::{Bar as Columns, Candlestick, Line, Scatter},
};
use domain::{
    Bar,
    chart::{
        ChartSpec, Frame, Ink, Layer, Mark, Pane, Spread,
        palette::{Palette, rules},
    },
};
use serde_json::{Value, json};

/// A series, without its place.
pub struct Part {
    /// By its pane and its place in it, so that it stays the same when an input changes.
    id: String,
    name: String,
    look: Value,
    data: Vec<Value>,
    /// Belongs to the hidden axis of volume.
    pub on_volume: bool,
    /// Has a value for every time.
    is_whole: bool,
}

impl Part {
    /// As it stands in the option; later ones over earlier ones.
    pub fn placed(self, pane: usize, axis: usize, before: usize) -> Value {
        let place = json!({
            "id": self.id, "name": self.name, "xAxisIndex": pane, "yAxisIndex": axis, "z": 2 + before, "data": self.data,
        });
        said(self.look, place)
    }
}

/// All series of a pane.
pub fn parts(spec: &ChartSpec, pane: &Pane, at: usize, colours: &Palette) -> Vec<Part> {
    let is_moving = spec.developing.is_some();
    let layers = pane.layers.iter().enumerate();
    layers.flat_map(|(place, layer)| layer_parts(layer, (at, place), colours, is_moving)).collect()
}

/// The whole series whose layer is another one than before.
pub fn changed(before: &ChartSpec, spec: &ChartSpec, colours: &Palette) -> Vec<Value> {
    let is_moving = spec.developing.is_some();
    let panes = before.panes.iter().zip(&spec.panes).enumerate();
    let layers = panes.flat_map(|(at, (before, pane))| {
        let layers = before.layers.iter().zip(&pane.layers).enumerate();
        layers.map(move |(place, (before, layer))| ((at, place), before, layer))
    });
    layers
        .filter(|(_, before, layer)| before != layer)
        .flat_map(|(at, _, layer)| layer_parts(layer, at, colours, is_moving))
        .map(|part| json!({ "id": part.id, "name": part.name, "data": part.data }))
        .collect()
}

/// The newest value of every series as `last`; marks are few and come whole.
pub fn latest(spec: &ChartSpec, colours: &Palette) -> Vec<Value> {
    let latest = |part: Part| match (part.is_whole, part.data.last()) {
        (true, Some(last)) => json!({ "id": part.id, "last": last }),
        _ => json!({ "id": part.id, "data": part.data }),
    };
    let newest = |pane: &Pane| Pane { layers: pane.layers.iter().map(cut).collect(), ..pane.clone() };
    let panes: Vec<Pane> = spec.panes.iter().map(newest).collect();
    panes.iter().enumerate().flat_map(|(at, pane)| parts(spec, pane, at, colours)).map(latest).collect()
}

/// The layer with its newest value alone.
fn cut(layer: &Layer) -> Layer {
    fn newest<T: Clone>(values: &[T]) -> Vec<T> {
        values[values.len().saturating_sub(1)..].to_vec()
    }
    match layer {
        Layer::Candles { bars } => Layer::Candles { bars: newest(bars) },
        Layer::Line { name, ink, values } => {
            Layer::Line { name: name.clone(), ink: *ink, values: newest(values) }
        }
        Layer::Area { name, ink, values } => {
            Layer::Area { name: name.clone(), ink: *ink, values: newest(values) }
        }
        Layer::Band { name, ink, upper, lower } => {
            Layer::Band { name: name.clone(), ink: *ink, upper: newest(upper), lower: newest(lower) }
        }
        Layer::Ranges { name, ink, ranges } => {
            Layer::Ranges { name: name.clone(), ink: *ink, ranges: newest(ranges) }
        }
        Layer::Histogram { name, values } => Layer::Histogram { name: name.clone(), values: newest(values) },
        Layer::Volume { values, up } => Layer::Volume { values: newest(values), up: newest(up) },
        Layer::Markers { marks } => Layer::Markers { marks: marks.clone() },
    }
}

fn layer_parts(
    layer: &Layer,
    (pane, place): (usize, usize),
    colours: &Palette,
    is_moving: bool,
) -> Vec<Part> {
    let part = |id: String, name: &str, look: Value, data: Vec<Value>| Part {
        id,
        name: name.to_string(),
        look,
        data,
        on_volume: false,
        is_whole: true,
    };
    let own = |word: &str| format!("{pane}-{place}{word}");
    match layer {
        Layer::Candles { bars } => {
            vec![part("price".into(), "Price", candles(colours), candle_data(bars, is_moving))]
        }
        Layer::Line { name, ink, values } => {
            let id = if *ink == Ink::Price { "price".into() } else { own("") };
            vec![part(id, name, line(colours, *ink, None), numbers(values))]
        }
        Layer::Area { name, ink, values } => {
            let fill = AreaStyle::new().opacity(rules::AREA_OPACITY).origin(OriginPosition::Start);
            vec![part("price".into(), name, line(colours, *ink, Some(fill)), numbers(values))]
        }
        Layer::Band { name, ink, upper, lower } => {
            let width: Vec<Option<f64>> =
                upper.iter().zip(lower).map(|(upper, lower)| Some((*upper)? - (*lower)?)).collect();
            let fill = AreaStyle::new().opacity(rules::BAND_OPACITY);
            let stack = json!({ "stack": own("") });
            vec![
                part(own("-lower"), name, said(line(colours, *ink, None), stack.clone()), numbers(lower)),
                part(own("-upper"), name, said(line(colours, *ink, Some(fill)), stack), numbers(&width)),
            ]
        }
        Layer::Ranges { name, ink, ranges } => {
            vec![part(own(""), name, whiskers(colours.ink(*ink)), range_data(ranges))]
        }
        Layer::Histogram { name, values } => {
            let up = values.iter().map(|value| value.is_none_or(|value| value >= 0.0));
            vec![part(own(""), name, columns(rules::HISTOGRAM_OPACITY), column_data(colours, values, up))]
        }
        Layer::Volume { values, up } => {
            let data = column_data(colours, values, up.iter().copied());
            let volume = part(own(""), "Volume", columns(rules::VOLUME_OPACITY), data);
            vec![Part { on_volume: true, ..volume }]
        }
        Layer::Markers { marks } => [true, false]
            .map(|up| {
                let (id, name) = if up { (own("-buy"), "Buy") } else { (own("-sell"), "Sell") };
                Part { is_whole: false, ..part(id, name, markers(colours, up), mark_data(marks, up)) }
            })
            .into(),
    }
}

/// A layer of a study as `public/charts.js` draws it while a slider moves; `None` for what no study is made of.
pub fn sketched(layer: &Layer, colours: &Palette) -> Option<Value> {
    let width = rules::LINE_PX;
    Some(match layer {
        Layer::Line { ink, values, .. } => {
            json!({ "line": values, "colour": colours.ink(*ink), "width": width })
        }
        Layer::Band { ink, upper, lower, .. } => json!({
            "upper": upper, "lower": lower, "colour": colours.ink(*ink), "width": width, "opacity": rules::BAND_OPACITY,
        }),
        Layer::Histogram { values, .. } => json!({
            "columns": values, "up": colours.up, "down": colours.down, "opacity": rules::HISTOGRAM_OPACITY,
            "share": rules::CANDLE_RATIO,
        }),
        Layer::Candles { .. }
        | Layer::Area { .. }
        | Layer::Volume { .. }
        | Layer::Markers { .. }
        | Layer::Ranges { .. } => return None,
    })
}

fn candles(colours: &Palette) -> Value {
    let (up, down) = (colours.up, colours.down);
    let more = json!({
        "barWidth": share(rules::CANDLE_RATIO), "largeThreshold": 600, "silent": true,
        "itemStyle": { "color": up, "color0": down, "borderColor": up, "borderColor0": down },
    });
    said(Candlestick::new(), more)
}

fn candle_data(bars: &[Bar], is_moving: bool) -> Vec<Value> {
    let candle = |bar: &Bar| json!([bar.open, bar.close, bar.low, bar.high]);
    let mut data: Vec<Value> = bars.iter().map(candle).collect();
    if let Some(last) = data.last_mut().filter(|_| is_moving) {
        let hollow = json!({ "color": "transparent", "color0": "transparent" });
        *last = json!({ "value": last.take(), "itemStyle": hollow });
    }
    data
}

/// A candle without a body: an upright line, and a tick at its middle.
fn whiskers(colour: &str) -> Value {
    let more = json!({
        "barWidth": share(rules::RANGE_RATIO), "silent": true,
        "itemStyle": {
            "color": colour, "color0": colour, "borderColor": colour, "borderColor0": colour,
            "borderWidth": rules::LINE_PX,
        },
    });
    said(Candlestick::new(), more)
}

fn range_data(ranges: &[Option<Spread>]) -> Vec<Value> {
    let whisker = |range: &Option<Spread>| match range {
        Some(Spread { low, middle, high }) => json!([middle, middle, low, high]),
        None => json!("-"),
    };
    ranges.iter().map(whisker).collect()
}

fn line(colours: &Palette, ink: Ink, fill: Option<AreaStyle>) -> Value {
    let colour = colours.ink(ink);
    let stroke = LineStyle::new().color(colour).width(rules::LINE_PX);
    let line = Line::new().show_symbol(false).silent(true).line_style(stroke);
    said(fill.map_or(line.clone(), |fill| line.area_style(fill)), json!({ "color": colour }))
}

fn columns(opacity: f64) -> Value {
    let style = ItemStyle::new().opacity(opacity);
    said(Columns::new().bar_width(share(rules::CANDLE_RATIO)).item_style(style), json!({ "silent": true }))
}

fn column_data(colours: &Palette, values: &[Option<f64>], up: impl Iterator<Item = bool>) -> Vec<Value> {
    let colour = |up| if up { colours.up } else { colours.down };
    let column =
        |(value, up): (&Option<f64>, bool)| json!({ "value": value, "itemStyle": { "color": colour(up) } });
    values.iter().zip(up).map(column).collect()
}

/// The marks of one direction: a triangle 10 wide and 8 high, 5 pixels off its bar.
fn markers(colours: &Palette, up: bool) -> Value {
    let more = json!({
        "color": if up { colours.up } else { colours.down }, "silent": true, "symbolSize": [10, 8],
        "symbolRotate": if up { 0 } else { 180 }, "symbolOffset": [0, if up { 9 } else { -9 }],
        "itemStyle": { "opacity": 1 },
    });
    said(Scatter::new().symbol(Symbol::Triangle), more)
}

fn mark_data(marks: &[Mark], up: bool) -> Vec<Value> {
    marks.iter().filter(|mark| mark.up == up).map(|mark| json!([mark.at, mark.value])).collect()
}

fn numbers(values: &[Option<f64>]) -> Vec<Value> {
    values.iter().map(|value| json!(value)).collect()
}

fn share(ratio: f64) -> String {
    format!("{:.0}%", ratio * 100.0)
}

/// An empty series that carries the tag of a pane.
pub fn tag_holder(at: usize, axis: usize) -> Value {
    let holder = Line::new().id(format!("tag-{at}")).x_axis_index(at as f64).y_axis_index(axis as f64);
    said(holder.silent(true), json!({ "data": [], "z": 90 }))
}

/// The last value shown, as a dotted line with a tag on the axis; outlined where it is simulated.
pub fn tag(colours: &Palette, frame: &Frame, at: usize) -> Value {
    let (width, height) = rules::TAG_PX;
    let data = frame.last.as_ref().map(|tag| {
        let colour = colours.ink(tag.ink);
        let (fill, words, border) = match tag.simulated {
            true => ("transparent", colour, 1),
            false => (colour, colours.background, 0),
        };
        json!({
            "yAxis": tag.value,
            "lineStyle": { "color": colour, "type": [1, 3], "width": 1, "opacity": rules::GRID_OPACITY },
            "label": {
                "position": "end", "opacity": 1, "distance": rules::TAG_GAP_PX, "formatter": tag.label,
                "fontSize": rules::LABEL_PX, "fontWeight": 500, "color": words, "backgroundColor": fill,
                "borderColor": colour, "borderWidth": border, "borderRadius": 3,
                "padding": [0, 0, 0, 5], "width": width - 5.0, "lineHeight": height,
            },
        })
    });
    let line = json!({
        "silent": true, "symbol": "none", "animation": false, "data": data.into_iter().collect::<Vec<_>>(),
    });
    json!({ "id": format!("tag-{at}"), "markLine": line })
}
