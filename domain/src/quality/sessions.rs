//! On which days a bar can be expected.

use crate::{
    Instrument, Kind,
    calendar::{self, new_york_at},
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};

/// The days on which an instrument has bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sessions {
    /// The sessions of the American exchanges.
    American,
    /// Monday to Friday; their own holidays are not known, so nothing is missing on any of them.
    Weekdays,
    /// Every day of the year.
    EveryDay,
}

impl Sessions {
    /// Those of an instrument. Abroad, exchanges keep holidays that are not known here.
    pub fn of(instrument: &Instrument) -> Sessions {
        match (instrument.kind, instrument.exchange.as_deref()) {
            (Kind::Crypto, _) => Sessions::EveryDay,
            (Kind::Equity | Kind::Etf | Kind::Index, Some(exchange)) if american(exchange) => {
                Sessions::American
            }
            (Kind::Equity | Kind::Etf | Kind::Index, None) if instrument.currency == "USD" => {
                Sessions::American
            }
            _ => Sessions::Weekdays,
        }
    }

    /// Whether there can be a bar of a day.
    pub fn has(self, date: NaiveDate) -> bool {
        match self {
            Sessions::American => calendar::is_session(date),
            Sessions::Weekdays => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
            Sessions::EveryDay => true,
        }
    }

    /// Whether a day with a session and without a bar is a hole.
    pub fn are_complete(self) -> bool {
        self != Sessions::Weekdays
    }

    /// The last day whose bar is complete and, with an hour for the source to tell it, should be there.
    pub fn expected(self, now: DateTime<Utc>) -> NaiveDate {
        let now = now - Duration::hours(1);
        match self {
            Sessions::American => calendar::last_completed(now).date,
            Sessions::EveryDay => now.date_naive() - Duration::days(1),
            Sessions::Weekdays => {
                // Complete everywhere in the world, one holiday allowed.
                let mut day = now.date_naive() - Duration::days(2);
                while !self.has(day) {
                    day -= Duration::days(1);
                }
                day
            }
        }
    }

    /// How much of the session of `date` is over, 0 to 1.
    pub fn elapsed(self, date: NaiveDate, now: DateTime<Utc>) -> f64 {
        let share = |from: DateTime<Utc>, to: DateTime<Utc>| {
            ((now - from).num_seconds() as f64 / (to - from).num_seconds() as f64).clamp(0.0, 1.0)
        };
        match (self, calendar::session(date)) {
            (Sessions::American, Some(session)) => share(session.open_utc, session.close_utc),
            (Sessions::American, None) if new_york_at(now).date() > date => 1.0,
            _ => share(crate::Bar::label(date), crate::Bar::label(date) + Duration::days(1)),
        }
    }
}

fn american(exchange: &str) -> bool {
    const KNOWN: [&str; 8] = ["US", "NASDAQ", "NYSE", "NYSE ARCA", "NYSEARCA", "AMEX", "BATS", "CBOE"];
    let exchange = exchange.to_ascii_uppercase();
    KNOWN.iter().any(|known| exchange == *known)
        || exchange.starts_with("NASDAQ")
        || exchange.starts_with("NYSE")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_session_is_expected_an_hour_after_its_close() {
        // The exchange closed at 21:00 UTC that Thursday.
        assert_eq!(Sessions::American.expected(at("2022-03-10T21:30:00Z")), date("2022-03-09"));
        assert_eq!(Sessions::American.expected(at("2022-03-10T22:00:00Z")), date("2022-03-10"));
        assert_eq!(Sessions::EveryDay.expected(at("2022-03-10T22:00:00Z")), date("2022-03-09"));
        assert_eq!(Sessions::Weekdays.expected(at("2022-03-14T12:00:00Z")), date("2022-03-11"));
    }

    #[test]
    fn half_of_a_session_is_over_at_a_quarter_to_one() {
        assert_eq!(Sessions::American.elapsed(date("2022-03-10"), at("2022-03-10T17:45:00Z")), 0.5);
        assert_eq!(Sessions::American.elapsed(date("2022-03-10"), at("2022-03-11T00:00:00Z")), 1.0);
        assert_eq!(Sessions::EveryDay.elapsed(date("2022-03-12"), at("2022-03-12T06:00:00Z")), 0.25);
    }
}
