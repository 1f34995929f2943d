//! The head of the first page: mark, title, what it is about, and the lead.

use super::pen::{Hand, Pen, color, faded, fill, line};
use domain::{chart::palette::LIGHT, report::Report};
use genpdf::{Context, Element, RenderResult, Size, error::Error, render::Area, style::Style};

pub(super) struct Head {
    pen: Pen,
    title: String,
    subject: String,
    date: String,
    notice: Option<String>,
    lead: String,
}

impl Head {
    pub(super) fn new(report: &Report, pen: Pen) -> Head {
        Head {
            pen,
            title: report.title.clone(),
            subject: report.subject.clone(),
            date: report.date.format("%A, %-d %B %Y").to_string(),
            notice: report.notice.clone(),
            lead: report.lead.clone(),
        }
    }
}

impl Element for Head {
    fn render(&mut self, context: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Error> {
        let (pen, width) = (self.pen, f32::from(area.size().width));
        mark(&area);
        pen.print(context, &area, (6.2, 0.6), "Candlewick", Hand::new(11).bold())?;
        pen.print_right(context, &area, (width, 0.9), &self.date, Hand::muted(9))?;
        let mut y = 11.5;
        pen.print(context, &area, (0.0, y), &self.title, Hand::new(20).bold())?;
        y += Hand::new(20).line_mm() + 0.6;
        let subject = Hand { color: color(LIGHT.accent), ..Hand::new(12).bold() };
        for row in pen.wrap(context, &self.subject, subject, width, 3) {
            pen.print(context, &area, (0.0, y), &row, subject)?;
            y += subject.line_mm();
        }
        y += 2.0;
        for row in pen.wrap(context, &self.lead, Hand::new(10), width, 8) {
            pen.print(context, &area, (0.0, y), &row, Hand::new(10))?;
            y += Hand::new(10).line_mm();
        }
        if let Some(notice) = &self.notice {
            let hand = Hand::new(8);
            let rows = pen.wrap(context, notice, hand, width - 8.0, 4);
            let height = rows.len() as f32 * hand.line_mm() + 3.0;
            y += 2.5;
            fill(&area, (0.0, y), (width, height), faded(color(LIGHT.accent), 0.10));
            fill(&area, (0.0, y), (0.9, height), color(LIGHT.accent));
            for (at, row) in rows.iter().enumerate() {
                pen.print(context, &area, (4.0, y + 1.5 + at as f32 * hand.line_mm()), row, hand)?;
            }
            y += height;
        }
        Ok(RenderResult { size: Size::new(width, y + 4.0), has_more: false })
    }
}

/// One candlestick whose upper wick is a small flame.
fn mark(area: &Area<'_>) {
    let accent = color(LIGHT.accent);
    line(area, (2.0, 1.2), (2.0, 5.8), 0.45, accent);
    fill(area, (0.9, 2.4), (2.2, 2.6), accent);
    for (at, half) in
        [(0.1, 0.10), (0.35, 0.24), (0.6, 0.36), (0.85, 0.42), (1.1, 0.40), (1.35, 0.28), (1.6, 0.14)]
    {
        line(area, (2.0 - half, at), (2.0 + half, at), 0.28, accent);
    }
}
