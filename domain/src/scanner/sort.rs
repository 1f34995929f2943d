//! By which column a table is ordered, and which way.

use super::{Figure, Match, Snapshot, Words, field};
use std::cmp::Ordering;

/// A column and a direction. What is undefined comes last both ways; equals stay in the order they had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    column: &'static str,
    ascending: bool,
}

impl Sort {
    /// By any field a filter may name, however it is written; `None` for what is no field.
    ///
    /// ```
    /// # use domain::scanner::Sort;
    /// let sort = Sort::by("change_percent", true).unwrap();
    /// assert_eq!((sort.column(), sort.is_ascending()), ("changePercent", true));
    /// assert!(Sort::by("rsi", true).is_none());
    /// ```
    pub fn by(column: &str, ascending: bool) -> Option<Sort> {
        field(column).map(|field| Sort { column: field.name, ascending })
    }

    /// The name of the field.
    pub fn column(self) -> &'static str {
        self.column
    }

    /// The lowest first.
    pub fn is_ascending(self) -> bool {
        self.ascending
    }

    /// Puts rows in order that are a table already, by what they show of the column.
    pub fn apply(self, rows: &mut [Match]) {
        rows.sort_by(|a, b| self.compared(shown(a, self.column).as_ref(), shown(b, self.column).as_ref()));
    }

    /// What a snapshot is ordered by.
    pub(super) fn figure(self, of: &Snapshot) -> Option<Figure> {
        value(of, self.column)
    }

    pub(super) fn compared(self, a: Option<&Figure>, b: Option<&Figure>) -> Ordering {
        match (a, b) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) if self.ascending => compared(a, b),
            (Some(a), Some(b)) => compared(b, a),
        }
    }
}

fn compared(a: &Figure, b: &Figure) -> Ordering {
    match (a, b) {
        (Figure::Number(a), Figure::Number(b)) => a.total_cmp(b),
        (Figure::Text(a), Figure::Text(b)) => a.cmp(b),
        (Figure::Number(_), Figure::Text(_)) => Ordering::Less,
        (Figure::Text(_), Figure::Number(_)) => Ordering::Greater,
    }
}

/// The value of a field.
pub(super) fn value(of: &Snapshot, name: &str) -> Option<Figure> {
    Some(match field(name)?.words {
        Words::Number(read) => Figure::Number(read(of)?),
        Words::Text(read, _) => Figure::Text(read(of)?.to_string()),
    })
}

/// What a row shows of a field; `None` too for fields that are no column of its table.
fn shown(row: &Match, name: &str) -> Option<Figure> {
    match name {
        "symbol" => Some(Figure::Text(row.symbol.to_string())),
        "kind" => Some(Figure::Text(row.kind.as_str().to_string())),
        "sector" => row.sector.map(|sector| Figure::Text(sector.as_str().to_string())),
        "close" => Some(Figure::Number(row.price)),
        "changePercent" => row.change_percent.map(Figure::Number),
        "volume" => row.volume.map(Figure::Number),
        other => row.values.get(other).cloned(),
    }
}
