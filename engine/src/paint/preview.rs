//! The picture beside a link to a shared page: 1200 x 630, as programs that preview links expect it.

use crate::{Error, Result, pdf::fonts};
use domain::{
    chart::{ChartSpec, Layer, palette::DARK},
    report::{Block, Fact, Report, Tone},
};
use plotters::{
    coord::Shift,
    drawing::DrawingAreaErrorKind,
    prelude::{BitMapBackend, Color, DrawingArea, IntoDrawingArea, PathElement, Polygon, Rectangle, Text},
    style::{FontStyle, FontTransform, IntoFont, RGBColor, TextStyle, register_font},
};
use std::sync::Once;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
const MARGIN: i32 = 64;
/// Key figures at most, side by side.
const FACTS: usize = 4;

/// The families of [`fonts`], by the place [`fonts::face_of`] gives; the last is semibold.
const FAMILIES: [(&str, usize); 4] = [("plain", 0), ("alphabets", 2), ("han", 3), ("bold", 1)];

type Canvas<'a> = DrawingArea<BitMapBackend<'a>, Shift>;
type Drawn = std::result::Result<(), String>;

/// Paints the head of a report as PNG: its subject, lead, key figures and first chart.
///
/// It can say no more than the report does: what was left out of that is not in the picture.
///
/// # Errors
/// [`Error::Internal`] when plotters can not draw.
pub fn preview(report: &Report) -> Result<Vec<u8>> {
    let mut pixels = vec![0; (WIDTH * HEIGHT * 3) as usize];
    paint(&mut pixels, report)
        .and_then(|()| png(&pixels))
        .map_err(|why| Error::Internal(format!("painting a preview: {why}")))
}

fn paint(pixels: &mut [u8], report: &Report) -> Drawn {
    static FONTS: Once = Once::new();
    FONTS.call_once(|| {
        for (family, file) in FAMILIES {
            if register_font(family, FontStyle::Normal, fonts::file(file)).is_err() {
                tracing::error!(family, "a font that ships with the program can not be read");
            }
        }
    });
    let canvas = BitMapBackend::with_buffer(pixels, (WIDTH, HEIGHT)).into_drawing_area();
    canvas.fill(&rgb(DARK.background)).map_err(words)?;
    let flame = rgb(DARK.accent);
    draw(&canvas, Rectangle::new([(0, 0), (10, HEIGHT as i32)], flame.filled()))?;
    let room = WIDTH as i32 - 2 * MARGIN;
    write(&canvas, "Candlewick", (MARGIN, 44), 26.0, flame, room, true)?;
    write(&canvas, &report.subject, (MARGIN, 84), 60.0, rgb(DARK.text), room, true)?;
    write(&canvas, &report.lead, (MARGIN, 160), 26.0, rgb(DARK.muted), room, false)?;
    let column = room / FACTS as i32;
    for (fact, at) in report.facts.iter().take(FACTS).zip(0..) {
        figure(&canvas, fact, MARGIN + at * column, column - 20)?;
    }
    let charts = report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Chart { chart } => Some(chart),
        _ => None,
    });
    if let Some(chart) = charts.into_iter().next() {
        curve(&canvas, chart)?;
    }
    let foot = report.notice.as_deref().unwrap_or(&report.made);
    write(&canvas, foot, (MARGIN, 584), 20.0, rgb(DARK.muted), room, false)?;
    canvas.present().map_err(words)
}

fn figure(canvas: &Canvas<'_>, fact: &Fact, x: i32, room: i32) -> Drawn {
    let tone = match fact.tone {
        Tone::Up => DARK.up,
        Tone::Down => DARK.down,
        Tone::Plain => DARK.text,
        Tone::Muted => DARK.muted,
    };
    write(canvas, &fact.label, (x, 222), 22.0, rgb(DARK.muted), room, false)?;
    write(canvas, &fact.value, (x, 250), 40.0, rgb(tone), room, true)
}

