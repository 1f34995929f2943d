//! What a report is made of, and what is kept of each.

use crate::{chart::ChartSpec, portfolio::PortfolioId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Identifies a report within its tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportId(pub Uuid);

/// A report: a head, key figures, sections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What kind of report it is, as `Morning report`.
    pub title: String,
    /// What it is about: a portfolio's name or a watchlist's.
    pub subject: String,
    /// The day of the reader it was made on.
    pub date: NaiveDate,
    /// When and for whom, as `5 Jan 2026, 08:00 Europe/Berlin`.
    pub made: String,
    /// What kind of data it stands on, where that has to be known: bundled, simulated, out of date.
    pub notice: Option<String>,
    /// The most important in one or two sentences.
    pub lead: String,
    /// Key figures.
    pub facts: Vec<Fact>,
    /// In the order in which they are read.
    pub sections: Vec<Section>,
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Fact {
    pub label: String,
    pub value: String,
    /// Under the value, smaller.
    pub note: String,
    pub tone: Tone,
}

/// How something is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Tone {
    #[default]
    Plain,
    Muted,
    Up,
    Down,
}

/// A part of a report under its own heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A thing in a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Block {
    /// A paragraph.
    Text {
        text: String,
    },
    /// Small key figures side by side.
    Facts {
        facts: Vec<Fact>,
    },
    Table {
        table: Table,
    },
    Chart {
        chart: ChartSpec,
    },
}

/// A table whose head is repeated on each page it reaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// The last line, set off; empty for none.
    pub total: Vec<Cell>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Column {
    pub title: String,
    /// Its share of the width, relative to the others.
    pub weight: u32,
    /// A column of numbers: they end at the same edge.
    pub right: bool,
}

/// What stands in a place of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Cell {
    pub text: String,
    /// Under it, smaller; empty for none.
    pub detail: String,
    pub tone: Tone,
}

impl Cell {
    /// Plain text.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// With something under it.
    pub fn with_detail(self, detail: impl Into<String>) -> Cell {
        Cell { detail: detail.into(), ..self }
    }

    /// In another tone.
    pub fn tone(self, tone: Tone) -> Cell {
        Cell { tone, ..self }
    }
}

impl Report {
    /// Every text that stands in the report, charts apart; who paints it knows from it which letters are needed.
    pub fn texts(&self) -> Vec<&str> {
        let mut all: Vec<&str> = vec![&self.title, &self.subject, &self.made, &self.lead];
        all.extend(self.notice.as_deref());
        all.extend(self.facts.iter().flat_map(fact_texts));
        for section in &self.sections {
            all.push(&section.title);
            for block in &section.blocks {
                match block {
                    Block::Text { text } => all.push(text),
                    Block::Facts { facts } => all.extend(facts.iter().flat_map(fact_texts)),
                    Block::Table { table } => {
                        all.extend(table.columns.iter().map(|column| column.title.as_str()));
                        let cells = table.rows.iter().flatten().chain(&table.total);
                        all.extend(cells.flat_map(|cell| [cell.text.as_str(), cell.detail.as_str()]));
                    }
                    Block::Chart { chart } => {
                        all.push(&chart.alternative);
                        all.extend(chart.panes.iter().map(|pane| pane.title.as_str()));
                    }
                }
            }
        }
        all
    }
}

fn fact_texts(fact: &Fact) -> [&str; 3] {
    [&fact.label, &fact.value, &fact.note]
}

/// What a report is printed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// 8.5 x 11 inches.
    Letter,
}

impl Paper {
    /// The word in the store, on the wire and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }

    /// Reads back [`Paper::as_str`].
    pub fn parse(word: &str) -> Option<Paper> {
        [Paper::A4, Paper::Letter].into_iter().find(|paper| paper.as_str() == word)
    }

    /// Width and height in millimetres.
    pub fn size_mm(self) -> (f64, f64) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::Letter => (215.9, 279.4),
        }
    }
}

/// Where a report is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Its job waits or runs.
    Building,
    /// It can be read.
    Ready,
    /// It could not be made.
    Failed,
}

impl State {
    /// The word in the store and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Building => "building",
            State::Ready => "ready",
            State::Failed => "failed",
        }
    }

    /// Reads back [`State::as_str`].
    pub fn parse(word: &str) -> Option<State> {
        [State::Building, State::Ready, State::Failed].into_iter().find(|state| state.as_str() == word)
    }
}

/// What is kept of a report that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// SHA-256 of the PDF, in hex.
    pub sha256: String,
    /// Of the PDF.
    pub size_bytes: i64,
    /// Wall time.
    pub at: DateTime<Utc>,
    /// Its head and key figures, for the list.
    pub lead: String,
    /// As on the first page.
    pub facts: Vec<Fact>,
}

/// A report as it stands in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportInfo {
    /// Which.
    pub id: ReportId,
    /// About which portfolio; `None` is about the market and the watchlist.
    pub portfolio_id: Option<PortfolioId>,
    /// The portfolio's name then, or the watchlist's; empty until it is made.
    pub subject: String,
    /// Where it is on its way.
    pub state: State,
    /// What it is printed on.
    pub paper: Paper,
    /// Made by the schedule, not on demand.
    pub scheduled: bool,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// The job that makes it.
    pub job_id: Option<Uuid>,
    /// Once it is ready.
    pub made: Option<Made>,
    /// When it was mailed.
    pub mailed_at: Option<DateTime<Utc>>,
    /// Why it failed, in plain words.
    pub problem: Option<String>,
}

/// What a user wants of reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    /// The morning report by mail, at 08:00 in their own zone.
    pub mail: bool,
    /// Their paper.
    pub paper: Paper,
}
