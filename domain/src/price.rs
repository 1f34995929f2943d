//! The latest price of a symbol and how it moved.

use crate::{Symbol, source::Source};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The latest known price beside the close before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// Whose price this is.
    pub symbol: Symbol,
    /// In the instrument's currency.
    pub price: f64,
    /// Close of the session before the one `price` belongs to; `None` with a single bar of history.
    pub previous_close: Option<f64>,
    /// `price - previous_close`.
    pub change: Option<f64>,
    /// `change` as percent of `previous_close`: 1.5 means +1.5 %.
    pub change_percent: Option<f64>,
    /// Units traded in the session so far; `None` where the source has none.
    pub volume: Option<f64>,
    /// Market time of `price`.
    pub as_of: DateTime<Utc>,
    /// Who delivered it.
    pub source: Source,
    /// True when the source gives prices late.
    pub delayed: bool,
    /// True when the price is made up by the simulated feed.
    pub simulated: bool,
}

impl Quote {
    /// A quote with change and change percent worked out; a previous close of zero leaves the percent undefined.
    ///
    /// ```
    /// # use domain::{price::Quote, source::Source, Symbol};
    /// let at = chrono::DateTime::from_timestamp(0, 0).unwrap();
    /// let quote = Quote::new(Symbol::parse("AAPL").unwrap(), 110.0, Some(100.0), None, at, Source::Bundled);
    /// assert_eq!(quote.change_percent, Some(10.0));
    /// ```
    pub fn new(
        symbol: Symbol,
        price: f64,
        previous_close: Option<f64>,
        volume: Option<f64>,
        as_of: DateTime<Utc>,
        source: Source,
    ) -> Quote {
        let change = previous_close.map(|before| price - before);
        let change_percent =
            previous_close.filter(|before| *before != 0.0).map(|before| (price - before) / before * 100.0);
        Quote {
            symbol,
            price,
            previous_close,
            change,
            change_percent,
            volume,
            as_of,
            source,
            delayed: false,
            simulated: source == Source::Simulated,
        }
    }
}
