//! How far a forecast looks.

use crate::{Kind, calendar::next_session};
use chrono::{Datelike, Duration, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// How far a forecast looks, in daily bars of the symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Horizon {
    Short,
    Medium,
    Long,
}

impl Horizon {
    /// All of them, nearest first; arrays by horizon are in this order.
    pub const ALL: [Horizon; 3] = [Horizon::Short, Horizon::Medium, Horizon::Long];

    /// The bar after the origin that is forecast.
    pub const fn bars(self) -> usize {
        match self {
            Horizon::Short => 7,
            Horizon::Medium => 30,
            Horizon::Long => 90,
        }
    }

    /// Reads back [`Horizon::bars`].
    pub fn of_bars(bars: u32) -> Option<Horizon> {
        Horizon::ALL.into_iter().find(|horizon| horizon.bars() == bars as usize)
    }

    /// Its place in arrays by horizon.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The days that the next bars of a symbol of this kind will carry, as many as this horizon reaches: every
    /// day for crypto currencies, Monday to Friday for exchange rates, sessions of the exchange for the others.
    ///
    /// ```
    /// use domain::{Kind, forecast::Horizon};
    /// let origin = chrono::NaiveDate::from_ymd_opt(2022, 3, 10).unwrap();
    /// let last = |kind| Horizon::Short.days(kind, origin).last().unwrap().to_string();
    /// assert_eq!(last(Kind::Equity), "2022-03-21"); // two weekends lie between
    /// assert_eq!(last(Kind::Crypto), "2022-03-17");
    /// ```
    pub fn days(self, kind: Kind, origin: NaiveDate) -> Vec<NaiveDate> {
        let next = |day: &NaiveDate| {
            let tomorrow = *day + Duration::days(1);
            Some(match (kind, tomorrow.weekday()) {
                (Kind::Crypto, _) => tomorrow,
                (Kind::Fx, Weekday::Sat) => tomorrow + Duration::days(2),
                (Kind::Fx, Weekday::Sun) => tomorrow + Duration::days(1),
                (Kind::Fx, _) => tomorrow,
                _ => next_session(*day).date,
            })
        };
        std::iter::successors(Some(origin), next).skip(1).take(self.bars()).collect()
    }
}
