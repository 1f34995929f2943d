//! The painter: layers of a pane through plotters' elements, words where the layout puts them.

use super::Size;
use super::backend::{Svg, UNITS, escape};
use super::part::Part;
use domain::chart::palette::rules;
use domain::chart::{ChartSpec, Frame, Ink, Layer, Layout};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use std::fmt::Write as _;

type Area<B> = DrawingArea<B, Shift>;
type Plane<B> = DrawingArea<B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = std::result::Result<(), String>;

pub(super) fn paint(spec: &ChartSpec, size: Size) -> std::result::Result<String, String> {
    let (width, height) = plot_units(size);
    let (mut shapes, mut words) = (String::new(), String::new());
    paint_on(Svg::new((width, height), &mut shapes, &mut words), spec, size)?;
    let class = if size.is_bare() { "chart-svg chart-svg-bare" } else { "chart-svg" };
    let title = escape(&spec.alternative);
    let mut out = String::with_capacity(shapes.len() + words.len() + 300);
    write!(
        out,
        r#"<svg class="{class}" role="img" aria-label="{title}" width="100%" height="{}"><title>{title}</title><svg class="k-plot" width="100%" height="100%" viewBox="0 0 {width} {height}" preserveAspectRatio="none">{shapes}</svg>{words}</svg>"#,
        size.height
    )
    .expect("a string takes every write");
    Ok(out)
}

/// The size of the panes, without room for the labels.
fn plot_units(size: Size) -> (u32, u32) {
    let (right, foot) =
        if size.is_bare() { (0.0, 0.0) } else { (rules::AXIS_WIDTH_PX, rules::AXIS_HEIGHT_PX) };
    let units = |whole: u32, less: f64| (f64::from(whole) - less).max(1.0) as u32 * UNITS;
    (units(size.width, right), units(size.height, foot))
}

/// Paints on any backend that knows what a [`Part`] is. Its size is that of the panes in [`UNITS`]; words of the
/// axes come with places at their edge.
pub(crate) fn paint_on<B: DrawingBackend>(backend: B, spec: &ChartSpec, size: Size) -> Drawn {
    let bare = size.is_bare();
    let (width, height) = plot_units(size);
    let layout = Layout::of(spec, 0..spec.times.len(), f64::from(size.height));
    let area = backend.into_drawing_area();
    for (frame, pane) in layout.panes.iter().zip(&spec.panes) {
        let top = (frame.top * f64::from(height)).round() as i32;
        let foot = ((frame.top + frame.height) * f64::from(height)).round() as i32;
        let plane = plane(&area, &layout, (width, top, foot));
        if !bare {
            grid(&plane, &layout, frame, !pane.levels.is_empty())?;
        }
        for layer in &pane.layers {
            paint_layer(&plane, spec, layer, frame, width)?;
        }
        if let Some(tag) = frame.last.as_ref().filter(|_| !bare) {
            let (y, right) = (frame.scale.share(tag.value), layout.shown.len() as f64 - 0.5);
            draw(&plane, PathElement::new([(-0.5, y), (right, y)], Part::Last.with(tag.ink)))?;
        }
        if !bare {
            let title = if top > height as i32 / 20 {
                top - (rules::GAP_SHARE * f64::from(height)) as i32
            } else {
                top
            };
            text(&area, &pane.title, (0, title), Part::Title.with(Ink::Muted))?;
            values(&area, frame, (width, top, foot))?;
        }
    }
    if !bare {
        for tick in &layout.times {
            let x = (tick.at as f64 + 0.5) / layout.shown.len().max(1) as f64 * f64::from(width);
            let part = if tick.minor { Part::TimeMinor } else { Part::Time };
            text(&area, &tick.label, (x.round() as i32, height as i32), part.with(Ink::Muted))?;
        }
    }
    area.present().map_err(|e| e.to_string())
}

