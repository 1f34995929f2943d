//! The value of a portfolio day by day: one walk over days and positions as flat arrays.
//!
//! Days are the weekdays on which a held symbol or the benchmark has a close, and every day with an entry. Index
//! numbers are `f64` here; sums of money shown as such come from the ledger's decimals.

use super::{Currency, Market, ledger::Ledger, money::Stop};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// Value and flows per day; all arrays are of one length.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    pub(super) days: Vec<NaiveDate>,
    /// Whether a market was open: only such days count as daily returns.
    pub(super) session: Vec<bool>,
    /// At the close, in the portfolio's currency; not a number where it cannot be told.
    pub(super) value: Vec<f64>,
    pub(super) inflow: Vec<f64>,
    pub(super) outflow: Vec<f64>,
    /// From which day on, and why, values cannot be told.
    pub(super) gaps: Vec<(NaiveDate, Stop)>,
}

impl History {
    /// Walks all days, or, with what was walked before an edit, only those from the first day that differs.
    pub(super) fn walk(ledger: &Ledger, market: &Market, before: Option<(&History, &Ledger)>) -> History {
        let (days, session) = axis(ledger, market);
        let count = days.len();
        let kept = before.map_or(0, |(history, old)| kept(&days, &session, history, old, ledger));
        let mut history = History { value: vec![0.0; count], inflow: vec![0.0; count], ..History::default() };
        history.outflow = history.inflow.clone();
        if let Some((old, _)) = before.filter(|_| kept > 0) {
            history.value[..kept].copy_from_slice(&old.value[..kept]);
            history.inflow[..kept].copy_from_slice(&old.inflow[..kept]);
            history.outflow[..kept].copy_from_slice(&old.outflow[..kept]);
            history.gaps.extend(old.gaps.iter().filter(|(day, _)| *day < days[kept.min(count - 1)]).cloned());
        }
        history.days = days;
        history.session = session;
        if kept < count {
            history.fill(ledger, market, kept);
        }
        history
    }

    /// The last day on or before a date, as an index.
    pub(super) fn at(&self, date: NaiveDate) -> Option<usize> {
        self.days.partition_point(|day| *day <= date).checked_sub(1)
    }

    fn fill(&mut self, ledger: &Ledger, market: &Market, kept: usize) {
        let mut rates: BTreeMap<Currency, Vec<f64>> = BTreeMap::new();
        let days = self.days[kept..].to_vec();
        let mut rates_of = |currency: Currency| {
            let rate = |day: &NaiveDate| market.rate(currency, ledger.base, *day).unwrap_or(f64::NAN);
            rates.entry(currency).or_insert_with(|| days.iter().map(rate).collect()).clone()
        };
        for book in ledger.books.values() {
            let listing = market.listings.get(&book.symbol);
            let fx = listing.map(|listing| (listing.currency, rates_of(listing.currency)));
            let (dates, closes) = listing
                .map_or((&[][..], &[][..]), |listing| (listing.closes.dates(), listing.closes.values()));
            let (mut step, mut close, mut own) = (0, 0, 0);
            let (mut quantity, mut gap) = (0.0, false);
            for (at, day) in days.iter().enumerate() {
                while book.steps.get(step).is_some_and(|(date, _)| date <= day) {
                    quantity = book.steps[step].1;
                    step += 1;
                }
                if quantity == 0.0 {
                    continue;
                }
                close = advance(dates, close, day);
                while book.own_prices.get(own).is_some_and(|(date, _)| date <= day) {
                    own += 1;
                }
                let unit = match (close, &fx) {
                    (1.., Some((_, fx))) => closes[close - 1] * fx[at],
                    _ => own.checked_sub(1).map_or(f64::NAN, |own| book.own_prices[own].1),
                };
                if unit.is_nan() && !gap {
                    gap = true;
                    let stop = match (close, &fx) {
                        (1.., Some((currency, _))) => Stop::NoRate(*currency, ledger.base, *day),
                        _ => Stop::NoPrice(book.symbol.clone(), *day),
                    };
                    self.gaps.push((*day, stop));
                } else if !unit.is_nan() {
                    gap = false;
                }
                self.value[kept + at] += quantity * unit;
            }
        }
        for (currency, balances) in &ledger.cash {
            let fx = rates_of(*currency);
            let (mut next, mut balance) = (0, 0.0);
            for (at, day) in days.iter().enumerate() {
                while balances.get(next).is_some_and(|(date, _)| date <= day) {
                    balance = balances[next].1.to_f64().unwrap_or(f64::NAN);
                    next += 1;
                }
                if balance == 0.0 {
                    continue;
                }
                if fx[at].is_nan() {
                    self.gaps.push((*day, Stop::NoRate(*currency, ledger.base, *day)));
                }
                self.value[kept + at] += balance * fx[at];
            }
        }
        for flow in &ledger.flows {
            // Every day with an entry is on the axis.
            if let Ok(at) = self.days.binary_search(&flow.date)
                && at >= kept
            {
                self.inflow[at] = flow.inflow.to_f64().unwrap_or(f64::NAN);
                self.outflow[at] = flow.outflow.to_f64().unwrap_or(f64::NAN);
            }
        }
        self.gaps.sort_by_key(|(day, _)| *day);
    }
}

