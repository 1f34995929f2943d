//! The check that nothing looks ahead: what the first t bars give is what all bars give up to t.
//!
//! A rule that peeks (an average centred on its bar, the highest price of a window that reaches into the future, a scale
//! taken from the whole history) says other things once later bars are known. So everything is worked out anew on the
//! first t bars alone, for many t, and held against what it says of the same bars with all of them at hand.

use super::{BollingerRule, BreakoutRule, CrossRule, MacdRule, RsiRule, Signal, SignalWatch, signals};
use crate::{
    Bar,
    indicator::{IndicatorSet, rows},
};
use chrono::{DateTime, Utc};

/// Every bar in the longest warm-up is a place to cut at.
const WARM_UP: usize = 210;
/// So many of the latest bars are places to cut at.
const LATEST: usize = 60;
/// And so many between.
const BETWEEN: usize = 24;

/// Where histories are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cuts {
    /// The first 210 bars, the last 60, and 24 places between.
    Some,
    /// After every bar; takes time with the square of the length.
    Every,
}

impl Cuts {
    fn places(self, bars: usize) -> Vec<usize> {
        match self {
            Cuts::Every => (1..bars).collect(),
            Cuts::Some => {
                let middle = WARM_UP.min(bars)..bars.saturating_sub(LATEST);
                // An odd step, so that no window's own rhythm is met each time.
                let step = (middle.len() / BETWEEN).next_multiple_of(2) + 1;
                let mut places: Vec<usize> = (1..WARM_UP)
                    .chain(middle.step_by(step))
                    .chain(bars.saturating_sub(LATEST)..bars)
                    .collect();
                places.retain(|place| (1..bars).contains(place));
                places.sort_unstable();
                places.dedup();
                places
            }
        }
    }
}

/// The first bar of which something else is said once later bars are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookAhead {
    /// The bar.
    pub bar: DateTime<Utc>,
    /// The last bar that was known when something else was said of it.
    pub known_until: DateTime<Utc>,
}

/// What is said of each bar, as text, by a rule over a history; bars without a saying are left out.
pub type Sayings = Vec<(DateTime<Utc>, String)>;

/// A rule under its name.
pub type Checked = (&'static str, fn(&[Bar]) -> Sayings);

/// Everything that is checked: each signal, all of them as the program asks for them, the composite and the indicators.
/// Badge and trend are said of the last bar alone, from what comes before it, and can not look further.
pub const CHECKED: &[Checked] = &[
    ("rsi", |bars| {
        let mut rule = RsiRule::default();
        by_rule(bars, move |bar, row| rule.next(bar, row))
    }),
    ("macd", |bars| {
        let mut rule = MacdRule::default();
        by_rule(bars, move |bar, row| rule.next(bar, row))
    }),
    ("bollinger", |bars| {
        let mut rule = BollingerRule::default();
        by_rule(bars, move |bar, row| rule.next(bar, row))
    }),
    ("cross", |bars| {
        let mut rule = CrossRule::default();
        by_rule(bars, move |bar, row| rule.next(bar, row))
    }),
    ("breakout", |bars| {
        let mut rule = BreakoutRule::default();
        by_rule(bars, move |bar, row| rule.next(bar, row))
    }),
    ("signals", |bars| signals(bars).iter().map(said).collect()),
    ("composite", |bars| {
        let mut watch = SignalWatch::new();
        let score = |bar: &Bar| {
            watch.next(bar);
            Some((bar.time, format!("{:?}", watch.composite(None)?)))
        };
        bars.iter().filter_map(score).collect()
    }),
    ("indicators", |bars| rows(bars).iter().map(|row| (row.time, format!("{row:?}"))).collect()),
];

fn by_rule(
    bars: &[Bar],
    mut rule: impl FnMut(&Bar, &crate::indicator::IndicatorRow) -> Option<Signal>,
) -> Sayings {
    let mut indicators = IndicatorSet::new();
    bars.iter().filter_map(|bar| rule(bar, &indicators.next(bar))).map(|signal| said(&signal)).collect()
}

fn said(signal: &Signal) -> (DateTime<Utc>, String) {
    (signal.time, format!("{signal:?}"))
}

/// The first difference of a rule over a history, oldest first; `None` when it never looks ahead.
///
/// ```
/// # use domain::{Bar, signal::{Cuts, first_difference}};
/// # let bar = |day: i64, close| Bar { time: chrono::DateTime::from_timestamp(86_400 * day, 0).unwrap(), open: None, high: None,
/// #   low: None, close, adj_close: None, volume: None };
/// let bars: Vec<Bar> = [1.0, 2.0, 1.0, 3.0, 5.0].iter().zip(0..).map(|(close, day)| bar(day, *close)).collect();
/// // Says "top" where the next close is lower: it has to know that close.
/// let peeks = |bars: &[Bar]| -> Vec<_> {
///     bars.windows(2).filter(|two| two[1].close < two[0].close).map(|two| (two[0].time, "top".to_string())).collect()
/// };
/// let found = first_difference(&bars, Cuts::Every, peeks).unwrap();
/// assert_eq!((found.bar, found.known_until), (bars[1].time, bars[1].time));
/// ```
pub fn first_difference(bars: &[Bar], cuts: Cuts, rule: impl Fn(&[Bar]) -> Sayings) -> Option<LookAhead> {
    let all = rule(bars);
    cuts.places(bars.len()).into_iter().find_map(|cut| {
        let (early, known_until) = (rule(&bars[..cut]), bars[cut - 1].time);
        let until = all.iter().take_while(|(time, _)| *time <= known_until).count();
        first_other(&early, &all[..until]).map(|bar| LookAhead { bar, known_until })
    })
}

/// The time of the first saying that one has and the other has not.
fn first_other(a: &Sayings, b: &[(DateTime<Utc>, String)]) -> Option<DateTime<Utc>> {
    let pairs = a.iter().zip(b).find(|(a, b)| a != b).map(|(a, b)| a.0.min(b.0));
    pairs.or_else(|| a.get(b.len()).or_else(|| b.get(a.len())).map(|(time, _)| *time))
}

/// What of everything looks ahead over a history: names and first differences; none, as it should be.
pub fn look_ahead(bars: &[Bar], cuts: Cuts) -> Vec<(&'static str, LookAhead)> {
    let check = |(name, rule): &Checked| Some((*name, first_difference(bars, cuts, rule)?));
    CHECKED.iter().filter_map(check).collect()
}
