//! Cash: kept once there is a deposit or withdrawal, and shorts, fees and taxes with it. Numbers by hand.

use crate::build::{Case, adds_up, day, dec, near};
use domain::portfolio::{
    Entry, Rule,
    TransactionKind::{Buy, Deposit, Dividend, Fee, Tax, TransferIn, Withdrawal},
};

const CLOSES: [(&str, f64); 3] = [("2024-01-02", 10.0), ("2024-01-03", 11.0), ("2024-01-04", 12.0)];

#[test]
fn without_a_deposit_each_trade_is_a_flow_and_there_is_no_cash() {
    let case = Case::new("USD", "2024-01-04")
        .listing("ABC", "USD", &CLOSES)
        .buy("2024-01-02", "ABC", "10", "10", "1")
        .sell("2024-01-03", "ABC", "4", "11", "0.5");
    let told = case.performance();
    assert_eq!((told.cash, told.value), (None, Some(dec("72.00"))));
    // 101 in, 43.50 out.
    assert_eq!(told.invested, Some(dec("57.50")));
    assert_eq!((told.realised, told.unrealised), (Some(dec("4.00")), Some(dec("12.00"))));
    assert_eq!(told.net_gain, Some(dec("14.50")));
    near(told.twr, (100.0 / 101.0) * ((66.0 + 43.5) / 100.0) * (72.0 / 66.0) - 1.0, 1e-12);
    adds_up(&told);
}

#[test]
fn with_a_deposit_trades_move_cash() {
    let case = Case::new("USD", "2024-01-04")
        .listing("ABC", "USD", &CLOSES)
        .money(Deposit, "2024-01-02", "1000")
        .buy("2024-01-02", "ABC", "10", "10", "1")
        .trade(Dividend, "2024-01-03", "ABC", "10", "0.5", "0")
        .sell("2024-01-03", "ABC", "4", "11", "0.5")
        .money(Fee, "2024-01-03", "2")
        .money(Tax, "2024-01-03", "3")
        .money(Withdrawal, "2024-01-04", "100");
    let told = case.performance();
    // 1000 - 101 + 5 + 43.5 - 2 - 3 - 100
    assert_eq!((told.cash, told.value), (Some(dec("842.50")), Some(dec("914.50"))));
    assert_eq!((told.invested, told.dividends), (Some(dec("900.00")), Some(dec("5.00"))));
    assert_eq!(
        (told.fees, told.taxes, told.net_gain),
        (Some(dec("3.50")), Some(dec("3.00")), Some(dec("14.50")))
    );
    // 999 after the first day, 942.5 + 66 after the second, 914.5 and 100 taken out after the third.
    near(told.twr, 0.999 * (1008.5 / 999.0) * (1014.5 / 1008.5) - 1.0, 1e-12);
    assert_eq!(told.currency_and_rounding, Some(dec("0.00")));
    adds_up(&told);
}

#[test]
fn money_transferred_in_is_a_deposit() {
    let case = Case::new("USD", "2024-01-04").money(TransferIn, "2024-01-02", "50");
    let told = case.performance();
    assert_eq!((told.cash, told.invested), (Some(dec("50.00")), Some(dec("50.00"))));
}

#[test]
fn a_short_position_beside_cash_has_a_return() {
    let case = Case::new("USD", "2024-01-04")
        .listing("ABC", "USD", &CLOSES)
        .money(Deposit, "2024-01-02", "1000")
        .sell("2024-01-02", "ABC", "10", "10", "0")
        .buy("2024-01-04", "ABC", "4", "12", "0");
    let told = case.performance();
    // 1000 + 100 - 48 = 1052 cash, 6 owed at 12.
    assert_eq!((told.cash, told.value), (Some(dec("1052.00")), Some(dec("980.00"))));
    assert_eq!((told.realised, told.unrealised), (Some(dec("-8.00")), Some(dec("-12.00"))));
    near(told.twr, -0.02, 1e-12);
    adds_up(&told);
}

#[test]
fn a_dividend_after_the_last_sale_leaves_the_return_alone() {
    let case = Case::new("USD", "2024-01-04")
        .listing("ABC", "USD", &CLOSES)
        .buy("2024-01-02", "ABC", "10", "10", "0")
        .sell("2024-01-03", "ABC", "10", "11", "0")
        .trade(Dividend, "2024-01-04", "ABC", "10", "0.5", "0");
    let told = case.performance();
    near(told.twr, 0.1, 1e-12);
    assert_eq!(told.net_gain, Some(dec("15.00")));
    adds_up(&told);
}

#[test]
fn an_empty_portfolio_names_every_reason() {
    let told = Case::new("USD", "2024-01-04").performance();
    assert_eq!((told.value, told.twr, told.irr), (Some(dec("0")), None, None));
    assert!(told.series.is_empty());
    assert!(told.unavailable.iter().all(|gap| !gap.reason.is_empty()));
}

#[test]
fn check_ups_complain_where_a_limit_is_passed() {
    let mut case = Case::new("USD", "2024-01-04")
        .listing("ABC", "USD", &CLOSES)
        .listing("DEF", "EUR", &CLOSES)
        .rates("EUR", &[("2024-01-02", 1.0)])
        .money(Deposit, "2024-01-02", "100")
        .buy("2024-01-02", "ABC", "5", "10", "1")
        .buy("2024-01-02", "DEF", "2", "10", "0");
    // 60 and 24 of a value of 113, 29 cash.
    let found = case.analysis().check_up();
    let of = |rule| found.checks.iter().find(|check| check.rule == rule).expect("the check");
    near(Some(of(Rule::SinglePosition).measured), 60.0 / 113.0, 1e-12);
    near(Some(of(Rule::ForeignCurrency).measured), 24.0 / 113.0, 1e-12);
    near(Some(of(Rule::Cash).measured), 29.0 / 113.0, 1e-12);
    near(Some(of(Rule::Fees).measured), 1.0 / 70.0, 1e-12);
    let failed = |found: &domain::portfolio::CheckUp| {
        found.checks.iter().filter(|check| !check.passed).map(|check| check.rule).collect::<Vec<_>>()
    };
    assert_eq!(failed(&found), [Rule::SinglePosition, Rule::Cash, Rule::Fees]);
    (case.portfolio.limits.single_position, case.portfolio.limits.cash, case.portfolio.limits.fees) =
        (0.6, 0.3, 0.02);
    assert!(failed(&case.analysis().check_up()).is_empty());
}

#[test]
fn faults_name_their_fields() {
    let today = day("2024-01-04");
    let entry = Entry {
        quantity: Some(dec("-1")),
        price: Some(dec("2")),
        amount: Some(dec("50")),
        fee: dec("-1"),
        fx_rate: Some(dec("0")),
        ..Entry::new(Buy, day("2024-01-05"), domain::portfolio::Currency::USD)
    };
    let fields: Vec<_> = entry.check(today).into_iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["symbol", "date", "quantity", "fxRate", "amount", "fee"]);
}
