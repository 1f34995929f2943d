//! Key figures side by side.

use super::pen::{Hand, Pen, color, fill, line};
use domain::{chart::palette::LIGHT, report::Fact};
use genpdf::{Context, Element, RenderResult, Size, error::Error, render::Area, style::Style};

/// Between two tiles.
const GAP_MM: f32 = 3.0;

/// Rows of key figures; large ones on the first page.
pub(super) struct Facts {
    facts: Vec<Fact>,
    pen: Pen,
    large: bool,
    printed: usize,
}

impl Facts {
    pub(super) fn new(facts: &[Fact], pen: Pen, large: bool) -> Facts {
        Facts { facts: facts.to_vec(), pen, large, printed: 0 }
    }

    fn columns(&self) -> usize {
        if self.large { self.facts.len().clamp(1, 5) } else { 4 }
    }

    fn tile(
        &self,
        context: &Context,
        area: &Area<'_>,
        fact: &Fact,
        (x, y, width): (f32, f32, f32),
    ) -> Result<(), Error> {
        let pen = self.pen;
        let one = |text: &str, hand: Hand| {
            pen.wrap(context, text, hand, width - 4.0, 1).into_iter().next().unwrap_or_default()
        };
        let (label, note) = (Hand::muted(7), Hand::muted(7));
        // A long amount takes smaller letters rather than losing its end.
        let sizes: &[u8] = if self.large { &[14, 12, 10, 8] } else { &[11, 10, 9, 8] };
        let fits = |size: &&u8| pen.width(context, &fact.value, Hand::new(**size).bold()) <= width - 4.0;
        let size = sizes.iter().find(fits).copied().unwrap_or(7);
        let value = Hand::new(size).bold().tone(fact.tone);
        let (left, box_height) = (x + 2.0, sizes_line(sizes));
        pen.print(context, area, (left, y + 1.6), &one(&fact.label, label), label)?;
        let value_top = y + 1.6 + label.line_mm() + (box_height - value.line_mm()) / 2.0;
        pen.print(context, area, (left, value_top), &one(&fact.value, value), value)?;
        pen.print(context, area, (left, y + 1.6 + label.line_mm() + box_height), &one(&fact.note, note), note)
    }

    fn height(&self) -> f32 {
        let sizes: &[u8] = if self.large { &[14] } else { &[11] };
        3.2 + 2.0 * Hand::muted(7).line_mm() + sizes_line(sizes)
    }
}

fn sizes_line(sizes: &[u8]) -> f32 {
    Hand::new(sizes[0]).line_mm()
}

impl Element for Facts {
    fn render(&mut self, context: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Error> {
        let (width, room) = (f32::from(area.size().width), f32::from(area.size().height));
        let (columns, height) = (self.columns(), self.height());
        let each = (width - GAP_MM * (columns as f32 - 1.0)) / columns as f32;
        let mut y = 1.0;
        while self.printed < self.facts.len() {
            if y + height > room {
                return Ok(RenderResult {
                    size: Size::new(if y > 1.0 { width } else { 0.0 }, if y > 1.0 { y } else { 0.0 }),
                    has_more: true,
                });
            }
            for (at, fact) in self.facts.iter().skip(self.printed).take(columns).enumerate() {
                let x = at as f32 * (each + GAP_MM);
                fill(&area, (x, y), (each, height), color(LIGHT.background));
                line(&area, (x, y), (x + each, y), 0.3, color(LIGHT.line));
                self.tile(context, &area, fact, (x, y, each))?;
            }
            self.printed += columns;
            y += height + GAP_MM;
        }
        Ok(RenderResult { size: Size::new(width, y), has_more: false })
    }
}
