//! Headings and paragraphs.

use super::pen::{Hand, Pen, color, line};
use domain::chart::palette::LIGHT;
use genpdf::{Context, Element, RenderResult, Size, error::Error, render::Area, style::Style};

/// What has to have room under a heading, so that it never stands alone at the foot of a page.
const COMPANY_MM: f32 = 34.0;

/// The heading of a section.
pub(super) struct Heading {
    text: String,
    pen: Pen,
}

impl Heading {
    pub(super) fn new(text: &str, pen: Pen) -> Heading {
        Heading { text: text.into(), pen }
    }
}

impl Element for Heading {
    fn render(&mut self, context: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Error> {
        let (width, room) = (f32::from(area.size().width), f32::from(area.size().height));
        if room < COMPANY_MM {
            return Ok(RenderResult { size: Size::new(0.0, 0.0), has_more: true });
        }
        let hand = Hand::new(12).bold();
        let top = 5.0;
        let shown = self.pen.wrap(context, &self.text, hand, width, 1);
        self.pen.print(context, &area, (0.0, top), shown.first().map_or("", String::as_str), hand)?;
        let foot = top + hand.line_mm() + 0.8;
        line(&area, (0.0, foot), (width, foot), 0.35, color(LIGHT.text));
        Ok(RenderResult { size: Size::new(width, foot + 1.6), has_more: false })
    }
}

/// A paragraph; it may go on on the next page.
pub(super) struct Paragraph {
    text: String,
    pen: Pen,
    printed: usize,
}

impl Paragraph {
    pub(super) fn new(text: &str, pen: Pen) -> Paragraph {
        Paragraph { text: text.into(), pen, printed: 0 }
    }
}

impl Element for Paragraph {
    fn render(&mut self, context: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Error> {
        let (width, room) = (f32::from(area.size().width), f32::from(area.size().height));
        let hand = Hand::muted(8);
        let rows = self.pen.wrap(context, &self.text, hand, width, 200);
        let mut y = 1.0;
        while let Some(row) = rows.get(self.printed) {
            if y + hand.line_mm() > room {
                return Ok(RenderResult { size: Size::new(width, y), has_more: true });
            }
            self.pen.print(context, &area, (0.0, y), row, hand)?;
            y += hand.line_mm();
            self.printed += 1;
        }
        Ok(RenderResult { size: Size::new(width, y + 1.5), has_more: false })
    }
}
