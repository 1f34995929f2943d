//! What of an answer with hourly or minute bars is a bar at all, before the rules judge it.

use super::Sessions;
use crate::{
    Bar, Interval, Kind,
    calendar::{new_york_at, session},
};
use chrono::{DateTime, Duration, Utc};

/// The finished bars among what a source tells. Left out, because they are no history and no fault either: the bar
/// that still runs, and, of what is traded by volume, a row without a trade, as sources add one with the latest price
/// after the close.
///
/// ```
/// use domain::{Bar, Interval, Kind, quality::{Sessions, intraday::finished}};
/// let bar = |time: &str, volume| Bar {
///     time: time.parse().unwrap(), open: None, high: None, low: None, close: 1.0, adj_close: None, volume: Some(volume),
/// };
/// // The exchange closes at 21:00 UTC that day, half an hour into its last hourly bar.
/// let told = [bar("2022-03-10T19:30:00Z", 5.0), bar("2022-03-10T20:30:00Z", 5.0), bar("2022-03-10T21:00:00Z", 0.0)];
/// let at = |now: &str| {
///     finished(&told, Interval::Hour1, Kind::Equity, Sessions::American, now.parse().unwrap()).len()
/// };
/// assert_eq!(at("2022-03-10T20:59:59Z"), 1);
/// assert_eq!(at("2022-03-10T21:00:00Z"), 2);
/// ```
pub fn finished(
    bars: &[Bar],
    interval: Interval,
    kind: Kind,
    sessions: Sessions,
    now: DateTime<Utc>,
) -> Vec<Bar> {
    let length = Duration::seconds(interval.seconds().unwrap_or(0));
    let traded = matches!(kind, Kind::Equity | Kind::Etf);
    let is_over = |bar: &Bar| {
        let close = match sessions {
            Sessions::American => session(new_york_at(bar.time).date()).map(|session| session.close_utc),
            Sessions::Weekdays | Sessions::EveryDay => None,
        };
        let end = bar.time + length;
        close.filter(|close| *close >= bar.time).map_or(end, |close| end.min(close)) <= now
    };
    let happened = |bar: &Bar| !(traded && bar.volume == Some(0.0));
    bars.iter().filter(|bar| is_over(bar) && happened(bar)).copied().collect()
}
