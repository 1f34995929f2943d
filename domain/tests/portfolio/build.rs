//! Builders: a portfolio and its market in a few words.

use chrono::NaiveDate;
use domain::{
    Kind, Symbol,
    bar::Split,
    portfolio::{
        Analysis, CostMethod, Currency, Daily, Decimal, Entry, Limits, Listing, Market, Performance,
        Portfolio, PortfolioId, Position, Range, Transaction, TransactionId, TransactionKind,
    },
};
use std::str::FromStr;

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn dec(text: &str) -> Decimal {
    Decimal::from_str(text).expect("a decimal")
}

pub fn sym(text: &str) -> Symbol {
    Symbol::parse(text).expect("a symbol")
}

pub fn cur(text: &str) -> Currency {
    Currency::parse(text).expect("a currency")
}

pub fn portfolio(currency: &str, cost_method: CostMethod) -> Portfolio {
    Portfolio {
        id: PortfolioId(uuid::Uuid::nil()),
        name: "Test".to_string(),
        currency: cur(currency),
        cost_method,
        benchmark: sym("SPY"),
        sample: false,
        limits: Limits::default(),
        version: 1,
    }
}

/// A case under construction: entries, market, portfolio.
pub struct Case {
    pub portfolio: Portfolio,
    pub market: Market,
    pub entries: Vec<Entry>,
}

impl Case {
    pub fn new(currency: &str, today: &str) -> Case {
        let (portfolio, market) = (portfolio(currency, CostMethod::Fifo), Market::new(day(today)));
        Case { portfolio, market, entries: Vec::new() }
    }

    pub fn average(mut self) -> Case {
        self.portfolio.cost_method = CostMethod::Average;
        self
    }

    pub fn listing(mut self, symbol: &str, currency: &str, closes: &[(&str, f64)]) -> Case {
        let listing = Listing {
            name: symbol.to_string(),
            kind: Kind::Equity,
            sector: None,
            currency: cur(currency),
            closes: Daily::new(closes.iter().map(|(date, close)| (day(date), *close))),
            splits: Vec::new(),
        };
        self.market.listings.insert(sym(symbol), listing);
        self
    }

    pub fn known_split(mut self, symbol: &str, date: &str, numerator: f64) -> Case {
        let split = Split { symbol: sym(symbol), date: day(date), numerator, denominator: 1.0 };
        self.market.listings.get_mut(&sym(symbol)).expect("a listing").splits.push(split);
        self
    }

    pub fn rates(mut self, currency: &str, rates: &[(&str, f64)]) -> Case {
        let rates = Daily::new(rates.iter().map(|(date, rate)| (day(date), *rate)));
        self.market.fx.insert(cur(currency), rates);
        self
    }

    pub fn entry(mut self, entry: Entry) -> Case {
        self.entries.push(entry);
        self
    }

    /// A trade in the portfolio's currency: date, symbol, quantity, price, fee.
    pub fn trade(
        self,
        kind: TransactionKind,
        date: &str,
        symbol: &str,
        quantity: &str,
        price: &str,
        fee: &str,
    ) -> Case {
        let currency = self.portfolio.currency;
        self.entry(Entry {
            symbol: Some(sym(symbol)),
            quantity: Some(dec(quantity)),
            price: Some(dec(price)),
            fee: dec(fee),
            ..Entry::new(kind, day(date), currency)
        })
    }

    pub fn buy(self, date: &str, symbol: &str, quantity: &str, price: &str, fee: &str) -> Case {
        self.trade(TransactionKind::Buy, date, symbol, quantity, price, fee)
    }

    pub fn sell(self, date: &str, symbol: &str, quantity: &str, price: &str, fee: &str) -> Case {
        self.trade(TransactionKind::Sell, date, symbol, quantity, price, fee)
    }

    /// An entry of money alone, in the portfolio's currency.
    pub fn money(self, kind: TransactionKind, date: &str, amount: &str) -> Case {
        let currency = self.portfolio.currency;
        self.entry(Entry { amount: Some(dec(amount)), ..Entry::new(kind, day(date), currency) })
    }

    pub fn analysis(&self) -> Analysis {
        Analysis::of(&self.portfolio, &transactions(&self.entries), self.market.clone())
    }

    pub fn performance(&self) -> Performance {
        self.analysis().performance(Range::Max.span(self.market.today))
    }
}

pub fn transactions(entries: &[Entry]) -> Vec<Transaction> {
    let numbered = entries.iter().enumerate();
    let id = |at: usize| TransactionId(uuid::Uuid::from_u128(at as u128 + 1));
    numbered.map(|(at, entry)| Transaction { id: id(at), entry: entry.clone(), version: 1 }).collect()
}

pub fn position<'a>(analysis: &'a Analysis, symbol: &str) -> &'a Position {
    analysis.positions().iter().find(|each| each.symbol == sym(symbol)).expect("the position")
}

#[track_caller]
pub fn near(left: Option<f64>, right: f64, apart: f64) {
    let left = left.expect("a figure");
    assert!((left - right).abs() <= apart, "{left} is not {right}");
}

/// `value = invested + net gain + currency and rounding`, and the gains their sums.
#[track_caller]
pub fn adds_up(told: &Performance) {
    let sum = |parts: &[Option<Decimal>]| parts.iter().map(|part| part.expect("told")).sum::<Decimal>();
    assert_eq!(told.gain, Some(sum(&[told.realised, told.unrealised, told.dividends, told.interest])));
    assert_eq!(told.net_gain, Some(told.gain.expect("told") - sum(&[told.fees, told.taxes])));
    assert_eq!(told.value, Some(sum(&[told.invested, told.net_gain, told.currency_and_rounding])));
}
