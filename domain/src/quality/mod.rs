//! Is incoming data fit to be stored as truth? Pure rules over one batch at a time.
//!
//! Every record of a batch gets a [`Verdict`]: accepted as it is, repaired (the raw value is kept beside it), or
//! rejected for a person to look at. Each [`Rule`] belongs to one of five [`Dimension`]s, and a batch carries a
//! [`Tally`] per dimension, from which its score from 0 to 1 follows. One file per family of rules; [`bars`]
//! says in which order they look at a price history, [`observations`] and [`headlines`] judge the rest.
//!
//! Time is linear in the batch. Nothing here knows where data comes from or where it goes, and no rule invents
//! a price: what can not be worked out from the batch itself is rejected, never estimated.
//!
//! The kinds of faults are those that price-repair tools describe from years of published data: the
//! documentation "Price repair" of yfinance and the bad/fixed pairs of its test data name 100x mixups, missing
//! split adjustment, missing and wrong dividends, and zeroes in price and volume.

mod actions;
pub mod bars;
pub mod calendar;
mod fields;
pub mod headlines;
pub mod intraday;
mod jump;
pub mod observations;
mod scale;
mod sessions;
mod sheet;
mod tally;
mod verdict;
mod volume;

pub use bars::{Batch, Report, judge};
pub use sessions::Sessions;
pub use tally::{Scores, Tally};
pub use verdict::{Dimension, Judged, Rule, Verdict};

#[cfg(test)]
mod tests;
