//! Splits of the companies with bundled prices, within the years those prices cover.
//!
//! Splits up to the market date are inside the prices already; later ones are not: a loader that moves the
//! market date past one has to apply it.

use super::output::Output;
use anyhow::Result;

/// Symbol, first day of the new basis, new shares, for so many old ones, remark.
#[rustfmt::skip]
pub const SPLITS: &[(&str, &str, u32, u32, &str)] = &[
    ("AAPL", "2014-06-09", 7, 1, ""),
    ("AAPL", "2020-08-31", 4, 1, ""),
    ("AMZN", "2022-06-06", 20, 1, "after the market date"),
    ("GOOG", "2014-03-27", 2002, 1000, "new class C shares given to holders"),
    ("GOOG", "2015-04-27", 10_027_455, 10_000_000, "adjustment payment in class C shares"),
    ("GOOG", "2022-07-18", 20, 1, "after the market date"),
    ("MSFT", "1990-04-16", 2, 1, ""),
    ("MSFT", "1991-06-27", 3, 2, ""),
    ("MSFT", "1992-06-15", 3, 2, ""),
    ("MSFT", "1994-05-23", 2, 1, ""),
    ("MSFT", "1996-12-09", 2, 1, ""),
    ("MSFT", "1998-02-23", 2, 1, ""),
    ("MSFT", "1999-03-29", 2, 1, ""),
    ("MSFT", "2003-02-18", 2, 1, ""),
    ("NFLX", "2015-07-15", 7, 1, ""),
    ("NVDA", "2021-07-20", 4, 1, ""),
    ("TSLA", "2020-08-31", 5, 1, ""),
    ("TSLA", "2022-08-25", 3, 1, "after the market date"),
];

/// `splits.csv`.
pub fn table() -> Result<Output> {
    let mut rows = vec![["symbol", "date", "numerator", "denominator", "note"].map(String::from).to_vec()];
    for (symbol, date, numerator, denominator, note) in SPLITS {
        rows.push(vec![
            symbol.to_string(),
            date.to_string(),
            numerator.to_string(),
            denominator.to_string(),
            note.to_string(),
        ]);
    }
    Output::table("splits.csv", "splits", &rows, &[])
}
