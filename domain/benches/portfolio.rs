//! A large portfolio: 10,000 transactions, 250 symbols, 12 years of daily closes; worked out in full, after an edit of
//! the oldest and of the newest transaction, and every figure asked of it. And a file of 50,000 rows, read and written.

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    Kind, Symbol,
    calendar::sessions,
    portfolio::{
        Analysis, Benchmark, CostMethod, Currency, Daily, Decimal, Entry, Limits, Listing, Market, Portfolio,
        PortfolioId, Range, Transaction, TransactionId, TransactionKind, import,
    },
};
use std::{collections::BTreeMap, hint::black_box, sync::Arc};

const SYMBOLS: usize = 250;
const TRANSACTIONS: usize = 10_000;

/// Knuth's MMIX generator with a fixed seed: the same numbers in every run, 0 to 1.
fn steps() -> impl FnMut() -> f64 {
    let mut state = 1_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    }
}

fn large() -> (Portfolio, Vec<Transaction>, Arc<Market>) {
    let mut step = steps();
    let (first, last) = day_pair();
    let days: Vec<NaiveDate> = sessions(first..=last).map(|session| session.date).collect();
    let symbol = |at: usize| Symbol::parse(&format!("S{at}")).expect("a symbol");
    let mut walk = || {
        let mut close = 100.0;
        Daily::new(days.iter().map(|day| {
            close *= 1.0 + 0.03 * (step() - 0.49);
            (*day, close)
        }))
    };
    let mut listings = BTreeMap::new();
    for at in 0..SYMBOLS {
        let currency = if at % 5 == 0 { Currency::EUR } else { Currency::USD };
        let listing = Listing {
            name: format!("Company {at}"),
            kind: Kind::Equity,
            sector: None,
            currency,
            closes: walk(),
            splits: Vec::new(),
        };
        listings.insert(symbol(at), listing);
    }
    let levels = walk();
    let rates = Daily::new(days.iter().map(|day| (*day, 1.1)));
    let market = Market {
        today: last,
        fx: BTreeMap::from([(Currency::EUR, rates)]),
        benchmark: Some(Benchmark { symbol: symbol(0), currency: Currency::USD, levels }),
        risk_free: 0.02,
        listings,
    };
    let transaction = |at: usize| {
        let day = days[at * days.len() / TRANSACTIONS];
        let listing = &market.listings[&symbol(at % SYMBOLS)];
        let (_, close) = listing.closes.at(day).expect("a close");
        let kind = match at % 10 {
            0..6 => TransactionKind::Buy,
            6..9 => TransactionKind::Sell,
            _ => TransactionKind::Dividend,
        };
        let entry = Entry {
            symbol: Some(symbol(at % SYMBOLS)),
            quantity: Some(Decimal::new(if kind == TransactionKind::Sell { 1_250 } else { 3_125 }, 2)),
            price: Some(Decimal::new((close * 100.0) as i64, 2)),
            fee: Decimal::new(199, 2),
            ..Entry::new(kind, day, listing.currency)
        };
        Transaction { id: TransactionId(uuid::Uuid::from_u128(at as u128)), entry, version: 1 }
    };
    let mut transactions: Vec<Transaction> = (0..TRANSACTIONS - 1).map(transaction).collect();
    let deposit = Entry {
        amount: Some(Decimal::new(50_000_000, 0)),
        ..Entry::new(TransactionKind::Deposit, days[0], Currency::USD)
    };
    transactions.push(Transaction { id: TransactionId(uuid::Uuid::max()), entry: deposit, version: 1 });
    let portfolio = Portfolio {
        id: PortfolioId(uuid::Uuid::nil()),
        name: "Large".to_string(),
        currency: Currency::USD,
        cost_method: CostMethod::Fifo,
        benchmark: symbol(0),
        sample: false,
        limits: Limits::default(),
        version: 1,
    };
    (portfolio, transactions, Arc::new(market))
}

fn day_pair() -> (NaiveDate, NaiveDate) {
    let last = NaiveDate::from_ymd_opt(2025, 12, 31).expect("a date");
    (last - Days::new(12 * 365 + 3), last)
}

fn measure(c: &mut Criterion) {
    let (portfolio, transactions, market) = large();
    let all = Range::Max.span(market.today);
    let whole = Analysis::of(&portfolio, &transactions, market.clone());
    let figures = |analysis: &Analysis| {
        (
            analysis.performance(all),
            analysis.risk(all),
            analysis.allocation(),
            analysis.correlation(all),
            analysis.check_up(),
        )
    };
    assert!(figures(&whole).0.unavailable.is_empty(), "{:?}", figures(&whole).0.unavailable);
    let edited = |at: usize| {
        let mut transactions = transactions.clone();
        transactions[at].entry.quantity = Some(Decimal::new(4_000, 2));
        transactions
    };
    let (oldest, newest) = (edited(0), edited(TRANSACTIONS - 3));
    let mut group = c.benchmark_group("10,000 transactions x 250 symbols x 12 years");
    group.sample_size(10);
    group.bench_function("worked out in full", |b| {
        b.iter(|| black_box(Analysis::of(&portfolio, &transactions, market.clone())));
    });
    group.bench_function("after an edit of the oldest, with every figure", |b| {
        b.iter(|| black_box(figures(&whole.edited(&oldest))));
    });
    group.bench_function("after an edit of the newest, with every figure", |b| {
        b.iter(|| black_box(figures(&whole.edited(&newest))));
    });
    group.bench_function("performance", |b| b.iter(|| black_box(whole.performance(all))));
    group.bench_function("risk", |b| b.iter(|| black_box(whole.risk(all))));
    group.bench_function("correlation", |b| b.iter(|| black_box(whole.correlation(all))));
    let rows: Vec<Entry> = transactions.iter().cycle().take(50_000).map(|each| each.entry.clone()).collect();
    let file = import::to_csv(&rows);
    let options = import::Options::new(import::Format::Candlewick, market.today, Currency::USD);
    group.bench_function("50,000 rows written", |b| b.iter(|| black_box(import::to_csv(&rows))));
    group.bench_function("50,000 rows read", |b| {
        b.iter(|| black_box(import::read(file.as_bytes(), &options, &[])).expect("a file"));
    });
    group.finish();
}

criterion_group!(benches, measure);
criterion_main!(benches);
