//! Tables: rows are never torn apart, the head comes again on each page, numbers end at one edge.

use super::pen::{Hand, Pen, color, line};
use domain::{
    chart::palette::LIGHT,
    report::{Cell, Table},
};
use genpdf::{Context, Element, Position, RenderResult, Size, error::Error, render::Area, style::Style};

const TEXT: u8 = 8;
const DETAIL: u8 = 7;
/// Above and below the text of a row.
const PADDING_MM: f32 = 1.15;
/// Between columns.
const GUTTER_MM: f32 = 3.0;
/// Room for the total under the last row.
const TOTAL_MM: f32 = 10.0;
/// So many lines of a name at most.
const MOST_LINES: usize = 4;

/// Whether two such tables may stand side by side.
pub(super) fn is_small(table: &Table) -> bool {
    table.columns.len() <= 3 && table.rows.len() <= 8 && table.total.is_empty()
}

/// A table as wide as the page.
pub(super) struct Rows {
    table: Table,
    pen: Pen,
    printed: usize,
}

/// Where a column stands.
#[derive(Clone, Copy)]
struct Place {
    left: f32,
    width: f32,
    right: bool,
}

/// A cell broken into lines.
struct Laid {
    text: Vec<String>,
    detail: Vec<String>,
}

impl Laid {
    fn height(&self) -> f32 {
        self.text.len().max(1) as f32 * Hand::new(TEXT).line_mm()
            + self.detail.len() as f32 * Hand::new(DETAIL).line_mm()
    }
}

impl Rows {
    pub(super) fn new(table: &Table, pen: Pen) -> Rows {
        Rows { table: table.clone(), pen, printed: 0 }
    }

    fn places(&self, width: f32) -> Vec<Place> {
        let columns = &self.table.columns;
        let weights: u32 = columns.iter().map(|column| column.weight).sum();
        let free = width - GUTTER_MM * columns.len().saturating_sub(1) as f32;
        let mut left = 0.0;
        columns
            .iter()
            .map(|column| {
                let width = free * column.weight as f32 / weights.max(1) as f32;
                let place = Place { left, width, right: column.right };
                left += width + GUTTER_MM;
                place
            })
            .collect()
    }

    fn lay(&self, context: &Context, cells: &[Cell], places: &[Place], bold: bool) -> Vec<Laid> {
        let hand = if bold { Hand::new(TEXT).bold() } else { Hand::new(TEXT) };
        cells
            .iter()
            .zip(places)
            .map(|(cell, place)| Laid {
                text: self.pen.wrap(context, &cell.text, hand, place.width, MOST_LINES),
                detail: self.pen.wrap(context, &cell.detail, Hand::muted(DETAIL), place.width, MOST_LINES),
            })
            .collect()
    }

    fn print_lines(
        &self,
        context: &Context,
        area: &Area<'_>,
        (place, y): (Place, f32),
        lines: &[String],
        hand: Hand,
    ) -> Result<f32, Error> {
        let mut y = y;
        for text in lines {
            match place.right {
                true => self.pen.print_right(context, area, (place.left + place.width, y), text, hand)?,
                false => self.pen.print(context, area, (place.left, y), text, hand)?,
            }
            y += hand.line_mm();
        }
        Ok(y)
    }

    fn head(&self, context: &Context, area: &Area<'_>, places: &[Place], width: f32) -> Result<f32, Error> {
        let hand = Hand::muted(DETAIL).bold();
        let mut height: f32 = 0.0;
        for (column, place) in self.table.columns.iter().zip(places) {
            let lines = self.pen.wrap(context, &column.title, hand, place.width, 2);
            height = height.max(self.print_lines(context, area, (*place, PADDING_MM), &lines, hand)?);
        }
        let foot = height + PADDING_MM;
        line(area, (0.0, foot), (width, foot), 0.25, color(LIGHT.muted));
        Ok(foot)
    }

    fn head_height(&self, context: &Context, places: &[Place]) -> f32 {
        let hand = Hand::muted(DETAIL).bold();
        let lines = self.table.columns.iter().zip(places);
        let most = lines
            .map(|(column, place)| self.pen.wrap(context, &column.title, hand, place.width, 2).len())
            .max();
        most.unwrap_or(1) as f32 * hand.line_mm() + 2.0 * PADDING_MM
    }