/// The lines of a chart's first pane, over the lower half.
fn curve(canvas: &Canvas<'_>, chart: &ChartSpec) -> Drawn {
    let Some(pane) = chart.panes.first() else { return Ok(()) };
    let lines = || {
        pane.layers.iter().filter_map(|layer| match layer {
            Layer::Line { ink, values, .. } => Some((*ink, values, false)),
            Layer::Area { ink, values, .. } => Some((*ink, values, true)),
            _ => None,
        })
    };
    let all = lines().flat_map(|(_, values, _)| values.iter().flatten());
    let (low, high) =
        all.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    if low > high {
        return Ok(());
    }
    let (left, right, top, foot) = (f64::from(MARGIN), f64::from(WIDTH as i32 - MARGIN), 330.0, 556.0);
    let span = (high - low).max(f64::EPSILON);
    for (ink, values, filled) in lines() {
        let step = (right - left) / (values.len().max(2) - 1) as f64;
        let points: Vec<(i32, i32)> = (0..)
            .zip(values)
            .filter_map(|(at, value)| {
                let x = left + step * f64::from(at);
                Some((x.round() as i32, (foot - ((*value)? - low) / span * (foot - top)).round() as i32))
            })
            .collect();
        let color = rgb(DARK.ink(ink));
        if let (true, Some(first), Some(last)) = (filled, points.first(), points.last()) {
            let ends = [(last.0, foot as i32), (first.0, foot as i32)];
            let area: Vec<_> = points.iter().copied().chain(ends).collect();
            draw(canvas, Polygon::new(area, color.mix(0.16)))?;
        }
        draw(canvas, PathElement::new(points, color.stroke_width(4)))?;
    }
    Ok(())
}

/// Writes one line, cut with an ellipsis where it is longer than its room.
fn write(
    canvas: &Canvas<'_>,
    text: &str,
    at: (i32, i32),
    size: f64,
    color: RGBColor,
    room: i32,
    bold: bool,
) -> Drawn {
    let text = fonts::printable(text);
    let face = text.chars().filter_map(fonts::face_of).max().unwrap_or_default();
    let family = FAMILIES[if bold && face == 0 { FAMILIES.len() - 1 } else { face }].0;
    let style = TextStyle::from((family, size).into_font().transform(FontTransform::None)).color(&color);
    let wide =
        |text: &str| style.font.box_size(text).map(|(width, _)| width as i32).map_err(|why| why.to_string());
    let mut shown = text.clone();
    let mut letters = text.chars().count();
    while letters > 1 && wide(&shown)? > room {
        letters -= 1;
        shown = text.chars().take(letters).collect::<String>().trim_end().to_string() + "…";
    }
    draw(canvas, Text::new(shown, at, style))
}

fn draw<'a, E>(canvas: &Canvas<'a>, element: E) -> Drawn
where
    for<'b> &'b E: plotters::element::PointCollection<'b, (i32, i32)>,
    E: plotters::element::Drawable<BitMapBackend<'a>>,
{
    canvas.draw(&element).map_err(words)
}

fn words<E: std::error::Error + Send + Sync>(error: DrawingAreaErrorKind<E>) -> String {
    error.to_string()
}

/// `#rrggbb` as plotters takes it.
fn rgb(hex: &str) -> RGBColor {
    let part = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0);
    RGBColor(part(1), part(3), part(5))
}

fn png(pixels: &[u8]) -> std::result::Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|why| why.to_string())?;
    writer.write_image_data(pixels).map_err(|why| why.to_string())?;
    writer.finish().map_err(|why| why.to_string())?;
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // in a test a panic is the report
mod tests {
    use super::*;
    use crate::testing::report_facts;

    #[test]
    fn a_preview_has_the_size_that_is_announced_and_stays_small() {
        for name in [
            "Growth",
            "Very long names are cut where the picture ends, whatever they say, always",
            "资产组合",
        ] {
            let report = Report { subject: name.into(), ..Report::of(&report_facts(12)) };
            let bytes = preview(&report).unwrap();
            let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
            assert_eq!((reader.info().width, reader.info().height), (WIDTH, HEIGHT));
            assert!(bytes.len() < 200_000, "{} bytes", bytes.len());
        }
    }
}
