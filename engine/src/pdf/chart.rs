//! Charts on paper: the painter of pages, plotters, on a backend that draws PDF lines.

use super::pen::{Hand, Pen, color, faded, fill, line};
use crate::paint::{Part, Size as Px, UNITS, paint_on};
use domain::chart::{
    ChartSpec,
    palette::{LIGHT, rules},
};
use genpdf::{
    Context, Element, Position, RenderResult, Size,
    error::{Error, ErrorKind},
    render::Area,
    style::{Color, LineStyle, Style},
};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

/// What a chart is laid out for; its letters come out at 8 points across a page.
const LAID_OUT: Px = Px { width: 660, height: 220 };

pub(super) struct Picture {
    chart: ChartSpec,
    pen: Pen,
}

impl Picture {
    pub(super) fn new(chart: &ChartSpec, pen: Pen) -> Picture {
        Picture { chart: chart.clone(), pen }
    }
}

impl Element for Picture {
    fn render(&mut self, context: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Error> {
        let (width, room) = (f32::from(area.size().width), f32::from(area.size().height));
        let px_mm = width / LAID_OUT.width as f32;
        let height = px_mm * LAID_OUT.height as f32 + 3.0;
        if height > room {
            return Ok(RenderResult { size: Size::new(0.0, 0.0), has_more: true });
        }
        let sheet = Sheet { context, area: &area, pen: self.pen, px_mm };
        paint_on(sheet, &self.chart, LAID_OUT).map_err(|why| Error::new(why, ErrorKind::Internal))?;
        Ok(RenderResult { size: Size::new(width, height), has_more: false })
    }
}

/// The part of a page a chart is drawn on.
struct Sheet<'a, 'p> {
    context: &'a Context,
    area: &'a Area<'p>,
    pen: Pen,
    /// Millimetres of a pixel of the layout.
    px_mm: f32,
}

type Drawn = Result<(), DrawingErrorKind<Error>>;

impl Sheet<'_, '_> {
    fn mm(&self, (x, y): BackendCoord) -> (f32, f32) {
        let unit = self.px_mm / UNITS as f32;
        (x as f32 * unit, y as f32 * unit)
    }

    /// Colour and thickness in pixels of what a stand-in colour says.
    fn ink(color_in: BackendColor) -> Option<(Color, f32)> {
        let (part, ink) = Part::inked(color_in)?;
        let own = color(LIGHT.ink(ink));
        Some(match part {
            Part::Grid | Part::Level => (faded(color(LIGHT.line), rules::GRID_OPACITY), 0.7),
            Part::Fill => (faded(own, rules::AREA_OPACITY), 0.0),
            Part::Band => (faded(own, rules::BAND_OPACITY), 0.0),
            Part::Volume => (faded(own, rules::VOLUME_OPACITY), 0.0),
            Part::Histogram => (faded(own, rules::HISTOGRAM_OPACITY), 0.0),
            Part::Last => (faded(own, 0.5), 0.6),
            Part::Candle | Part::Developing => (own, 0.8),
            _ => (own, rules::LINE_PX as f32),
        })
    }
}

impl DrawingBackend for Sheet<'_, '_> {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        let units = |whole: u32, less: f64| (f64::from(whole) - less) as u32 * UNITS;
        (units(LAID_OUT.width, rules::AXIS_WIDTH_PX), units(LAID_OUT.height, rules::AXIS_HEIGHT_PX))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// A mark: a small triangle.
    fn draw_pixel(&mut self, point: BackendCoord, mark: BackendColor) -> Drawn {
        let Some((Part::Mark, ink)) = Part::inked(mark) else { return Ok(()) };
        let ((x, y), px) = (self.mm(point), self.px_mm);
        let down = if ink == domain::chart::Ink::Down { -1.0 } else { 1.0 };
        for step in 0..4 {
            let (half, at) = ((step as f32 + 0.5) * px, y + down * (4.0 + step as f32 * 1.6) * px);
            line(self.area, (x - half, at), (x + half, at), 1.8 * px, color(LIGHT.ink(ink)));
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if let Some((ink, thickness)) = Sheet::ink(style.color()).filter(|_| from != to) {
            line(self.area, self.mm(from), self.mm(to), thickness.max(0.6) * self.px_mm, ink);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _: bool) -> Drawn {
        if let Some((ink, _)) = Sheet::ink(style.color()) {
            let (a, b) = (self.mm(a), self.mm(b));
            let size = ((a.0 - b.0).abs(), (a.1 - b.1).abs().max(self.px_mm * 0.8));
            fill(self.area, (a.0.min(b.0), a.1.min(b.1)), size, ink);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if let Some((ink, thickness)) = Sheet::ink(style.color()) {
            let points: Vec<Position> =
                path.into_iter().map(|point| self.mm(point)).map(|(x, y)| Position::new(x, y)).collect();
            let style = LineStyle::new().with_thickness(thickness.max(0.6) * self.px_mm).with_color(ink);
            self.area.draw_line(points, style);
        }
        Ok(())
    }

    /// Fills with upright strips: a little wider than their steps, or light would shine through between them.
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let Some((ink, _)) = Sheet::ink(style.color()) else { return Ok(()) };
        let corners: Vec<(f32, f32)> = path.into_iter().map(|point| self.mm(point)).collect();
        let (low, high) =
            corners.iter().fold((f32::MAX, f32::MIN), |(low, high), (x, _)| (low.min(*x), high.max(*x)));
        let step = self.px_mm * 1.5;
        let mut x = low + step / 2.0;
        while x < high {
            for (top, foot) in crossings(&corners, x) {
                line(self.area, (x, top), (x, foot), step * 1.35, ink);
            }
            x += step;
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let Some((part, ink)) = Part::inked(style.color()) else { return Ok(()) };
        let ((x, y), px, pen, hand) = (self.mm(at), self.px_mm, self.pen, Hand::muted(7));
        let room = (self.get_size().0 / UNITS) as f32 * px;
        let cut = pen.wrap(self.context, text, hand, room, 1);
        let text = cut.first().map_or("", String::as_str);
        let half = hand.line_mm() / 2.0;
        let width = pen.width(self.context, text, hand);
        let (place, hand) = match part {
            Part::Tag | Part::OpenTag => {
                let (wide, high) = (rules::TAG_PX.0 as f32 * px, rules::TAG_PX.1 as f32 * px);
                let left = x + rules::TAG_GAP_PX as f32 * px;
                fill(self.area, (left, y - high / 2.0), (wide, high), color(LIGHT.ink(ink)));
                ((left + 4.0 * px, y - half + 0.25), Hand { color: Color::Rgb(255, 255, 255), ..hand.bold() })
            }
            Part::Value => ((x + 8.0 * px, y - half + 0.25), hand),
            Part::Title => ((x + 4.0 * px, y + 1.0 * px), hand),
            _ => ((x - width / 2.0, y + 5.0 * px), hand),
        };
        pen.print(self.context, self.area, place, text, hand).map_err(DrawingErrorKind::DrawingError)
    }
}

/// Where an upright line at `x` is inside of a polygon, by the even-odd rule.
fn crossings(corners: &[(f32, f32)], x: f32) -> Vec<(f32, f32)> {
    let next = corners.iter().cycle().skip(1);
    let mut heights: Vec<f32> = corners
        .iter()
        .zip(next)
        .filter(|(a, b)| (a.0 <= x) != (b.0 <= x))
        .map(|(a, b)| a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0))
        .collect();
    heights.sort_by(f32::total_cmp);
    heights.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}
