//! What holds for every history: sums add up, parts and order within a day change nothing, nothing panics.

use crate::build::{Case, adds_up, cur, day, portfolio, sym, transactions};
use chrono::Days;
use domain::portfolio::{Analysis, CostMethod, Decimal, Entry, Range, TransactionKind};
use proptest::prelude::*;

const SYMBOLS: [&str; 3] = ["AAA", "BBB", "CCC"];

/// Closes that move, one of the symbols in euros.
fn market() -> Case {
    let mut case = Case::new("USD", "2024-03-29").rates("EUR", &[("2023-12-01", 1.1), ("2024-02-01", 1.07)]);
    for (at, symbol) in SYMBOLS.into_iter().enumerate() {
        let start = day("2024-01-01");
        let closes: Vec<(String, f64)> = (0..89u64)
            .map(|step| {
                ((start + Days::new(step)).to_string(), 20.0 + ((step * (7 + at as u64)) % 23) as f64 * 0.37)
            })
            .collect();
        let closes: Vec<(&str, f64)> = closes.iter().map(|(date, close)| (date.as_str(), *close)).collect();
        case = case.listing(symbol, if at == 2 { "EUR" } else { "USD" }, &closes);
    }
    case
}

fn money(most: i64) -> impl Strategy<Value = Decimal> {
    (1..most, 0u32..4).prop_map(|(number, scale)| Decimal::new(number, scale))
}

fn entries(cash: bool) -> impl Strategy<Value = Vec<Entry>> {
    use TransactionKind::*;
    let kinds = if cash {
        vec![Buy, Sell, Dividend, Interest, Fee, Tax, Deposit, Withdrawal, TransferIn, TransferOut]
    } else {
        vec![Buy, Sell, Dividend, Interest, Fee, Tax, TransferIn, TransferOut]
    };
    let entry = (
        proptest::sample::select(kinds),
        0u64..88,
        0usize..3,
        money(100_000),
        money(100_000),
        (0i64..500, 0i64..500),
    );
    let entry = entry.prop_map(|(kind, after, symbol, quantity, price, (fee, tax))| {
        let needs = !matches!(kind, Interest | Fee | Tax | Deposit | Withdrawal);
        Entry {
            symbol: needs.then(|| sym(SYMBOLS[symbol])),
            quantity: needs.then_some(quantity),
            price: needs.then_some(price),
            amount: (!needs).then_some(price),
            fee: Decimal::new(fee, 2),
            tax: Decimal::new(tax, 2),
            ..Entry::new(
                kind,
                day("2024-01-01") + Days::new(after),
                cur(if symbol == 2 { "EUR" } else { "USD" }),
            )
        }
    });
    proptest::collection::vec(entry, 1..40)
}

fn analysis(case: &Case, method: CostMethod, entries: &[Entry]) -> Analysis {
    Analysis::of(&portfolio("USD", method), &transactions(entries), case.market.clone())
}

fn methods() -> impl Strategy<Value = CostMethod> {
    proptest::sample::select(vec![CostMethod::Fifo, CostMethod::Average])
}

/// Figures that do not depend on how many entries there were.
fn figures(analysis: &Analysis) -> impl PartialEq + std::fmt::Debug + use<> {
    let told = analysis.performance(Range::Max.span(day("2024-03-29")));
    let near = |value: Option<f64>| value.map(|value| (value * 1e8).round());
    let money = [
        told.value,
        told.cash,
        told.invested,
        told.cost,
        told.realised,
        told.unrealised,
        told.fees,
        told.taxes,
    ];
    (money, near(told.twr), near(told.irr), near(told.roai), told.series.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn sums_add_up_to_the_cent(entries in prop_oneof![entries(true), entries(false)], method in methods()) {
        let case = market();
        let analysis = analysis(&case, method, &entries);
        let told = analysis.performance(Range::Max.span(day("2024-03-29")));
        adds_up(&told);
        let parts: Decimal = analysis.positions().iter().map(|each| each.value.expect("told")).sum();
        prop_assert_eq!(told.value, Some(parts + told.cash.unwrap_or_default()));
        prop_assert_eq!(told.series.last().map(|point| point.value), told.value);
        let slices: Decimal = analysis.allocation().by_sector.iter().map(|slice| slice.value).sum();
        prop_assert_eq!(Some(slices), told.value);
        for each in analysis.positions() {
            let lots: Decimal = each.lots.iter().map(|lot| lot.quantity).sum();
            prop_assert_eq!(lots.round_dp(9), each.quantity.round_dp(9));
        }
        // A cent for each position and currency at most, unless cash in euros gained by its rate.
        let euros = entries.iter().any(|entry| entry.currency == cur("EUR"));
        if told.cash.is_none() || !euros {
            let rest = told.currency_and_rounding.expect("told");
            prop_assert!(rest.abs() <= Decimal::new(10, 2), "{}", rest);
        }
    }

    #[test]
    fn parts_of_a_trade_and_the_order_of_a_day_change_nothing(
        entries in prop_oneof![entries(true), entries(false)],
        method in methods(),
        seed in any::<u64>(),
    ) {
        let case = market();
        let whole = figures(&analysis(&case, method, &entries));
        let mut parts: Vec<Entry> = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match entry.quantity.filter(|_| (seed >> (at % 64)) & 1 == 1) {
                Some(quantity) => {
                    let half = quantity * Decimal::new(3, 1);
                    parts.push(Entry { quantity: Some(half), ..entry.clone() });
                    let (fee, tax) = (Decimal::ZERO, Decimal::ZERO);
                    parts.push(Entry { quantity: Some(quantity - half), fee, tax, ..entry.clone() });
                }
                None => parts.push(entry.clone()),
            }
        }
        parts.reverse();
        prop_assert_eq!(&figures(&analysis(&case, method, &parts)), &whole);
        parts.sort_by_key(|entry| entry.fee);
        prop_assert_eq!(&figures(&analysis(&case, method, &parts)), &whole);
    }

    #[test]
    fn hostile_numbers_are_errors_and_never_a_panic(
        mut entries in entries(true),
        largest in proptest::collection::vec((any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0u32..29), 40),
        close in proptest::num::f64::ANY,
        years in 0u64..700,
        method in methods(),
    ) {
        for (entry, (low, mid, high, negative, scale)) in entries.iter_mut().zip(largest) {
            let number = Decimal::from_parts(low, mid, high, negative, scale);
            (entry.quantity, entry.amount) = (entry.quantity.map(|_| number), entry.amount.map(|_| number));
            if scale % 2 == 0 {
                entry.price = entry.price.map(|_| number);
                entry.fee = number;
                entry.fx_rate = Some(number);
            }
            if scale % 7 == 0 {
                entry.kind = TransactionKind::Split;
                entry.date = entry.date - Days::new(years * 365);
            }
            let _ = entry.check(day("2024-03-29"));
        }
        let mut case = market();
        let listing = case.market.listings.get_mut(&sym("AAA")).expect("the listing");
        listing.closes = domain::portfolio::Daily::new([(day("2024-01-05"), close), (day("2024-01-08"), 1e300)]);
        let analysis = analysis(&case, method, &entries);
        let span = Range::Max.span(day("2024-03-29"));
        let told = analysis.performance(span);
        prop_assert!(told.twr.is_none_or(f64::is_finite));
        prop_assert!(told.irr.is_none_or(f64::is_finite));
        let risk = analysis.risk(span);
        prop_assert!(risk.volatility.is_none_or(f64::is_finite));
        let _ = (analysis.allocation(), analysis.correlation(span), analysis.check_up());
    }
}
