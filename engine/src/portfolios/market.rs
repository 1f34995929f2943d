//! What the maths needs of the world, put together from the store: closes, splits, exchange rates, the benchmark.
//!
//! Closes are read once and kept until market data changes; a [`Stamp`] says whether it did, also by another
//! process. Exchange rates are the stored bars of symbols as `EURUSD=X`, turned round or crossed over the dollar
//! where need be; where there are none, the maths says what can not be told.

use crate::{Engine, Result, store};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    Bar, Instrument, Interval, Kind, Symbol,
    portfolio::{Benchmark, Currency, Daily, Listing, Market, Portfolio, Transaction},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// Symbols whose closes are kept at most.
const MOST_KEPT: usize = 800;

/// A history that ended longer ago is over.
pub(super) const FRESH: Days = Days::new(14);

/// Tells one state of the market data from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    forgotten: u64,
    collected: Option<DateTime<Utc>>,
    loaded: Option<DateTime<Utc>>,
    day: NaiveDate,
}

impl Stamp {
    /// The day of the market.
    pub(crate) fn day(&self) -> NaiveDate {
        self.day
    }
}

/// The closes of symbols, oldest first.
pub(crate) type Read = HashMap<Symbol, Arc<Daily>>;

/// Closes that were read, and the state of the market data they belong to.
#[derive(Debug, Default)]
pub(crate) struct Closes(Mutex<(Option<Stamp>, Read)>);

impl Closes {
    /// The closes that are kept of these, under a stamp; and those that are not kept.
    fn known(&self, stamp: Stamp, symbols: &BTreeSet<Symbol>) -> (Read, Vec<Symbol>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != Some(stamp) || kept.1.len() > MOST_KEPT {
            *kept = (Some(stamp), HashMap::new());
        }
        let mut missing = Vec::new();
        let mut found = HashMap::new();
        for symbol in symbols {
            match kept.1.get(symbol) {
                Some(closes) => drop(found.insert(symbol.clone(), closes.clone())),
                None => missing.push(symbol.clone()),
            }
        }
        (found, missing)
    }

    fn keep(&self, stamp: Stamp, read: &Read) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == Some(stamp) {
            kept.1.extend(read.iter().map(|(symbol, closes)| (symbol.clone(), closes.clone())));
        }
    }
}

impl Engine {
    /// The state of the market data now.
    pub(crate) async fn stamp(&self) -> Result<Stamp> {
        let (collected, loaded) = store::etl_runs::changed(self.db()).await?;
        let forgotten = self.memory().forgotten();
        Ok(Stamp { forgotten, collected, loaded, day: self.market().now().date_naive() })
    }

    /// The closes of symbols that have any.
    pub(crate) async fn closes(&self, stamp: Stamp, symbols: &BTreeSet<Symbol>) -> Result<Read> {
        let (mut found, missing) = self.memory().closes.known(stamp, symbols);
        if !missing.is_empty() {
            let read = store::bars::closes(self.db(), &missing).await?;
            let read: Read =
                read.into_iter().map(|(symbol, closes)| (symbol, Arc::new(Daily::new(closes)))).collect();
            self.memory().closes.keep(stamp, &read);
            found.extend(read);
        }
        Ok(found)
    }

    /// The world as a portfolio sees it.
    pub(super) async fn world(
        &self,
        stamp: Stamp,
        portfolio: &Portfolio,
        benchmark: &Symbol,
        transactions: &[Transaction],
    ) -> Result<Market> {
        let universe = self.universe().await?;
        let held: BTreeSet<Symbol> =
            transactions.iter().filter_map(|each| each.entry.symbol.clone()).collect();
        let currency = |symbol: &Symbol| Currency::parse(&universe.get(symbol)?.currency);
        let currencies: BTreeSet<Currency> = transactions
            .iter()
            .map(|each| each.entry.currency)
            .chain(held.iter().chain([benchmark]).filter_map(currency))
            .map(whole)
            .filter(|each| *each != whole(portfolio.currency))
            .collect();
        let rates: BTreeSet<Symbol> =
            currencies.iter().flat_map(|each| pairs(*each, whole(portfolio.currency))).collect();
        let closes = self.closes(stamp, &held.iter().chain(&rates).cloned().collect()).await?;
        let held: Vec<Symbol> = held.into_iter().collect();
        let mut splits = store::splits::of_many(self.db(), &held).await?;
        let newest = self.recent().await?.newest();
        let last = transactions.iter().map(|each| each.entry.date).max();
        let today = newest.max(last).unwrap_or(stamp.day);
        let mut market = Market::new(today);
        for symbol in held {
            let (Some(instrument), Some(closes)) = (universe.get(&symbol), closes.get(&symbol)) else {
                continue;
            };
            let Some(currency) = Currency::parse(&instrument.currency) else { continue };
            // A split that prices do not know of yet has not happened for them.
            let of_it = |split: &domain::bar::Split| split.symbol == symbol && split.date <= today;
            let (own, rest) = splits.into_iter().partition(of_it);
            splits = rest;
            let listing = Listing {
                name: instrument.name.clone(),
                kind: instrument.kind,
                sector: instrument.sector,
                currency,
                closes: closes.as_ref().clone(),
                splits: own,
            };
            market.listings.insert(symbol, listing);
        }
        market.fx = fx(&closes, &currencies, portfolio.currency);
        market.benchmark = self.levels(benchmark, currency(benchmark), today).await?;
        Ok(market)
    }

