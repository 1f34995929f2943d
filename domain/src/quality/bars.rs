//! A price history: the batch, the order of the rules, the report.

use super::{
    Dimension, Judged, Rule, Scores, Sessions, Verdict, actions, calendar, fields, jump, scale, sheet::Sheet,
    volume,
};
use crate::{
    Bar, Interval, Kind, Symbol,
    bar::{Dividend, Split},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Bars of one symbol as a source tells them, and what is known beforehand.
pub struct Batch<'a> {
    /// Whose bars.
    pub symbol: &'a Symbol,
    /// What it is: decides about volumes and calendars.
    pub kind: Kind,
    /// Length of the bars; calendar, splits and dividends are looked at for [`Interval::Day1`] only.
    pub interval: Interval,
    /// In any order, as told.
    pub bars: &'a [Bar],
    /// The end of the stored history before the first of them, oldest first; 300 are enough.
    pub known: &'a [Bar],
    /// Every split known, from the store and from the source.
    pub splits: &'a [Split],
    /// Dividends within the batch; `None` where the source tells none at all.
    pub dividends: Option<&'a [Dividend]>,
    /// Currency of the instrument, and the one the source tells, where it tells one.
    pub currency: (&'a str, Option<&'a str>),
    /// Now, in market time.
    pub now: DateTime<Utc>,
    /// The days on which the instrument has bars.
    pub sessions: Sessions,
}

impl Batch<'_> {
    /// The share of its session that a bar has seen.
    pub(super) fn session_share(&self, bar: &Bar) -> f64 {
        let daily = self.interval == Interval::Day1;
        if daily { self.sessions.elapsed(bar.date(), self.now).max(0.02) } else { 1.0 }
    }
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Every bar, oldest first.
    pub bars: Vec<Judged<Bar>>,
    /// Every dividend, also those read from the adjusted close, oldest first.
    pub dividends: Vec<Judged<Dividend>>,
    /// Bars that were told twice, word for word.
    pub copies: u64,
    /// Sessions without a bar.
    pub missing: Vec<NaiveDate>,
    /// Why the batch was refused as a whole; nothing of it is to be stored then.
    pub refused: Option<(Rule, String)>,
    /// Counts per dimension.
    pub scores: Scores,
}

impl Report {
    /// What is to be stored, oldest first.
    pub fn accepted(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter_map(Judged::accepted)
    }

    /// How many bars are not to be stored.
    pub fn rejected(&self) -> usize {
        self.bars.iter().filter(|bar| bar.is_rejected()).count()
    }

    /// The bars that a rule changed.
    pub fn repaired(&self) -> impl Iterator<Item = &Judged<Bar>> {
        self.bars.iter().filter(|bar| matches!(bar.verdict, Verdict::Repair(_)))
    }
}

/// Judges a batch.
pub fn judge(batch: &Batch) -> Report {
    let mut report = Report::default();
    if let (wanted, Some(told)) = batch.currency
        && !wanted.eq_ignore_ascii_case(told)
    {
        report.scores.count(Dimension::Consistency, batch.bars.len() as u64, batch.bars.len() as u64);
        report.refused =
            Some((Rule::Currency, format!("prices in {told}, and the instrument is quoted in {wanted}")));
        return report;
    }
    let (rows, doubles, copies) = fields::unique(batch.bars.iter().copied().map(Judged::new).collect());
    let mut sheet = Sheet { batch, rows };
    // First what a row says by itself, then its unit and basis, and only then how it fits its neighbours.
    fields::check(&mut sheet);
    calendar::phantoms(&mut sheet);
    scale::check(&mut sheet);
    if batch.interval == Interval::Day1 {
        actions::splits(&mut sheet);
    }
    fields::envelope(&mut sheet);
    volume::check(&mut sheet);
    jump::check(&mut sheet);
    if batch.interval == Interval::Day1 {
        report.dividends = actions::dividends(&mut sheet);
    }
    let missing = calendar::missing(&sheet);
    let holes = missing.len() as u64;
    report.scores.count(Dimension::Completeness, holes, holes);
    if let Some(late) = calendar::late(&sheet) {
        report.scores.count(Dimension::Timeliness, calendar::WORST_LATE, late);
    }
    let mut bars = sheet.rows;
    if !doubles.is_empty() {
        bars.extend(doubles);
        bars.sort_by_key(|bar| bar.raw.time);
    }
    report.scores.records(&bars);
    report.scores.records(&report.dividends);
    report.scores.count(Dimension::Uniqueness, copies, copies);
    Report { bars, missing, copies, ..report }
}
