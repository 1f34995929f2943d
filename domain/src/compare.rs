//! Several symbols side by side: what each made of the same money since a day that all of them know.

use crate::{
    Symbol,
    portfolio::{Daily, Span},
    statistic,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Most symbols side by side.
pub const MOST: usize = 6;

/// Fewest daily changes for a deviation or a coefficient to mean something.
pub const LEAST_DAYS: usize = 20;

/// Several symbols over the same days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The days compared, oldest first; growth counts from the close of the first one. Empty where there is no day that
    /// all have in common.
    pub days: Vec<NaiveDate>,
    /// In the order asked.
    pub rows: Vec<Compared>,
}

/// One of several symbols.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Which one.
    pub symbol: Symbol,
    /// Its last close at all; `None` without any.
    pub until: Option<NaiveDate>,
    /// Its close of each of [`Comparison::days`] as a multiple of that of the first: 1.05 is 5 % more. Shorter than
    /// those where its prices end earlier, empty where they ended before the first day.
    pub growth: Vec<f64>,
    /// `last growth - 1`; `None` without a day after the first.
    pub change: Option<f64>,
    /// Deviation of the daily changes over a year; `None` for fewer than [`LEAST_DAYS`].
    pub volatility: Option<f64>,
    /// The deepest fall below its highest close of these days, never positive.
    pub drawdown: Option<f64>,
    /// Pearson's coefficient of its daily changes and those of the first symbol; `None` for fewer than [`LEAST_DAYS`]
    /// and where one of them never moves.
    pub correlation: Option<f64>,
}

/// Holds closes against each other: prices alone, without dividends, each in its own currency.
///
/// Compared are the days on which every symbol that still has prices has one: with a share beside it, what trades on
/// weekends too is seen on the share's days. The first day is the last of them up to the day before `span.from`, or the
/// first one of all, where one of them begins later. A symbol whose prices end earlier stops there.
///
/// ```
/// use domain::{Symbol, compare::compare, portfolio::{Daily, Span}};
/// let day = |day| chrono::NaiveDate::from_ymd_opt(2022, 3, day).unwrap();
/// let closes = |pairs: &[(u32, f64)]| Daily::new(pairs.iter().map(|(at, close)| (day(*at), *close)));
/// // The 5th is a Saturday: only the second one has a price.
/// let share = closes(&[(3, 50.0), (4, 60.0), (7, 45.0)]);
/// let coin = closes(&[(2, 1.0), (3, 2.0), (4, 3.0), (5, 9.0), (7, 4.0)]);
/// let names = ["AAPL", "BTC-USD"].map(|name| Symbol::parse(name).unwrap());
/// let asked: Vec<_> = names.into_iter().zip([share, coin]).collect();
/// let told = compare(&asked, Span { from: None, to: day(31) });
/// assert_eq!(told.days, [day(3), day(4), day(7)]);
/// assert_eq!(told.rows[0].growth, [1.0, 1.2, 0.9]);
/// assert_eq!(told.rows[1].growth, [1.0, 1.5, 2.0]);
/// assert_eq!(told.rows[1].change, Some(1.0));
/// ```
pub fn compare(asked: &[(Symbol, Daily)], span: Span) -> Comparison {
    let days = common_days(asked, span);
    let first = asked.first().map(|(_, closes)| changes(&growth(closes, &days))).unwrap_or_default();
    let row = |(symbol, closes): &(Symbol, Daily)| {
        let growth = growth(closes, &days);
        let changes = changes(&growth);
        let enough = changes.len() >= LEAST_DAYS;
        let both = first.len().min(changes.len());
        let alike = || statistic::correlation(&first[..both], &changes[..both]);
        Compared {
            symbol: symbol.clone(),
            until: closes.dates().last().copied(),
            change: growth.last().filter(|_| growth.len() > 1).map(|last| last - 1.0),
            volatility: enough.then(|| statistic::volatility(&changes)).flatten(),
            drawdown: (!changes.is_empty()).then(|| statistic::fall(&changes).0),
            correlation: (both >= LEAST_DAYS).then(alike).flatten(),
            growth,
        }
    };
    Comparison { rows: asked.iter().map(row).collect(), days }
}

