//! The ledger: entries replayed day by day into books, cash and flows.
//!
//! Entries of one day count as one: splits first, then trades, added up per symbol: what closes the position of the
//! day before comes first, then what opens, then the rest. So neither the order of a day's entries nor a trade entered in parts changes any figure.
//!
//! With a deposit or withdrawal anywhere, trades move cash and only deposits, withdrawals and transfers are flows
//! from and to outside. Without any, no cash is kept: what a purchase costs comes from outside, what a sale or a
//! dividend brings goes outside, after fee and tax.

use super::{
    CostMethod, Currency, Entry, Market, Transaction, TransactionKind,
    basis::Basis,
    book::{Book, Traded},
    money::{Stop, add, decimal, mul, sub},
};
use crate::Symbol;
use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;

/// Money from and to outside on a day, in the portfolio's currency, neither negative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Flow {
    pub(super) date: NaiveDate,
    pub(super) inflow: Decimal,
    pub(super) outflow: Decimal,
}

/// What the entries of a portfolio add up to; see the module.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    pub(super) base: Currency,
    /// The last day that counts.
    pub(super) until: NaiveDate,
    pub(super) books: BTreeMap<Symbol, Book>,
    pub(super) holds_cash: bool,
    /// Balance of each currency after each day it changed.
    pub(super) cash: BTreeMap<Currency, Vec<(NaiveDate, Decimal)>>,
    /// One per day that has any, oldest first.
    pub(super) flows: Vec<Flow>,
    pub(super) interest: Decimal,
    /// Of entries without a symbol.
    pub(super) fees: Decimal,
    /// Of entries without a symbol.
    pub(super) taxes: Decimal,
    /// The first day anything happened.
    pub(super) first_date: Option<NaiveDate>,
    /// Why sums of the whole cannot be told: the first trouble met.
    pub(super) trouble: Option<Stop>,
}

/// The trades of one symbol on one day.
#[derive(Default)]
struct Day {
    bought: Traded,
    sold: Traded,
    traded: bool,
}

/// Money of one entry in the portfolio's currency.
struct Booked {
    gross: Decimal,
    fee: Decimal,
    tax: Decimal,
}

impl Ledger {
    /// Replays all entries up to a day, not after the market's. What comes later still tells the share basis of the
    /// closes and whether cash is kept.
    pub(super) fn replay(
        base: Currency,
        method: CostMethod,
        transactions: &[Transaction],
        market: &Market,
        until: NaiveDate,
    ) -> Ledger {
        use TransactionKind::*;
        let mut entries: Vec<&Entry> = transactions.iter().map(|transaction| &transaction.entry).collect();
        entries.retain(|entry| entry.date <= market.today);
        entries.sort_by_key(|entry| entry.date);
        let moves_money = |entry: &&Entry| match entry.kind {
            Deposit | Withdrawal => true,
            TransferIn | TransferOut => entry.symbol.is_none(),
            _ => false,
        };
        let holds_cash = entries.iter().any(moves_money);
        let all = entries.clone();
        let until = until.min(market.today);
        entries.retain(|entry| entry.date <= until);
        let mut ledger = Ledger {
            base,
            until,
            books: BTreeMap::new(),
            holds_cash,
            cash: BTreeMap::new(),
            flows: Vec::new(),
            interest: Decimal::ZERO,
            fees: Decimal::ZERO,
            taxes: Decimal::ZERO,
            first_date: entries.first().map(|entry| entry.date),
            trouble: None,
        };
        let mut by_symbol: BTreeMap<&Symbol, Vec<&Entry>> = BTreeMap::new();
        for entry in &all {
            if let Some(symbol) = &entry.symbol {
                by_symbol.entry(symbol).or_default().push(entry);
            }
        }
        let bases: BTreeMap<&Symbol, Basis> = by_symbol
            .into_iter()
            .map(|(symbol, own)| (symbol, Basis::of(market.listings.get(symbol), &own, market.today)))
            .collect();
        let mut todays = BTreeMap::new();
        for day in entries.chunk_by(|left, right| left.date == right.date) {
            ledger.day(method, day, &bases, &mut todays, market);
        }
        ledger
    }

