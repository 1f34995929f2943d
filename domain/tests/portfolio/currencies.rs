//! Several currencies with daily rates. Numbers by hand.

use crate::build::{Case, adds_up, cur, day, dec, near, position};
use domain::portfolio::{
    Entry, Figure,
    TransactionKind::{Buy, Deposit},
};

fn bought(currency: &str, price: &str, rate: Option<&str>) -> Entry {
    Entry {
        symbol: Some(crate::build::sym("SAP")),
        quantity: Some(dec("10")),
        price: Some(dec(price)),
        fee: dec("2"),
        fx_rate: rate.map(dec),
        ..Entry::new(Buy, day("2024-01-02"), cur(currency))
    }
}

fn sap() -> Case {
    Case::new("USD", "2024-01-05")
        .listing("SAP", "EUR", &[("2024-01-02", 100.0), ("2024-01-05", 110.0)])
        .rates("EUR", &[("2024-01-01", 1.10), ("2024-01-05", 1.20)])
}

#[test]
fn cost_is_at_the_last_rate_known_then_and_value_at_todays() {
    let case = sap().entry(bought("EUR", "100", None));
    let told = case.performance();
    assert_eq!((told.cost, told.value), (Some(dec("1100.00")), Some(dec("1320.00"))));
    assert_eq!((told.fees, told.invested), (Some(dec("2.20")), Some(dec("1102.20"))));
    near(told.twr, 1320.0 / 1102.2 - 1.0, 1e-12);
    adds_up(&told);
}

#[test]
fn the_rate_of_the_entry_goes_before_the_rate_of_the_day() {
    let told = sap().entry(bought("EUR", "100", Some("1.15"))).performance();
    assert_eq!((told.cost, told.fees), (Some(dec("1150.00")), Some(dec("2.30"))));
}

#[test]
fn a_trade_may_be_in_another_currency_than_the_instrument() {
    let told = sap().entry(bought("USD", "111", None)).performance();
    assert_eq!((told.cost, told.value), (Some(dec("1110.00")), Some(dec("1320.00"))));
}

#[test]
fn a_missing_rate_makes_figures_unavailable_with_the_reason() {
    let case = Case::new("USD", "2024-01-05")
        .listing("SAP", "EUR", &[("2024-01-02", 100.0), ("2024-01-05", 110.0)])
        .listing("ABC", "USD", &[("2024-01-02", 10.0)])
        .buy("2024-01-02", "ABC", "1", "10", "0")
        .entry(bought("EUR", "100", None));
    let told = case.performance();
    assert_eq!((told.value, told.invested, told.twr, told.irr), (None, None, None, None));
    for figure in [Figure::Value, Figure::Twr, Figure::Irr, Figure::NetGain] {
        let gap = told.unavailable.iter().find(|gap| gap.figure == figure).expect("named");
        assert!(gap.reason.contains("no exchange rate from EUR to USD"), "{}", gap.reason);
    }
    // What needs no rate is there all the same.
    let analysis = case.analysis();
    assert_eq!(position(&analysis, "ABC").value, Some(dec("10.00")));
}

#[test]
fn cash_in_another_currency_gains_by_its_rate() {
    let mut case = sap();
    let deposit = Entry { amount: Some(dec("1000")), ..Entry::new(Deposit, day("2024-01-02"), cur("EUR")) };
    case = case.entry(deposit);
    let told = case.performance();
    assert_eq!((told.cash, told.invested), (Some(dec("1200.00")), Some(dec("1100.00"))));
    assert_eq!(told.currency_and_rounding, Some(dec("100.00")));
    near(told.twr, 1.2 / 1.1 - 1.0, 1e-12);
    adds_up(&told);
    let slices = case.analysis().allocation().by_currency;
    assert_eq!(slices.iter().map(|slice| slice.key.as_str()).collect::<Vec<_>>(), ["EUR"]);
}

#[test]
fn pence_are_hundredths_of_a_pound() {
    let case = Case::new("USD", "2024-01-05")
        .listing("VOD.L", "GBX", &[("2024-01-02", 70.0), ("2024-01-05", 80.0)])
        .rates("GBP", &[("2024-01-01", 1.25)]);
    let entry = Entry {
        symbol: Some(crate::build::sym("VOD.L")),
        quantity: Some(dec("100")),
        price: Some(dec("70")),
        ..Entry::new(Buy, day("2024-01-02"), cur("GBp"))
    };
    let told = case.entry(entry).performance();
    assert_eq!((told.cost, told.value), (Some(dec("87.50")), Some(dec("100.00"))));
}