    async fn levels(
        &self,
        symbol: &Symbol,
        currency: Option<Currency>,
        today: NaiveDate,
    ) -> Result<Option<Benchmark>> {
        let Some(currency) = currency else { return Ok(None) };
        let (from, to) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        let bars = store::bars::series(self.db(), symbol, Interval::Day1, from, to, i64::MAX).await?;
        let level = |bar: &Bar| (bar.date(), bar.adj_close.unwrap_or(bar.close));
        let levels = Daily::new(bars.iter().map(level));
        // One that ended long ago would stand still and be taken for a calm market.
        let goes_on = levels.dates().last().is_some_and(|last| *last + FRESH >= today);
        Ok(goes_on.then(|| Benchmark { symbol: symbol.clone(), currency, levels }))
    }
}

/// The currency a code counts hundredths of, or itself.
fn whole(currency: Currency) -> Currency {
    currency.hundredth_of().unwrap_or(currency)
}

/// `EURUSD=X` in both directions; the dollar's own pairs are also written without it.
fn direct(from: Currency, to: Currency) -> Vec<(Symbol, bool)> {
    let mut names = vec![(format!("{from}{to}=X"), false), (format!("{to}{from}=X"), true)];
    if from == Currency::USD {
        names.push((format!("{to}=X"), false));
    }
    if to == Currency::USD {
        names.push((format!("{from}=X"), true));
    }
    names.into_iter().filter_map(|(name, turned)| Some((Symbol::parse(&name)?, turned))).collect()
}

/// Currencies whose rate against the dollar is collected where a portfolio needs it, apart from those the market
/// quotes in dollars.
const QUOTED: [&str; 58] = [
    "AED", "ARS", "BDT", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "GEL", "GHS",
    "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KES", "KRW", "KWD", "KZT", "LKR", "MAD", "MXN",
    "MYR", "NGN", "NOK", "OMR", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD",
    "THB", "TND", "TRY", "TWD", "TZS", "UAH", "UGX", "UYU", "VND", "XAF", "XOF", "ZAR", "ZMW",
];
/// Those a dollar price of is the market's own.
const QUOTED_IN_DOLLARS: [&str; 4] = ["AUD", "EUR", "GBP", "NZD"];

/// The rate of a currency against the dollar as the market quotes it, since the other way round has few digits:
/// `GBPUSD=X`, and `JPY=X` for the yen a dollar costs. Any other rate is crossed from two of these. `None` for the
/// dollar, and for a code that is no currency with a market.
pub(crate) fn rate(of: Currency) -> Option<Instrument> {
    let of = whole(of);
    let (symbol, name, currency) = if QUOTED_IN_DOLLARS.contains(&of.as_str()) {
        (format!("{of}USD=X"), format!("{of} in US dollars"), Currency::USD)
    } else if QUOTED.contains(&of.as_str()) {
        (format!("{of}=X"), format!("US dollar in {of}"), of)
    } else {
        return None;
    };
    Some(Instrument {
        symbol: Symbol::parse(&symbol)?,
        name,
        kind: Kind::Fx,
        sector: None,
        industry: None,
        exchange: None,
        currency: currency.to_string(),
        market_cap: None,
        active: true,
    })
}

/// Every symbol that may tell the rate of a currency.
pub(crate) fn pairs(from: Currency, to: Currency) -> Vec<Symbol> {
    [(from, to), (from, Currency::USD), (Currency::USD, to)]
        .into_iter()
        .filter(|(from, to)| from != to)
        .flat_map(|(from, to)| direct(from, to))
        .map(|(symbol, _)| symbol)
        .collect()
}

