//! The plotters backend that writes SVG with classes: one path per class, words placed in per cent.

use super::part::Part;
use domain::chart::palette::rules::{TAG_GAP_PX, TAG_PX};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;
use std::fmt::Write as _;

/// Plotters draws in whole units; ten of them are a pixel.
pub(crate) const UNITS: u32 = 10;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Collects shapes; [`Svg::finish`] writes them.
pub(super) struct Svg<'a> {
    size: (u32, u32),
    paths: Vec<(String, String)>,
    words: &'a mut String,
    shapes: &'a mut String,
}

impl<'a> Svg<'a> {
    /// A picture of so many units; paths go to `shapes`, words and marks to `words`.
    pub fn new(size: (u32, u32), shapes: &'a mut String, words: &'a mut String) -> Svg<'a> {
        Svg { size, paths: Vec::new(), words, shapes }
    }

    fn path(&mut self, color: BackendColor) -> Option<(Part, &mut String)> {
        let (part, class) = Part::read(color)?;
        let found = self.paths.iter().position(|(known, _)| *known == class);
        let index = found.unwrap_or_else(|| {
            self.paths.push((class, String::new()));
            self.paths.len() - 1
        });
        Some((part, &mut self.paths[index].1))
    }

    fn place(&self, (x, y): BackendCoord) -> String {
        let share = |at: i32, of: u32| (f64::from(at) / f64::from(of.max(1)) * 1e4).round() / 1e2;
        format!(r#"x="{}%" y="{}%""#, share(x, self.size.0), share(y, self.size.1))
    }

    fn trace(&mut self, points: impl IntoIterator<Item = BackendCoord>, color: BackendColor, close: bool) {
        let Some((_, path)) = self.path(color) else { return };
        let mut last: Option<BackendCoord> = None;
        for (x, y) in points {
            match last {
                None => write!(path, "M{x} {y}"),
                Some((lx, _)) if lx == x => write!(path, "v{}", y - last.map_or(0, |l| l.1)),
                Some((_, ly)) if ly == y => write!(path, "h{}", x - last.map_or(0, |l| l.0)),
                Some((lx, ly)) if y < ly => write!(path, "l{}{}", x - lx, y - ly),
                Some((lx, ly)) => write!(path, "l{} {}", x - lx, y - ly),
            }
            .expect("a string takes every write");
            last = Some((x, y));
        }
        if close {
            path.push('z');
        }
    }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        for (class, path) in self.paths.drain(..) {
            write!(self.shapes, r#"<path class="{class}" d="{path}"/>"#).expect("a string takes every write");
        }
        Ok(())
    }

    /// A point is drawn as a mark, which keeps its shape at any width.
    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        let Some((Part::Mark, class)) = Part::read(color) else { return Ok(()) };
        let triangle = if class.ends_with("k-up") { "M0 5l5 8h-10z" } else { "M0-5l5-8h-10z" };
        let place = self.place(point);
        write!(self.words, r#"<svg {place}><path class="{class}" d="{triangle}"/></svg>"#)
            .expect("a string takes every write");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if from != to {
            self.trace([from, to], style.color(), false);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _: bool) -> Drawn {
        let (left, right) = (a.0.min(b.0), a.0.max(b.0));
        let (top, foot) = (a.1.min(b.1), a.1.max(b.1).max(a.1.min(b.1) + UNITS as i32));
        self.trace([(left, top), (right, top), (right, foot), (left, foot)], style.color(), true);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path, style.color(), false);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path, style.color(), true);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let Some((part, class)) = Part::read(style.color()) else { return Ok(()) };
        let (place, text) = (self.place(at), escape(text));
        match part {
            Part::Tag | Part::OpenTag => write!(
                self.words,
                r#"<svg class="{class}" {place}><rect x="{TAG_GAP_PX}" y="{}" width="{}" height="{}" rx="3"/><text x="8" y="4">{text}</text></svg>"#,
                -TAG_PX.1 / 2.0,
                TAG_PX.0,
                TAG_PX.1
            ),
            Part::Value => write!(self.words, r#"<text class="{class}" {place} dx="8" dy="4">{text}</text>"#),
            Part::Title => write!(self.words, r#"<text class="{class}" {place} dx="4" dy="12">{text}</text>"#),
            _ => write!(self.words, r#"<text class="{class}" {place} dy="16" text-anchor="middle">{text}</text>"#),
        }
        .expect("a string takes every write");
        Ok(())
    }
}

/// Text made safe between tags.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}
