//! A report on paper: [`Report`] to PDF by genpdf, its charts by plotters as lines and letters, not as pixels.
//!
//! The light theme's colours on white, Inter with tabular figures, page numbers, tables whose head comes again on
//! every page. Only letters that are used are embedded. Text that runs from right to left is not shaped.

mod chart;
mod facts;
pub(crate) mod fonts;
mod head;
mod page;
mod pen;
mod table;
mod text;

use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::report::{Block, Paper, Report};
use genpdf::{Document, Element, elements::LinearLayout};
use pen::Pen;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// Side and top margins, in millimetres.
const MARGIN_MM: f32 = 17.0;

/// Writes a report as PDF. Takes tens of milliseconds: call it off the threads that answer requests.
///
/// # Errors
/// [`Error::Internal`] when it can not be laid out.
pub fn pdf(report: &Report, paper: Paper, made_at: DateTime<Utc>) -> Result<Vec<u8>> {
    let broken = |error: genpdf::error::Error| Error::Internal(format!("writing a PDF: {error}"));
    let letters = fonts::Letters::of(report).map_err(broken)?;
    // How many pages there are is known only when all are laid out; the numbers are printed the second time.
    let pages = Arc::new(AtomicUsize::new(0));
    document(report, paper, made_at, &letters, pages.clone(), 0).render(std::io::sink()).map_err(broken)?;
    let total = pages.swap(0, Ordering::Relaxed);
    let mut out = Vec::with_capacity(128 * 1024);
    document(report, paper, made_at, &letters, pages, total).render(&mut out).map_err(broken)?;
    Ok(out)
}

fn document(
    report: &Report,
    paper: Paper,
    made_at: DateTime<Utc>,
    letters: &fonts::Letters,
    pages: Arc<AtomicUsize>,
    total: usize,
) -> Document {
    let (mut document, families) = letters.document();
    let pen = Pen::new(families);
    document.set_title(format!("{}: {}", report.title, report.subject));
    document.set_minimal_conformance();
    if let Ok(at) = time::OffsetDateTime::from_unix_timestamp(made_at.timestamp()) {
        document.set_creation_date(at);
        document.set_modification_date(at);
    }
    let (width, height) = paper.size_mm();
    document.set_paper_size((width as f32, height as f32));
    document.set_page_decorator(page::Frame::new(report, pen, pages, total));
    document.push(head::Head::new(report, pen));
    if !report.facts.is_empty() {
        document.push(facts::Facts::new(&report.facts, pen, true));
    }
    for section in &report.sections {
        document.push(text::Heading::new(&section.title, pen));
        for element in blocks(&section.blocks, pen) {
            document.push(element);
        }
    }
    document
}

/// Blocks as elements; two short narrow tables in a row stand side by side.
fn blocks(blocks: &[Block], pen: Pen) -> Vec<LinearLayout> {
    let mut out = Vec::new();
    let mut push = |element: Box<dyn Element>| {
        let mut one = LinearLayout::vertical();
        one.push(element);
        out.push(one);
    };
    let mut at = 0;
    while at < blocks.len() {
        match (&blocks[at], blocks.get(at + 1)) {
            (Block::Table { table: left }, Some(Block::Table { table: right }))
                if table::is_small(left) && table::is_small(right) =>
            {
                push(Box::new(table::Beside::new(left, right, pen)));
                at += 1;
            }
            (Block::Table { table }, _) => push(Box::new(table::Rows::new(table, pen))),
            (Block::Text { text }, _) => push(Box::new(text::Paragraph::new(text, pen))),
            (Block::Facts { facts }, _) => push(Box::new(facts::Facts::new(facts, pen, false))),
            (Block::Chart { chart }, _) => push(Box::new(chart::Picture::new(chart, pen))),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests;
