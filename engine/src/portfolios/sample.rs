//! A portfolio to look around in: bought and sold at the closes of the shipped history, and marked as a sample wherever
//! it is shown.

use super::{Portfolios, transactions::new};
use crate::{Cx, Error, Result, store};
use chrono::NaiveDate;
use domain::{
    Symbol,
    portfolio::{Currency, Daily, Decimal, Entry, Portfolio, Transaction, TransactionKind},
};
use serde_json::json;
use std::collections::BTreeMap;

const NAME: &str = "Sample portfolio";

/// What each trade of the sample costs.
const FEE: Decimal = Decimal::ONE;

/// Days, symbols and units of today: a saver who pays in, buys broadly, and sells a little. A negative number is a sale.
const TRADES: [(&str, &str, i64); 15] = [
    ("2018-03-05", "PG", 80),
    ("2018-03-05", "UNH", 25),
    ("2018-06-11", "AAPL", 80),
    ("2018-11-26", "MSFT", 70),
    ("2019-02-04", "JNJ", 40),
    ("2019-06-03", "AMZN", 4),
    ("2019-10-14", "JPM", 60),
    ("2020-03-23", "WMT", 60),
    ("2020-04-06", "NVDA", 32),
    ("2020-09-14", "AAPL", -60),
    ("2021-01-11", "XOM", 120),
    ("2021-05-17", "GOOG", 3),
    ("2021-11-08", "NVDA", -10),
    ("2022-01-24", "KO", 90),
    ("2022-02-14", "PEP", 20),
];

/// What is paid in, and when.
const DEPOSITS: [(&str, i64); 5] = [
    ("2018-03-01", 20_000),
    ("2018-11-19", 14_000),
    ("2019-06-03", 15_000),
    ("2020-03-23", 12_000),
    ("2021-01-11", 14_000),
];

/// A close has to be of the day or shortly before it.
const NEAR: chrono::Days = chrono::Days::new(5);

impl Portfolios<'_> {
    /// A new sample portfolio in dollars.
    ///
    /// # Errors
    /// [`Error::Conflict`] where there is one already, [`Error::Unavailable`] while no history is loaded.
    pub async fn sample(&self, cx: &Cx) -> Result<Portfolio> {
        let blank = self.blank(cx).await?;
        let transactions = self.sample_transactions().await?;
        let mut change = self.begin(cx).await?;
        let portfolio = Portfolio { name: NAME.to_string(), currency: Currency::USD, sample: true, ..blank };
        self.insert_portfolio(&mut change, &portfolio, None).await?;
        self.insert(&mut change, &portfolio, &transactions, None).await?;
        let (subject, detail) = (portfolio.id.to_string(), json!({ "transactions": transactions.len() }));
        self.finish(change, portfolio, "portfolio.sample", &subject, detail).await
    }

    async fn sample_transactions(&self) -> Result<Vec<Transaction>> {
        let mut symbols: Vec<Symbol> = TRADES.iter().filter_map(|(_, name, _)| Symbol::parse(name)).collect();
        symbols.sort();
        symbols.dedup();
        let closes = store::bars::closes(self.0.db(), &symbols).await?;
        let closes: BTreeMap<Symbol, Daily> =
            closes.into_iter().map(|(symbol, closes)| (symbol, Daily::new(closes))).collect();
        let splits = store::splits::of_many(self.0.db(), &symbols).await?;
        let trade = |(day, name, units): &(&str, &str, i64)| {
            let (wanted, symbol) = (day.parse::<NaiveDate>().ok()?, Symbol::parse(name)?);
            let (date, close) = closes.get(&symbol)?.at(wanted).filter(|(date, _)| *date + NEAR >= wanted)?;
            // Closes are on today's basis: on that day there were fewer shares, each worth more.
            let newest = *closes.get(&symbol)?.dates().last()?;
            let later = splits
                .iter()
                .filter(|split| split.symbol == symbol && split.date > date && split.date <= newest);
            let factor: f64 = later.map(|split| split.numerator / split.denominator).product();
            let price = Decimal::try_from(close * factor).ok()?.round_dp(2).normalize();
            let units_then = (*units as f64 / factor).round().abs().max(1.0);
            let kind = if *units < 0 { TransactionKind::Sell } else { TransactionKind::Buy };
            let mut entry = Entry::new(kind, date, Currency::USD);
            entry.symbol = Some(symbol);
            entry.quantity = Some(Decimal::try_from(units_then).ok()?.normalize());
            entry.price = Some(price);
            entry.fee = FEE;
            Some(entry)
        };
        let deposit = |(day, amount): &(&str, i64)| {
            let mut entry = Entry::new(TransactionKind::Deposit, day.parse().ok()?, Currency::USD);
            entry.amount = Some(Decimal::from(*amount));
            Some(entry)
        };
        let mut entries: Vec<Entry> =
            DEPOSITS.iter().filter_map(deposit).chain(TRADES.iter().filter_map(trade)).collect();
        if entries.len() < DEPOSITS.len() + TRADES.len() {
            return Err(Error::Unavailable("the history the sample is made of".into()));
        }
        entries.sort_by_key(|entry| entry.date);
        Ok(entries.into_iter().map(new).collect())
    }
}
