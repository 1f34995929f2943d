//! Share basis: quantities of an old day meet closes that are adjusted for later splits.

use crate::build::{Case, adds_up, dec, near, position};
use domain::portfolio::{
    Entry,
    TransactionKind::{Split, TransferIn},
};

/// AAPL around its 4:1 split of 2020-08-31, closes adjusted as providers give them.
fn apple() -> Case {
    let closes =
        [("2020-08-27", 125.01), ("2020-08-28", 124.81), ("2020-08-31", 129.04), ("2020-09-01", 134.18)];
    Case::new("USD", "2020-09-01").listing("AAPL", "USD", &closes).known_split("AAPL", "2020-08-31", 4.0)
}

#[test]
fn shares_bought_before_a_split_are_more_after_it() {
    let case = apple().buy("2020-08-27", "AAPL", "10", "500.04", "0");
    let told = case.performance();
    let analysis = case.analysis();
    assert_eq!(position(&analysis, "AAPL").quantity, dec("40"));
    assert_eq!((told.value, told.cost), (Some(dec("5367.20")), Some(dec("5000.40"))));
    // No jump on the day of the split.
    let values: Vec<_> = told.series.iter().map(|point| point.value).collect();
    assert_eq!(values, [dec("5000.40"), dec("4992.40"), dec("5161.60"), dec("5367.20")]);
    adds_up(&told);
}

#[test]
fn a_split_entered_by_hand_that_the_market_knows_counts_once() {
    let known = apple().buy("2020-08-27", "AAPL", "10", "500.04", "0").performance();
    for date in ["2020-08-28", "2020-08-31", "2020-09-01"] {
        let case =
            apple().buy("2020-08-27", "AAPL", "10", "500.04", "0").trade(Split, date, "AAPL", "4", "0", "0");
        let told = case.performance();
        assert_eq!((told.value, told.twr), (known.value, known.twr), "entered on {date}");
    }
}

#[test]
fn a_trade_at_the_adjusted_price_is_on_todays_basis_already() {
    let case = apple().buy("2020-08-27", "AAPL", "40", "125.01", "0");
    let told = case.performance();
    assert_eq!((told.value, told.cost), (Some(dec("5367.20")), Some(dec("5000.40"))));
}

#[test]
fn closes_that_jump_are_raw_and_the_split_entered_by_hand_changes_the_quantity() {
    let closes = [("2024-03-01", 100.0), ("2024-03-04", 102.0), ("2024-03-05", 51.0), ("2024-03-06", 52.0)];
    let case = Case::new("USD", "2024-03-06")
        .listing("OWN", "USD", &closes)
        .buy("2024-03-01", "OWN", "3", "100", "0")
        .trade(Split, "2024-03-05", "OWN", "2", "0", "0")
        .buy("2024-03-06", "OWN", "1", "52", "0");
    let told = case.performance();
    let values: Vec<_> = told.series.iter().map(|point| point.value).collect();
    assert_eq!(values, [dec("300"), dec("306"), dec("306"), dec("364")]);
    near(told.twr, 306.0 / 300.0 * 364.0 / (306.0 + 52.0) - 1.0, 1e-12);
    adds_up(&told);
}

#[test]
fn closes_that_do_not_jump_are_adjusted_already() {
    let closes = [("2024-03-01", 50.0), ("2024-03-04", 51.0), ("2024-03-05", 51.0), ("2024-03-06", 52.0)];
    let case = Case::new("USD", "2024-03-06")
        .listing("OWN", "USD", &closes)
        .buy("2024-03-01", "OWN", "3", "100", "0")
        .trade(Split, "2024-03-05", "OWN", "2", "0", "0");
    let told = case.performance();
    let values: Vec<_> = told.series.iter().map(|point| point.value).collect();
    assert_eq!(values, [dec("300"), dec("306"), dec("306"), dec("312")]);
}

#[test]
fn a_reverse_split_leaves_fractions_and_no_dust_when_all_is_sold() {
    let closes = [("2024-03-01", 3.0), ("2024-03-06", 3.1)];
    let case = Case::new("USD", "2024-03-06")
        .listing("REV", "USD", &closes)
        .known_split("REV", "2024-03-05", 1.0 / 3.0)
        .buy("2024-03-01", "REV", "10", "1", "0")
        .sell("2024-03-06", "REV", "3.333333333333", "3.1", "0");
    let told = case.performance();
    let analysis = case.analysis();
    assert_eq!(position(&analysis, "REV").quantity, dec("0"));
    assert_eq!((told.value, told.realised), (Some(dec("0")), Some(dec("0.33"))));
}

#[test]
fn units_transferred_without_a_price_come_at_the_close() {
    let case = apple();
    let currency = case.portfolio.currency;
    let entry = Entry {
        symbol: Some(crate::build::sym("AAPL")),
        quantity: Some(dec("10")),
        ..Entry::new(TransferIn, crate::build::day("2020-08-27"), currency)
    };
    let told = case.entry(entry).performance();
    assert_eq!((told.cost, told.invested), (Some(dec("5000.40")), Some(dec("5000.40"))));
    near(told.twr, 134.18 / 125.01 - 1.0, 1e-12);
}

#[test]
fn a_span_that_ended_earlier_is_told_as_of_then_on_the_basis_of_the_closes() {
    let case =
        apple().buy("2020-08-27", "AAPL", "10", "500.04", "1").sell("2020-09-01", "AAPL", "20", "134", "1");
    let span = domain::portfolio::Span { from: None, to: crate::build::day("2020-08-28") };
    let told = case.analysis().performance(span);
    assert_eq!(
        (told.value, told.realised, told.fees),
        (Some(dec("4992.40")), Some(dec("0")), Some(dec("1.00")))
    );
    assert_eq!((told.to, told.series.len()), (span.to, 2));
    near(told.twr, 4992.4 / 5001.4 - 1.0, 1e-12);
    adds_up(&told);
}