/// Units of `base` for one of each currency, by day.
fn fx(closes: &Read, currencies: &BTreeSet<Currency>, base: Currency) -> BTreeMap<Currency, Daily> {
    let factor = if base.hundredth_of().is_some() { 100.0 } else { 1.0 };
    let straight = |from: Currency, to: Currency| -> Option<Vec<(NaiveDate, f64)>> {
        let (known, turned) =
            direct(from, to).into_iter().find_map(|(symbol, turned)| Some((closes.get(&symbol)?, turned)))?;
        let rate = |rate: &f64| if turned { 1.0 / rate } else { *rate };
        Some(known.dates().iter().copied().zip(known.values().iter().map(rate)).collect())
    };
    let crossed = |from: Currency, to: Currency| -> Option<Vec<(NaiveDate, f64)>> {
        let (first, second) = (straight(from, Currency::USD)?, straight(Currency::USD, to)?);
        let second = Daily::new(second);
        let rate = |(date, rate): (NaiveDate, f64)| Some((date, rate * second.at(date)?.1));
        Some(first.into_iter().filter_map(rate).collect())
    };
    let of = |currency: &Currency| {
        let to = whole(base);
        let rates = straight(*currency, to).or_else(|| crossed(*currency, to))?;
        Some((*currency, Daily::new(rates.into_iter().map(|(date, rate)| (date, rate * factor)))))
    };
    currencies.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 3, day).unwrap()
    }

    fn rates(known: &[(&str, &[(u32, f64)])], from: &str, base: &str) -> Vec<(u32, f64)> {
        use chrono::Datelike;
        let closes = known.iter().map(|(name, days)| {
            let daily = Daily::new(days.iter().map(|(at, rate)| (day(*at), *rate)));
            (Symbol::parse(name).unwrap(), Arc::new(daily))
        });
        let (from, base) = (Currency::parse(from).unwrap(), Currency::parse(base).unwrap());
        let all = fx(&closes.collect(), &BTreeSet::from([from]), base);
        let Some(daily) = all.get(&from) else { return Vec::new() };
        daily.dates().iter().map(Datelike::day).zip(daily.values().iter().copied()).collect()
    }

    #[test]
    fn a_rate_is_taken_straight_turned_round_or_crossed_over_the_dollar() {
        let euro: (&str, &[(u32, f64)]) = ("EURUSD=X", &[(1, 1.25), (2, 1.6)]);
        assert_eq!(rates(&[euro], "EUR", "USD"), [(1, 1.25), (2, 1.6)]);
        assert_eq!(rates(&[euro], "USD", "EUR"), [(1, 0.8), (2, 0.625)]);
        let yen: (&str, &[(u32, f64)]) = ("JPY=X", &[(1, 128.0), (3, 100.0)]);
        assert_eq!(rates(&[euro, yen], "EUR", "JPY"), [(1, 160.0), (2, 204.8)]);
        assert_eq!(rates(&[euro, yen], "JPY", "USD"), [(1, 0.0078125), (3, 0.01)]);
        assert!(rates(&[euro], "CHF", "USD").is_empty());
    }

    #[test]
    fn the_rate_that_is_collected_is_one_the_maths_finds() {
        for code in QUOTED.iter().chain(&QUOTED_IN_DOLLARS) {
            let of = Currency::parse(code).unwrap();
            let collected = rate(of).unwrap();
            assert!(pairs(of, Currency::USD).contains(&collected.symbol), "{code}");
            let known: (&str, &[(u32, f64)]) = (collected.symbol.as_str(), &[(1, 4.0)]);
            let in_dollars = if collected.currency == "USD" { 4.0 } else { 0.25 };
            assert_eq!(rates(&[known], code, "USD"), [(1, in_dollars)], "{code}");
        }
        let pence = rate(Currency::parse("GBX").unwrap()).unwrap();
        assert_eq!((pence.symbol.as_str(), pence.name.as_str()), ("GBPUSD=X", "GBP in US dollars"));
        assert_eq!(rate(Currency::USD), None);
        assert_eq!(rate(Currency::parse("QQQ").unwrap()), None);
    }

    #[test]
    fn hundredths_are_counted_in_the_whole_currency() {
        let pound: (&str, &[(u32, f64)]) = ("GBPUSD=X", &[(1, 1.25)]);
        assert_eq!(rates(&[pound], "USD", "GBX"), [(1, 80.0)]);
    }
}
