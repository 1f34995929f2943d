//! Real history shipped inside the program, standing at one date.
//!
//! Everything is read from the embedded folder `data/` (its README says what is in it and on which basis).
//! Rows after [`MARKET_DATE`] are in the files and deliberately not given out: on the bundled market they
//! have not happened yet.

mod bars;
mod files;
mod forecasts;
mod headlines;
mod provenance;
mod reference;
mod series;

pub use bars::bars;
pub(crate) use files::bytes;
pub use forecasts::{FILES as FORECAST_FILES, Forecasts, forecasts};
pub use headlines::headlines;
pub use provenance::provenance;
pub use reference::{instruments, splits};
pub use series::{macros, trends};

use chrono::{DateTime, NaiveDate, Utc};

/// The day the bundled market stands at: the last one on which every starter symbol has a bar.
pub const MARKET_DATE: NaiveDate = NaiveDate::from_ymd_opt(2022, 3, 10).expect("a day of the calendar");

/// When New York closed on [`MARKET_DATE`] (16:00, winter time): where bundled market time starts.
pub fn market_close() -> DateTime<Utc> {
    MARKET_DATE.and_hms_opt(21, 0, 0).expect("a time of day").and_utc()
}