    /// Prints a row at `y`, or answers `None` where it does not fit.
    fn row(
        &self,
        context: &Context,
        area: &Area<'_>,
        places: &[Place],
        (cells, total): (&[Cell], bool),
        (y, room): (f32, f32),
    ) -> Result<Option<f32>, Error> {
        let laid = self.lay(context, cells, places, total);
        let height = laid.iter().map(Laid::height).fold(0.0, f32::max) + 2.0 * PADDING_MM;
        if y + height > room {
            return Ok(None);
        }
        // Where a name stands under the first word, that word leads.
        let named = self.table.rows.iter().any(|row| row.first().is_some_and(|cell| !cell.detail.is_empty()));
        for ((cell, laid), place) in cells.iter().zip(&laid).zip(places) {
            let hand = Hand::new(TEXT).tone(cell.tone);
            let hand = if total || (place.left == 0.0 && named) { hand.bold() } else { hand };
            let below = self.print_lines(context, area, (*place, y + PADDING_MM), &laid.text, hand)?;
            self.print_lines(context, area, (*place, below), &laid.detail, Hand::muted(DETAIL))?;
        }
        Ok(Some(y + height))
    }

    /// Height of the whole table.
    fn full_height(&self, context: &Context, width: f32) -> f32 {
        let places = self.places(width);
        let rows = self.table.rows.iter().map(|cells| {
            let laid = self.lay(context, cells, &places, false);
            laid.iter().map(Laid::height).fold(0.0, f32::max) + 2.0 * PADDING_MM
        });
        self.head_height(context, &places) + rows.sum::<f32>()
    }
}

impl Element for Rows {
    fn render(&mut self, context: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Error> {
        let (width, room) = (f32::from(area.size().width), f32::from(area.size().height));
        let places = self.places(width);
        let total = (!self.table.total.is_empty()).then(|| self.table.total.clone());
        let all: Vec<(Vec<Cell>, bool)> = self
            .table
            .rows
            .iter()
            .cloned()
            .map(|row| (row, false))
            .chain(total.map(|row| (row, true)))
            .collect();
        let none = RenderResult { size: Size::new(0.0, 0.0), has_more: true };
        // A head without a row under it says nothing.
        let least = self.head_height(context, &places) + 12.0;
        if room < least {
            return Ok(none);
        }
        let mut y = self.head(context, &area, &places, width)?;
        while let Some((cells, is_total)) = all.get(self.printed) {
            // The total never stands on a page without a row above it.
            let total_next = all.get(self.printed + 1).is_some_and(|next| next.1);
            let kept = if total_next && self.printed > 0 { room - TOTAL_MM } else { room };
            let Some(below) = self.row(context, &area, &places, (cells, *is_total), (y, kept))? else {
                return Ok(RenderResult { size: Size::new(width, y), has_more: true });
            };
            let (thickness, ink) = if total_next { (0.3, LIGHT.text) } else { (0.15, LIGHT.line) };
            if !*is_total {
                line(&area, (0.0, below), (width, below), thickness, color(ink));
            }
            y = below;
            self.printed += 1;
        }
        Ok(RenderResult { size: Size::new(width, y + 2.5), has_more: false })
    }
}

/// Two small tables side by side.
pub(super) struct Beside {
    left: Rows,
    right: Rows,
}

impl Beside {
    pub(super) fn new(left: &Table, right: &Table, pen: Pen) -> Beside {
        Beside { left: Rows::new(left, pen), right: Rows::new(right, pen) }
    }
}

impl Element for Beside {
    fn render(&mut self, context: &Context, area: Area<'_>, style: Style) -> Result<RenderResult, Error> {
        let (width, room) = (f32::from(area.size().width), f32::from(area.size().height));
        let each = (width - 8.0) / 2.0;
        let height = self.left.full_height(context, each).max(self.right.full_height(context, each)) + 2.5;
        if height > room {
            return Ok(RenderResult { size: Size::new(0.0, 0.0), has_more: true });
        }
        let mut left = area.clone();
        left.set_width(each.into());
        self.left.render(context, left, style)?;
        let mut right = area;
        right.add_offset(Position::new(each + 8.0, 0.0));
        self.right.render(context, right, style)?;
        Ok(RenderResult { size: Size::new(width, height), has_more: false })
    }
}