    fn day<'a>(
        &mut self,
        method: CostMethod,
        entries: &[&'a Entry],
        bases: &BTreeMap<&Symbol, Basis>,
        todays: &mut BTreeMap<&'a Symbol, bool>,
        market: &Market,
    ) {
        let date = entries[0].date;
        self.flows.push(Flow { date, inflow: Decimal::ZERO, outflow: Decimal::ZERO });
        let mut days: BTreeMap<&'a Symbol, Day> = BTreeMap::new();
        for symbol in entries.iter().filter_map(|entry| entry.symbol.as_ref()) {
            if days.contains_key(symbol) {
                continue;
            }
            days.insert(symbol, Day::default());
            let book = self.books.entry(symbol.clone()).or_insert_with(|| Book::new(symbol.clone(), date));
            if let Some(ratio) = bases.get(symbol).and_then(|basis| basis.split_on(date))
                && let Err(stop) = book.split(ratio)
            {
                self.stop(Some(symbol), stop);
            }
        }
        for entry in entries {
            let units =
                entry.symbol.as_ref().map(|symbol| self.units(entry, symbol, &bases[symbol], todays, market));
            let booked = self.booked(entry, units, market).and_then(|booked| {
                self.book(entry, &booked)?;
                Ok(booked)
            });
            let (gross, stopped) = match booked {
                Ok(booked) => (booked.gross, None),
                Err(stop) => (Decimal::ZERO, Some(stop)),
            };
            if let Some(stop) = stopped {
                self.stop(entry.symbol.as_ref(), stop);
            }
            let (Some(symbol), Some(units)) = (entry.symbol.as_ref(), units) else { continue };
            let day = days.entry(symbol).or_default();
            let traded = match (entry.kind, units) {
                (TransactionKind::Buy | TransactionKind::TransferIn, Some(units)) => {
                    day.bought.add(units, gross)
                }
                (TransactionKind::Sell | TransactionKind::TransferOut, Some(units)) => {
                    day.sold.add(units, gross)
                }
                (kind, None) if kind.is_trade() => Err(Stop::TooLarge),
                _ => continue,
            };
            day.traded = true;
            if let Err(stop) = traded {
                self.stop(Some(symbol), stop);
            }
        }
        for (symbol, day) in days {
            let Some(book) = self.books.get_mut(symbol) else { continue };
            let traded = match day.traded {
                true => book.trade(method, date, day.bought, day.sold),
                false => Ok(()),
            };
            book.step(date);
            if let Err(stop) = traded {
                self.stop(Some(symbol), stop);
            }
        }
        if self.flows.last().is_some_and(|flow| flow.inflow.is_zero() && flow.outflow.is_zero()) {
            self.flows.pop();
        }
    }