/// The days compared, oldest first.
fn common_days(asked: &[(Symbol, Daily)], span: Span) -> Vec<NaiveDate> {
    let earliest = span.base().unwrap_or(NaiveDate::MIN);
    let ends = |closes: &Daily| closes.dates().last().copied();
    let goes_on = |closes: &&Daily| ends(closes).is_some_and(|end| end > earliest);
    let running: Vec<&Daily> = asked.iter().map(|(_, closes)| closes).filter(goes_on).collect();
    let begin = running.iter().filter_map(|closes| closes.dates().first().copied()).max();
    let longest = running.iter().max_by_key(|closes| ends(closes));
    let (Some(begin), Some(longest)) = (begin, longest) else { return Vec::new() };
    let is_common = |day: NaiveDate| {
        let has_it = |closes: &&Daily| {
            let is_over = ends(closes).is_none_or(|end| end < day);
            is_over || closes.dates().binary_search(&day).is_ok()
        };
        running.iter().all(has_it)
    };
    let within = longest.dates().iter().copied().filter(|day| *day >= begin && *day <= span.to);
    let mut days: Vec<NaiveDate> = within.filter(|day| is_common(*day)).collect();
    let before = days.partition_point(|day| *day <= earliest);
    days.drain(..before.saturating_sub(1));
    days
}

/// The closes of these days as multiples of the first one, as far as they go.
fn growth(closes: &Daily, days: &[NaiveDate]) -> Vec<f64> {
    let close = |day: &NaiveDate| closes.at(*day).filter(|(at, _)| at == day).map(|(_, close)| close);
    let Some(start) = days.first().and_then(close) else { return Vec::new() };
    days.iter().map_while(close).map(|close| close / start).collect()
}

/// From each to the next.
fn changes(growth: &[f64]) -> Vec<f64> {
    growth.windows(2).map(|pair| pair[1] / pair[0] - 1.0).collect()
}

#[cfg(test)]
mod tests {
    use super::{Comparison, LEAST_DAYS, compare};
    use crate::{
        Symbol,
        portfolio::{Daily, Range, Span},
    };
    use chrono::{Days, NaiveDate};

