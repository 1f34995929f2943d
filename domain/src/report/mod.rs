//! Reports: what the morning report says, before anybody paints it.
//!
//! [`Facts`] are what is known of the market and of one reader's portfolio; [`Report::of`] turns them into words,
//! figures, tables and charts. The same report becomes the PDF, the mail and the page. Nothing here computes
//! market or portfolio figures: they come from `portfolio`, `signal` and `overview`.

mod facts;
mod market;
mod mine;
mod said;
mod sections;
mod upcoming;
mod words;

pub use facts::{Facts, Held};
pub use words::{
    Block, Cell, Column, Fact, Made, Paper, Preferences, Report, ReportId, ReportInfo, Section, State, Table,
    Tone,
};

#[cfg(test)]
mod tests;
