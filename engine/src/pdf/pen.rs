//! Printing text and lines at places in millimetres, each letter in a font that has it.

use super::fonts::{self, Families};
use domain::{chart::palette::LIGHT, report::Tone};
use genpdf::{
    Context, Position,
    error::Error,
    render::Area,
    style::{Color, LineStyle, Style},
};

/// Millimetres of a point.
const POINT_MM: f32 = 25.4 / 72.0;
/// From one line to the next, in sizes of the letters.
const LINE_HEIGHT: f32 = 1.36;

/// How text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    /// In points.
    pub size: u8,
    pub bold: bool,
    pub color: Color,
}

impl Hand {
    pub(super) fn new(size: u8) -> Hand {
        Hand { size, bold: false, color: color(LIGHT.text) }
    }

    pub(super) fn muted(size: u8) -> Hand {
        Hand { color: color(LIGHT.muted), ..Hand::new(size) }
    }

    pub(super) fn bold(self) -> Hand {
        Hand { bold: true, ..self }
    }

    pub(super) fn tone(self, tone: Tone) -> Hand {
        let color = match tone {
            Tone::Plain => self.color,
            Tone::Muted => color(LIGHT.muted),
            Tone::Up => color(LIGHT.up),
            Tone::Down => color(LIGHT.down),
        };
        Hand { color, ..self }
    }

    /// From one line to the next.
    pub(super) fn line_mm(self) -> f32 {
        f32::from(self.size) * POINT_MM * LINE_HEIGHT
    }
}

/// Prints.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    families: Families,
}

impl Pen {
    pub(super) fn new(families: Families) -> Pen {
        Pen { families }
    }

    fn style(&self, hand: Hand, face: usize) -> Style {
        let style = Style::new()
            .with_font_family(self.families[face])
            .with_font_size(hand.size)
            .with_color(hand.color);
        if hand.bold { style.bold() } else { style }
    }

    /// The text in pieces of one font each.
    fn pieces(text: &str) -> Vec<(usize, String)> {
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for letter in fonts::printable(text).chars() {
            let last = pieces.last().map(|piece| piece.0);
            let face = if letter == ' ' { last } else { None };
            let face = face.or_else(|| fonts::face_of(letter)).unwrap_or(0);
            // A space belongs to Inter's font too, but a subset of another may lack it.
            let face = if letter == ' ' { 0 } else { face };
            match pieces.last_mut() {
                Some((known, piece)) if *known == face => piece.push(letter),
                _ => pieces.push((face, letter.to_string())),
            }
        }
        pieces
    }

    /// How wide it becomes.
    pub(super) fn width(&self, context: &Context, text: &str, hand: Hand) -> f32 {
        Pen::pieces(text)
            .iter()
            .map(|(face, piece)| f32::from(self.style(hand, *face).str_width(&context.font_cache, piece)))
            .sum()
    }

    /// Prints one line, its left top corner at `(x, y)`.
    pub(super) fn print(
        &self,
        context: &Context,
        area: &Area<'_>,
        (x, y): (f32, f32),
        text: &str,
        hand: Hand,
    ) -> Result<(), Error> {
        let main = self.style(hand, 0).metrics(&context.font_cache);
        let mut x = x;
        for (face, piece) in Pen::pieces(text) {
            let style = self.style(hand, face);
            let metrics = style.metrics(&context.font_cache);
            // genpdf takes the first letter's own margin away, which would unsettle columns of numbers.
            let bearing = piece
                .chars()
                .next()
                .map_or(0.0, |letter| f32::from(style.char_left_side_bearing(&context.font_cache, letter)));
            let at = Position::new(x + bearing, y + f32::from(main.ascent) - f32::from(metrics.ascent));
            area.print_str(&context.font_cache, at, style, &piece)?;
            x += f32::from(style.str_width(&context.font_cache, &piece));
        }
        Ok(())
    }

    /// As [`Pen::print`], ending at `right`.
    pub(super) fn print_right(
        &self,
        context: &Context,
        area: &Area<'_>,
        (right, y): (f32, f32),
        text: &str,
        hand: Hand,
    ) -> Result<(), Error> {
        let width = self.width(context, text, hand);
        self.print(context, area, (right - width, y), text, hand)
    }

    /// Breaks text into lines no wider than `width`, at spaces where it can, within words where it must; what is
    /// more than `most` lines ends in an ellipsis.
    pub(super) fn wrap(
        &self,
        context: &Context,
        text: &str,
        hand: Hand,
        width: f32,
        most: usize,
    ) -> Vec<String> {
        let text = fonts::printable(text);
        let fits = |line: &str| self.width(context, line, hand) <= width;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if !fits(&line) && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && !fits(&format!("{last}…")) {
                    last.pop();
                }
                last.push('…');
            }
        }
        lines
    }
}

/// A colour of the palette.
pub(super) fn color(hex: &str) -> Color {
    let part = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0);
    Color::Rgb(part(1), part(3), part(5))
}

/// A colour as it looks on white paper when it covers only so much: PDF transparency is not needed for it.
pub(super) fn faded(color: Color, opacity: f64) -> Color {
    let part = |value: u8| (255.0 - (255.0 - f64::from(value)) * opacity).round() as u8;
    match color {
        Color::Rgb(r, g, b) => Color::Rgb(part(r), part(g), part(b)),
        other => other,
    }
}

/// A line from one place to another.
pub(super) fn line(area: &Area<'_>, from: (f32, f32), to: (f32, f32), thickness_mm: f32, color: Color) {
    let style = LineStyle::new().with_thickness(thickness_mm).with_color(color);
    area.draw_line([Position::new(from.0, from.1), Position::new(to.0, to.1)], style);
}

/// A filled box: a line as thick as it is high.
pub(super) fn fill(area: &Area<'_>, (left, top): (f32, f32), (width, height): (f32, f32), color: Color) {
    let middle = top + height / 2.0;
    line(area, (left, middle), (left + width, middle), height, color);
}