/// The coordinates of a pane: bars at whole numbers across, shares of the scale upwards.
fn plane<B: DrawingBackend>(
    area: &Area<B>,
    layout: &Layout,
    (width, top, foot): (u32, i32, i32),
) -> Plane<B> {
    let across = -0.5..(layout.shown.len().max(1) as f64 - 0.5);
    area.apply_coord_spec(Cartesian2d::new(across, 0.0..1.0, (0..width as i32, foot..top)))
}

fn grid<B: DrawingBackend>(plane: &Plane<B>, layout: &Layout, frame: &Frame, levels: bool) -> Drawn {
    let (left, right) = (-0.5, layout.shown.len().max(1) as f64 - 0.5);
    let part = if levels { Part::Level } else { Part::Grid };
    for tick in &frame.ticks {
        let y = frame.scale.share(tick.value);
        draw(plane, PathElement::new([(left, y), (right, y)], part.with(Ink::Muted)))?;
    }
    for tick in &layout.times {
        let x = tick.at as f64;
        draw(plane, PathElement::new([(x, 0.0), (x, 1.0)], Part::Grid.with(Ink::Muted)))?;
    }
    Ok(())
}

fn paint_layer<B: DrawingBackend>(
    plane: &Plane<B>,
    spec: &ChartSpec,
    layer: &Layer,
    frame: &Frame,
    width: u32,
) -> Drawn {
    let count = spec.times.len();
    let share = |value: f64| frame.scale.share(value);
    match layer {
        Layer::Candles { bars } => {
            let body = (f64::from(width) / count.max(1) as f64 * rules::CANDLE_RATIO).round().max(1.0) as u32;
            for (i, bar) in bars.iter().enumerate() {
                let part = match spec.developing {
                    Some(_) if i + 1 == count => Part::Developing,
                    _ => Part::Candle,
                };
                let (up, down) = (part.with(Ink::Up).filled(), part.with(Ink::Down).filled());
                let open = bar.open.unwrap_or(bar.close);
                let (high, low) = (bar.high.unwrap_or(bar.close), bar.low.unwrap_or(bar.close));
                // Plotters takes an unmoved bar for a falling one.
                let fall = if open == bar.close { up } else { down };
                let candle = CandleStick::new(
                    i as f64,
                    share(open),
                    share(high),
                    share(low),
                    share(bar.close),
                    up,
                    fall,
                    body,
                );
                draw(plane, candle)?;
            }
            Ok(())
        }
        Layer::Line { values, ink, .. } => line(plane, values, frame, *ink),
        Layer::Area { values, ink, .. } => {
            for run in runs(values.iter().enumerate().map(|(i, v)| Some((i as f64, share((*v)?))))) {
                let ends = [(run[run.len() - 1].0, 0.0), (run[0].0, 0.0)];
                draw(
                    plane,
                    Polygon::new(run.into_iter().chain(ends).collect::<Vec<_>>(), Part::Fill.with(*ink)),
                )?;
            }
            line(plane, values, frame, *ink)
        }
        Layer::Band { upper, lower, ink, .. } => {
            let both = upper.iter().zip(lower).enumerate();
            for run in runs(both.map(|(i, (u, l))| Some((i as f64, (share((*u)?), share((*l)?)))))) {
                let back = run.iter().rev().map(|&(x, (_, low))| (x, low));
                let shape: Vec<_> = run.iter().map(|&(x, (high, _))| (x, high)).chain(back).collect();
                draw(plane, Polygon::new(shape, Part::Band.with(*ink)))?;
            }
            line(plane, upper, frame, *ink)?;
            line(plane, lower, frame, *ink)
        }
        Layer::Ranges { ranges, ink, .. } => {
            let half = rules::RANGE_RATIO / 2.0;
            let part = Part::Line.with(*ink);
            ranges.iter().enumerate().filter_map(|(i, range)| Some((i as f64, (*range)?))).try_for_each(
                |(x, range)| {
                    let (low, middle, high) = (share(range.low), share(range.middle), share(range.high));
                    draw(plane, PathElement::new([(x, low), (x, high)], part))?;
                    draw(plane, PathElement::new([(x - half, middle), (x + half, middle)], part))
                },
            )
        }
        Layer::Histogram { values, .. } => {
            let zero = share(0.0).clamp(0.0, 1.0);
            let column = |(i, value): (usize, &Option<f64>)| {
                let ink = if (*value)? < 0.0 { Ink::Down } else { Ink::Up };
                Some((i, zero, share((*value)?), Part::Histogram.with(ink)))
            };
            values.iter().enumerate().filter_map(column).try_for_each(|column| bar(plane, column))
        }
        Layer::Volume { values, up } => {
            let Some(top) = frame.volume_top else { return Ok(()) };
            let column = |(i, (value, up)): (usize, (&Option<f64>, &bool))| {
                let ink = if *up { Ink::Up } else { Ink::Down };
                Some((i, 0.0, (*value)? / top, Part::Volume.with(ink)))
            };
            values.iter().zip(up).enumerate().filter_map(column).try_for_each(|column| bar(plane, column))
        }
        Layer::Markers { marks } => marks.iter().try_for_each(|mark| {
            let ink = if mark.up { Ink::Up } else { Ink::Down };
            plane
                .draw_pixel((f64::from(mark.at), share(mark.value)), &Part::Mark.with(ink))
                .map_err(|e| e.to_string())
        }),
    }
}