    fn day(after: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 1, 3).unwrap() + Days::new(after)
    }

    /// A close a day, beginning so many days after 3 January.
    fn closes(from: u64, closes: &[f64]) -> Daily {
        Daily::new(closes.iter().zip(from..).map(|(close, at)| (day(at), *close)))
    }

    fn beside(all: &[Daily], span: Span) -> Comparison {
        let named =
            |(at, closes): (usize, &Daily)| (Symbol::parse(&format!("S{at}")).unwrap(), closes.clone());
        compare(&all.iter().enumerate().map(named).collect::<Vec<_>>(), span)
    }

    fn all_until(to: u64) -> Span {
        Span { from: None, to: day(to) }
    }

    /// Closes of 22 days, written down once.
    const ONE: [f64; 22] = [
        100.0, 101.0, 99.5, 100.2, 102.7, 103.1, 101.9, 104.4, 106.0, 105.2, 103.8, 107.1, 108.8, 107.9,
        109.3, 111.0, 110.1, 108.4, 112.2, 113.9, 113.0, 115.6,
    ];
    const OTHER: [f64; 22] = [
        40.0, 39.6, 40.3, 40.1, 39.2, 38.8, 39.9, 39.1, 38.4, 38.9, 39.7, 38.2, 37.9, 38.5, 37.7, 37.0, 37.6,
        38.3, 36.9, 36.2, 36.8, 35.5,
    ];

    /// numpy 2.4.6 on the arrays above: `r = c[1:] / c[:-1] - 1`, `r.std(ddof=1) * 252**0.5`,
    /// `(c / np.maximum.accumulate(c) - 1).min()`, `np.corrcoef(r, s)[0, 1]`.
    #[test]
    fn figures_are_those_of_numpy() {
        let told = beside(&[closes(0, &ONE), closes(0, &OTHER)], all_until(90));
        let [one, other] = &told.rows[..] else { panic!("two rows") };
        let near = |value: Option<f64>, wanted: f64| (value.unwrap() - wanted).abs() < 1e-12;
        assert!(near(one.change, 0.156) && near(other.change, -0.1125));
        assert!(
            near(one.volatility, 0.257_580_213_615_578_3) && near(other.volatility, 0.334_563_943_701_212_7)
        );
        assert!(
            near(one.drawdown, -0.023_423_423_423_423_406) && near(other.drawdown, -0.119_106_699_751_860_94)
        );
        assert!(near(one.correlation, 1.0) && near(other.correlation, -0.965_637_984_588_799_9));
    }

    #[test]
    fn a_range_begins_with_the_last_close_before_it() {
        let (long, gap) =
            (closes(0, &[1.0; 60]), Daily::new((0..60).filter(|at| *at != 28).map(|at| (day(at), 2.0))));
        // A month up to 1 March counts from 1 February, the 29th day after 3 January; nothing is missing then.
        assert_eq!(beside(std::slice::from_ref(&long), Range::Month1.span(day(57))).days[0], day(29));
        let to = Span { from: Some(day(29)), to: day(57) };
        assert_eq!(beside(&[long, gap], to).days[0], day(27), "on the 28th one of them has no price");
    }

    #[test]
    fn a_symbol_that_begins_later_moves_the_first_day_for_all() {
        let told = beside(&[closes(0, &[1.0, 2.0, 4.0, 8.0]), closes(2, &[5.0, 10.0])], all_until(9));
        assert_eq!(told.days, [day(2), day(3)]);
        assert_eq!((told.rows[0].change, told.rows[1].change), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn a_symbol_that_ended_stops_and_the_others_go_on() {
        let told = beside(&[closes(0, &[1.0, 2.0, 3.0]), closes(0, &[1.0, 4.0])], all_until(9));
        assert_eq!(told.days.len(), 3);
        assert_eq!((&told.rows[1].growth[..], told.rows[1].until), (&[1.0, 4.0][..], Some(day(1))));
        assert_eq!(told.rows[1].change, Some(3.0));
    }

    #[test]
    fn a_symbol_that_ended_before_the_range_has_no_figures_and_holds_nobody_up() {
        let span = Span { from: Some(day(5)), to: day(9) };
        let told = beside(&[closes(0, &[1.0; 10]), closes(0, &[1.0, 4.0]), closes(3, &[])], span);
        assert_eq!(told.days[0], day(4));
        for row in &told.rows[1..] {
            assert!(row.growth.is_empty() && row.change.is_none() && row.drawdown.is_none(), "{row:?}");
        }
        assert_eq!((told.rows[1].until, told.rows[2].until), (Some(day(1)), None));
    }

    #[test]
    fn without_a_common_day_there_is_nothing_to_compare() {
        let odd = Daily::new((0..9).map(|at| (day(2 * at + 1), 1.0)));
        let even = Daily::new((0..9).map(|at| (day(2 * at), 1.0)));
        let told = beside(&[odd, even], all_until(90));
        assert!(told.rows.iter().all(|row| row.change.is_none()), "{told:?}");
        assert_eq!(beside(&[], all_until(1)), Comparison { days: Vec::new(), rows: Vec::new() });
    }

    #[test]
    fn few_days_tell_no_deviation_and_what_never_moves_no_correlation() {
        let short = beside(&[closes(0, &ONE[..LEAST_DAYS])], all_until(90));
        assert_eq!((short.rows[0].volatility, short.rows[0].correlation), (None, None));
        let flat = beside(&[closes(0, &ONE), closes(0, &[7.0; 22])], all_until(90));
        assert_eq!((flat.rows[1].volatility, flat.rows[1].correlation), (Some(0.0), None));
    }
}