/// How many of `dates` are on or before a day, going on from where the last day left off.
fn advance(dates: &[NaiveDate], from: usize, day: &NaiveDate) -> usize {
    let mut at = from;
    // The first look of a position that opens late in a long history jumps.
    if at == 0 && dates.len() > 8 && dates[8] <= *day {
        return dates.partition_point(|date| date <= day);
    }
    while dates.get(at).is_some_and(|date| date <= day) {
        at += 1;
    }
    at
}

/// The days of the walk and which of them are sessions.
fn axis(ledger: &Ledger, market: &Market) -> (Vec<NaiveDate>, Vec<bool>) {
    let Some(first) = ledger.first_date.filter(|first| *first <= ledger.until) else {
        return (Vec::new(), Vec::new());
    };
    let count = (ledger.until - first).num_days() as usize + 1;
    let (mut shown, mut open) = (vec![false; count], vec![false; count]);
    let held = ledger.books.values().filter_map(|book| market.listings.get(&book.symbol));
    let series =
        held.map(|listing| &listing.closes).chain(market.benchmark.as_ref().map(|each| &each.levels));
    for dates in series.map(|daily| daily.dates()) {
        let from = dates.partition_point(|date| *date < first);
        let to = dates.partition_point(|date| *date <= ledger.until);
        for date in &dates[from..to] {
            open[(*date - first).num_days() as usize] = true;
        }
    }
    let weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    for (at, open) in open.iter_mut().enumerate().filter(|(_, open)| **open) {
        *open = first.checked_add_days(Days::new(at as u64)).is_some_and(|day| !weekend(day));
        shown[at] = *open;
    }
    let mut mark = |date: NaiveDate| shown[(date - first).num_days() as usize] = true;
    mark(first);
    mark(ledger.until);
    ledger.flows.iter().for_each(|flow| mark(flow.date));
    ledger.books.values().flat_map(|book| &book.steps).for_each(|(date, _)| mark(*date));
    ledger.cash.values().flatten().for_each(|(date, _)| mark(*date));
    let days = (0..count).filter(|at| shown[*at]);
    days.filter_map(|at| Some((first.checked_add_days(Days::new(at as u64))?, open[at]))).unzip()
}

/// How many days at the beginning are as they were before an edit.
fn kept(days: &[NaiveDate], session: &[bool], history: &History, old: &Ledger, new: &Ledger) -> usize {
    let same = days.iter().zip(session).zip(history.days.iter().zip(&history.session));
    let same =
        same.take_while(|((day, open), (old_day, old_open))| day == old_day && open == old_open).count();
    let changed = first_change(old, new);
    same.min(changed.map_or(days.len(), |date| days.partition_point(|day| *day < date)))
}

/// The first day on which two ledgers differ in anything a value or flow is made of.
fn first_change(old: &Ledger, new: &Ledger) -> Option<NaiveDate> {
    let mut first: Option<NaiveDate> = None;
    let mut note = |date: Option<NaiveDate>| {
        if let Some(date) = date {
            first = Some(first.map_or(date, |first| first.min(date)));
        }
    };
    for (left, right) in [(old, new), (new, old)] {
        for (symbol, book) in &left.books {
            match right.books.get(symbol) {
                Some(other) => {
                    note(differs(&book.steps, &other.steps, |step| step.0));
                    note(differs(&book.own_prices, &other.own_prices, |price| price.0));
                }
                None => note(Some(book.first_date)),
            }
        }
        for (currency, balances) in &left.cash {
            let other = right.cash.get(currency).map_or(&[][..], Vec::as_slice);
            note(differs(balances, other, |balance| balance.0));
        }
    }
    note(differs(&old.flows, &new.flows, |flow| flow.date));
    first
}

fn differs<T: PartialEq>(left: &[T], right: &[T], date: impl Fn(&T) -> NaiveDate) -> Option<NaiveDate> {
    let at = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    [left.get(at), right.get(at)].into_iter().flatten().map(date).min()
}