    /// The quantity on today's basis; `None` without one or when too large.
    fn units<'a>(
        &self,
        entry: &Entry,
        symbol: &'a Symbol,
        basis: &Basis,
        todays: &mut BTreeMap<&'a Symbol, bool>,
        market: &Market,
    ) -> Option<Decimal> {
        let quantity = entry.quantity?;
        let listing = market.listings.get(symbol);
        let same_currency = listing.is_some_and(|listing| listing.currency == entry.currency);
        let price =
            entry.price.or_else(|| entry.amount?.checked_div(quantity)).and_then(|price| price.to_f64());
        let told =
            price.filter(|_| same_currency).and_then(|price| basis.is_todays(listing, price, entry.date));
        let todays = match told {
            Some(told) => {
                todays.insert(symbol, told);
                told
            }
            // Without a price to judge by, as in the trade before.
            None => todays.get(symbol).copied().unwrap_or(false),
        };
        if todays { Some(quantity) } else { basis.today(quantity, entry.date) }
    }

    fn rate(&self, currency: Currency, date: NaiveDate, market: &Market) -> Result<Decimal, Stop> {
        let rate = market.rate(currency, self.base, date);
        rate.and_then(decimal)
            .filter(|rate| *rate > Decimal::ZERO)
            .ok_or(Stop::NoRate(currency, self.base, date))
    }

    fn booked(&self, entry: &Entry, units: Option<Option<Decimal>>, market: &Market) -> Result<Booked, Stop> {
        use TransactionKind::*;
        let rate = || match entry.fx_rate.filter(|_| entry.currency != self.base) {
            Some(rate) => Ok(rate),
            None => self.rate(entry.currency, entry.date, market),
        };
        let charged = !entry.fee.is_zero() || !entry.tax.is_zero();
        let gross = match (entry.kind, entry.gross()) {
            (Split, _) => Decimal::ZERO,
            (_, Some(gross)) => mul(gross, rate()?)?,
            (_, None) if entry.amount.is_none() && entry.quantity.is_some() && entry.price.is_some() => {
                return Err(Stop::TooLarge);
            }
            (TransferIn | TransferOut, None) if entry.symbol.is_some() => {
                let symbol = entry.symbol.as_ref().ok_or(Stop::NoAmount(entry.date))?;
                let listing = market.listings.get(symbol);
                let close =
                    listing.and_then(|listing| Some((listing.currency, listing.closes.at(entry.date)?.1)));
                let (currency, close) = close.ok_or_else(|| Stop::NoPrice(symbol.clone(), entry.date))?;
                let units = units.flatten().ok_or(Stop::TooLarge)?;
                let close = decimal(close).ok_or(Stop::TooLarge)?;
                mul(mul(units, close)?, self.rate(currency, entry.date, market)?)?
            }
            (Fee | Tax, None) if charged => Decimal::ZERO,
            (_, None) => return Err(Stop::NoAmount(entry.date)),
        };
        let (fee, tax) = match charged {
            true => (mul(entry.fee, rate()?)?, mul(entry.tax, rate()?)?),
            false => (Decimal::ZERO, Decimal::ZERO),
        };
        match entry.kind {
            Fee => Ok(Booked { gross: Decimal::ZERO, fee: add(gross, fee)?, tax }),
            Tax => Ok(Booked { gross: Decimal::ZERO, fee, tax: add(gross, tax)? }),
            _ => Ok(Booked { gross, fee, tax }),
        }
    }

    /// Fees, taxes, income, cash and flows of one entry.
    fn book(&mut self, entry: &Entry, booked: &Booked) -> Result<(), Stop> {
        use TransactionKind::*;
        let Booked { gross, fee, tax } = *booked;
        let charges = add(fee, tax)?;
        match entry.symbol.as_ref().and_then(|symbol| self.books.get_mut(symbol)) {
            Some(book) => {
                book.fees = add(book.fees, fee)?;
                book.taxes = add(book.taxes, tax)?;
                if entry.kind == Dividend {
                    book.dividends = add(book.dividends, gross)?;
                }
            }
            None => {
                self.fees = add(self.fees, fee)?;
                self.taxes = add(self.taxes, tax)?;
            }
        }
        if entry.kind == Interest {
            self.interest = add(self.interest, gross)?;
        }
        // What the entry brings; negative for what it costs.
        let brings = match entry.kind {
            Buy => sub(-gross, charges)?,
            Sell | Dividend | Interest => sub(gross, charges)?,
            Deposit => sub(gross, charges)?,
            Withdrawal => sub(-gross, charges)?,
            TransferIn if entry.symbol.is_none() => sub(gross, charges)?,
            TransferOut if entry.symbol.is_none() => sub(-gross, charges)?,
            Fee | Tax | TransferIn | TransferOut | Split => -charges,
        };
        let flow = match (self.holds_cash, entry.kind) {
            (true, Deposit | TransferIn) => gross,
            (true, Withdrawal | TransferOut) => -gross,
            (true, _) => Decimal::ZERO,
            (false, TransferIn) => add(gross, charges)?,
            (false, TransferOut) => sub(charges, gross)?,
            (false, _) => -brings,
        };
        if self.holds_cash {
            self.move_cash(entry)?;
        }
        if let Some(day) = self.flows.last_mut() {
            match flow.is_sign_positive() {
                true => day.inflow = add(day.inflow, flow)?,
                false => day.outflow = sub(day.outflow, flow)?,
            }
        }
        Ok(())
    }

    /// Cash is kept in the currency of the entry.
    fn move_cash(&mut self, entry: &Entry) -> Result<(), Stop> {
        use TransactionKind::*;
        let gross = entry.gross().unwrap_or_default();
        let gross = match entry.kind {
            Sell | Dividend | Interest | Deposit => gross,
            Buy | Withdrawal | Fee | Tax => -gross,
            TransferIn if entry.symbol.is_none() => gross,
            TransferOut if entry.symbol.is_none() => -gross,
            TransferIn | TransferOut | Split => Decimal::ZERO,
        };
        let moved = sub(sub(gross, entry.fee)?, entry.tax)?;
        if moved.is_zero() {
            return Ok(());
        }
        let balances = self.cash.entry(entry.currency).or_default();
        let balance = add(balances.last().map_or(Decimal::ZERO, |(_, balance)| *balance), moved)?;
        match balances.last_mut().filter(|(date, _)| *date == entry.date) {
            Some(last) => last.1 = balance,
            None => balances.push((entry.date, balance)),
        }
        Ok(())
    }

    fn stop(&mut self, symbol: Option<&Symbol>, stop: Stop) {
        if let Some(book) = symbol.and_then(|symbol| self.books.get_mut(symbol)) {
            book.trouble.get_or_insert_with(|| stop.clone());
        }
        self.trouble.get_or_insert(stop);
    }
}