fn bar<B: DrawingBackend>(plane: &Plane<B>, (i, from, to, part): (usize, f64, f64, RGBColor)) -> Drawn {
    let half = rules::CANDLE_RATIO / 2.0;
    draw(plane, Rectangle::new([(i as f64 - half, to), (i as f64 + half, from)], part.filled()))
}

fn line<B: DrawingBackend>(plane: &Plane<B>, values: &[Option<f64>], frame: &Frame, ink: Ink) -> Drawn {
    runs(values.iter().enumerate().map(|(i, v)| Some((i as f64, frame.scale.share((*v)?)))))
        .into_iter()
        .try_for_each(|run| draw(plane, PathElement::new(run, Part::Line.with(ink))))
}

/// Splits at the gaps.
fn runs<T>(points: impl Iterator<Item = Option<T>>) -> Vec<Vec<T>> {
    let mut out: Vec<Vec<T>> = Vec::new();
    let mut open = false;
    for point in points {
        match point {
            Some(point) if open => out.last_mut().expect("a run is open").push(point),
            Some(point) => {
                out.push(vec![point]);
                open = true;
            }
            None => open = false,
        }
    }
    out
}

/// Labels of the vertical axis and the tag of the last value.
fn values<B: DrawingBackend>(area: &Area<B>, frame: &Frame, (width, top, foot): (u32, i32, i32)) -> Drawn {
    let at = |value: f64| top + ((1.0 - frame.scale.share(value)) * f64::from(foot - top)).round() as i32;
    for tick in frame.ticks.iter().filter(|tick| !tick.hidden) {
        text(area, &tick.label, (width as i32, at(tick.value)), Part::Value.with(Ink::Muted))?;
    }
    let Some(tag) = &frame.last else { return Ok(()) };
    let part = if tag.simulated { Part::OpenTag } else { Part::Tag };
    text(area, &tag.label, (width as i32, at(tag.value)), part.with(tag.ink))
}

fn text<B: DrawingBackend>(area: &Area<B>, words: &str, at: (i32, i32), color: RGBColor) -> Drawn {
    let style = ("sans-serif", rules::LABEL_PX).into_font().color(&color);
    area.draw_text(words, &style, at).map_err(|e| e.to_string())
}

fn draw<B: DrawingBackend, E>(plane: &Plane<B>, element: E) -> Drawn
where
    for<'e> &'e E: plotters::element::PointCollection<'e, (f64, f64)>,
    E: plotters::element::Drawable<B>,
{
    plane.draw(&element).map_err(|e| e.to_string())
}
