//! What is on every page: margins, a running head from the second page on, the foot with the page's number.

use super::{
    MARGIN_MM,
    pen::{Hand, Pen, color, line},
};
use domain::{chart::palette::LIGHT, report::Report};
use genpdf::{Context, Margins, PageDecorator, error::Error, render::Area, style::Style};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

pub(super) struct Frame {
    pen: Pen,
    /// Pages so far.
    pages: Arc<AtomicUsize>,
    /// All of them; 0 while they are counted.
    total: usize,
    running: String,
    made: String,
}

impl Frame {
    pub(super) fn new(report: &Report, pen: Pen, pages: Arc<AtomicUsize>, total: usize) -> Frame {
        let running = format!("{} · {}", report.title, report.subject);
        Frame { pen, pages, total, running, made: format!("Candlewick · {}", report.made) }
    }
}

impl PageDecorator for Frame {
    fn decorate_page<'a>(&mut self, context: &Context, area: Area<'a>, _: Style) -> Result<Area<'a>, Error> {
        let number = self.pages.fetch_add(1, Ordering::Relaxed) + 1;
        let (width, height) = (f32::from(area.size().width), f32::from(area.size().height));
        let (left, right) = (MARGIN_MM, width - MARGIN_MM);
        let hand = Hand::muted(7);
        if number > 1 {
            let most = right - left - 40.0;
            let running = self.pen.wrap(context, &self.running, hand, most, 1);
            self.pen.print(context, &area, (left, 9.5), running.first().map_or("", String::as_str), hand)?;
            line(&area, (left, 14.0), (right, 14.0), 0.15, color(LIGHT.line));
        }
        let foot = height - 12.0;
        line(&area, (left, foot - 2.0), (right, foot - 2.0), 0.15, color(LIGHT.line));
        self.pen.print(context, &area, (left, foot), &self.made, hand)?;
        self.pen.print_right(
            context,
            &area,
            (right, foot),
            &format!("Page {number} of {}", self.total),
            hand,
        )?;
        let mut inner = area;
        let top = if number > 1 { 18.0 } else { 13.0 };
        inner.add_margins(Margins::trbl(top, MARGIN_MM, 18.0, MARGIN_MM));
        Ok(inner)
    }
}
